# SPDX-License-Identifier: Apache-2.0
"""Where a name stands in the text of a programme's file, and why a line cannot be read.

    place(text, table, row, name) -> the line, 0 where none is found
    trouble(text, line) -> (line, code, value)

TOML's own reader stops at the first bad line and says so in words for programmers. Only the kinds
of slips that people make by hand are told apart here. No line is quoted: whoever takes the wrong
file would be shown what stands in it.
"""

from __future__ import annotations

import re
from datetime import date

_HEADER = re.compile(r"\s*\[{1,2}\s*([A-Za-z0-9_.-]+)\s*\]{1,2}\s*(?:#.*)?$")
_NAME = re.compile(r"""\s*["']?([A-Za-z0-9_-]+)["']?\s*(?:\.|=)""")
_TYPED = "“”„‟«»\u2018\u2019\u201a\u201b\u2032\u2033"
"""Quotes that a word processor puts in the place of the straight ones."""
_QUOTED = re.compile(r'(?<!\\)"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_TWO_VALUES = re.compile(r"""[\]}"'\d]\s+["'\[{]|["'\]}]\s+[\w"']""")
_DASH = r"\s*[-/.\u2010-\u2015\u2212]\s*"
_DAY = re.compile(rf"\d{{1,4}}{_DASH}\d{{1,2}}{_DASH}\d{{1,4}}|\d{{1,2}}(?:er)?\s+[^\W\d]{{3,}}")
_PLAIN_NUMBER = re.compile(r"[-+]?(?:0|[1-9]\d*)(?:\.\d+)?")
_NUMBER = re.compile(r"[-+$]?\s*\d[\d\s.,_]*\s*[$%]?")
_INSIDE = re.compile(r"""\w\s*["']{2}""")
_BARE_ITEM = re.compile(r"[\[,]\s*(?!true\b|false\b)[^\W\d]")
_BARE = re.compile(r"[A-Za-z0-9_.-]+|\"[^\"]*\"|'[^']*'")
_BACK = 40
"""A bracket that is not closed is told where it opens, so many lines before at most."""


def place(text: str, table: str, row: int, name: str) -> int:
    """The line of a name in a row of a table; that of the table's own where the name is not
    there; 0 where the table is not either."""
    wanted, seen, inside, header = table, 0, not table, 0
    for number, line in enumerate(text.split("\n"), start=1):
        found = _HEADER.match(line)
        if found is not None:
            if found.group(1) == wanted:
                seen += 1
                inside = seen == max(row, 1)
                header = number if inside else header
            else:
                inside = False
                if not table and found.group(1) == name:
                    return number
            continue
        if inside and name:
            key = _NAME.match(line)
            if key is not None and key.group(1) == name:
                return number
    return header


def trouble(text: str, line: int | None, *, said_twice: bool = False) -> tuple[int, str, str]:
    """Where the text really goes wrong, the code of why, and the sign that it is about. `line` is
    where its reader stopped, None at the end: what is open there began anywhere."""
    lines = text.split("\n")
    if line is None:
        found = ((number, _of_line(one)) for number, one in enumerate(lines, start=1))
        line = next((number for number, told in found if told is not None), len(lines))
    if said_twice:
        return line, "said_twice", ""
    at = min(max(line, 1), len(lines))
    told = _of_line(lines[at - 1])
    if told is not None:
        return at, *told
    for before in range(at, max(at - _BACK, 0), -1):
        if not _is_balanced(lines[before - 1]):
            return before, "bracket_open", ""
        if before < at and _HEADER.match(lines[before - 1]):
            break
    return at, "not_toml", ""


def _of_line(line: str) -> tuple[str, str] | None:
    """What is wrong with a line as it stands, None where nothing is known to be."""
    plain = _QUOTED.sub('""', line)
    plain, _hash, _note = plain.partition("#")
    typed = next((sign for sign in plain if sign in _TYPED), None)
    if typed is not None:
        return "typed_quotes", typed
    if any(sign.isspace() and sign not in " \t\r" for sign in plain) or "\ufeff" in plain:
        return "odd_space", ""
    key, equals, value = plain.partition("=")
    if '"' in plain.replace('""', ""):
        return "quote_open", ""
    if plain.lstrip().startswith("["):
        return None if _is_balanced(line) else ("bracket_open", "")
    if not equals:
        return _of_more(plain.strip())
    if not _BARE.fullmatch(key.strip()):
        return "odd_name", ""
    return _of_value(value.strip())


def _of_more(plain: str) -> tuple[str, str] | None:
    """Of a line without an equals sign: more of a list, or a sign that was forgotten."""
    if plain[:1].isalpha():
        return "equals_missing", ""
    return ("comma_missing", "") if _TWO_VALUES.search(plain) else None


def _of_value(value: str) -> tuple[str, str] | None:
    if not value:
        return "value_missing", ""
    if _is_right(value):
        return None
    if _DAY.match(value):
        return "odd_day", ""
    if _NUMBER.fullmatch(value):
        return "odd_number", ""
    if _INSIDE.search(value):
        return "quote_inside", ""
    if _TWO_VALUES.search(value):
        return "comma_missing", ""
    if value[0].isalpha() or (value[0] == "[" and _BARE_ITEM.search(value)):
        return "quotes_missing", ""
    return ("quote_open", "") if "'" in value.replace("''", "") else None


def _is_right(value: str) -> bool:
    """Whether it is true, false, a day of the calendar or a number, as TOML writes them."""
    if value in ("true", "false"):
        return True
    try:
        date.fromisoformat(value)
    except ValueError:
        return _PLAIN_NUMBER.fullmatch(value) is not None
    return len(value) == len("2026-03-13")


def _is_balanced(line: str) -> bool:
    plain = _QUOTED.sub("", line).partition("#")[0]
    return plain.count("[") == plain.count("]") and plain.count("{") == plain.count("}")
