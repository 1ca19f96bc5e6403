# SPDX-License-Identifier: Apache-2.0
"""The child process that reads one workbook: it comes by standard input, after a line of JSON that
says its name, its size and the sheets asked for; rows go to standard output as lines of JSON. A
workbook that is protected can be asked for without its protection, before it is read.

A file that is made to do harm ends this process and not the program. `decode` rebuilds in the
parent what `main` wrote; the parent's side is `reading.py`.
"""

from __future__ import annotations

import base64
import gc
import json
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import IO, Any, NoReturn

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers import own_limits
from imp_plus_desktop.exchange.readers.letters import OddTexts, may_be_odd
from imp_plus_desktop.exchange.readers.reader import open_bytes, patch, table_name, telling_damage
from imp_plus_desktop.exchange.sheets.row_blocks import BlockReader, Columns, encoded, packed
from imp_plus_desktop.exchange.sheets.sheets import (
    Limits,
    OddLetters,
    Row,
    Sheet,
    TextForm,
    Workbook,
)
from imp_plus_desktop.exchange.sheets.sources import refuse_too_large


def run(argv: Sequence[str]) -> NoReturn:
    """`main`, then the end of the process at once: nobody waits for its memory to be tidied."""
    gc.disable()  # it lives for one file only
    os._exit(main(argv))


def main(argv: Sequence[str] | None = None) -> int:
    """Reads what standard input brings: `[--memory BYTES] [--seconds N]`.

    0 when the last line of the answer says `end` or `error`.
    """
    own_limits.keep(sys.argv[1:] if argv is None else argv, Limits().memory_bytes)
    # A windowed program has no sys.stdin and sys.stdout, but its parent's pipes are there.
    with open(0, "rb", closefd=False) as given, open(1, "wb", closefd=False) as out:
        answer(given, out)
    return 0


def answer(given: IO[bytes], out: IO[bytes]) -> None:
    """Write what there is to say of the one file that `given` brings."""
    try:
        with telling_damage():
            asked = json.loads(given.readline())
            content = given.read(asked["bytes"])
            if asked.get("unlock"):
                _unlock(out, content, asked["password"])
            else:
                form = TextForm(asked["encoding"], asked["separator"])
                _write(out, content, asked["name"], asked["sheets"] or None, form)
    except ExchangeError as error:
        _line(out, {"error": error.code, "parameters": error.parameters})


def _line(out: IO[bytes], value: object) -> int:
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return out.write(text.encode("ascii") + b"\n")


def _unlock(out: IO[bytes], content: bytes, password: str | None) -> None:
    """The workbook without its protection, as one line."""
    from imp_plus_desktop.exchange.readers.binary import locked

    told = base64.b64encode(locked.unlocked(content, password))
    out.write(b'{"unlocked":"' + told + b'"}\n')


def _write(
    out: IO[bytes],
    content: bytes,
    name: str,
    sheet_names: Sequence[str] | None,
    form: TextForm,
) -> None:
    """The workbook, then of each sheet its rows as they come and what else is known of it."""
    limits = Limits()
    answer = _Answer(out, limits)
    reading = open_bytes(
        content, table_name(name), sheet_names=sheet_names, limits=limits, form=form
    )
    about = reading.about
    answer.line(
        {
            "kind": about.kind,
            "date1904": about.date1904,
            "encoding": about.encoding,
            "delimiter": about.delimiter,
        }
    )
    told: list[tuple[int, Sheet]] = []
    for source in reading.sheets:
        odd = OddTexts()
        rows = answer.blocks(source.blocks(), odd)
        sheet = source.about()
        told.append((rows, sheet))
        odd_letters = {**odd.found(), **sheet.odd_letters}
        answer.line(
            {
                "sheet": sheet.name,
                "hidden": sheet.hidden,
                "hidden_rows": _ranges(sheet.hidden_rows),
                "hidden_columns": _ranges(sheet.hidden_columns),
                "errors": [[*position, text] for position, text in sheet.error_cells.items()],
                "uncached": sorted(sheet.uncached_formulas),
                "lost": sorted(sheet.lost_digits),
                "merged": sheet.merged,
                "odd": [[*position, *letters] for position, letters in odd_letters.items()],
                "struck": _ranges(sheet.struck_rows),
                "strays": sheet.strays,
                "why_not": sheet.why_not,
                "patches": source.patches(),
            }
        )
    refuse_too_large(told)
    answer.line({"end": True})


class _Answer:
    """Lines of JSON, no more of them than a file may be large."""

    def __init__(self, out: IO[bytes], limits: Limits) -> None:
        self._out = out
        self._left = limits.unpacked_bytes

    def line(self, value: object) -> None:
        self._spend(_line(self._out, value))

    def blocks(self, blocks: Iterator[Columns], odd: OddTexts) -> int:
        """Tells rows, the odd ones to `odd` too; how many they are."""
        row = 1
        for block in blocks:
            line = encoded(block)
            self._spend(self._out.write(line + b"\n"))
            self._out.flush()  # the parent reads while this process goes on
            if may_be_odd(line):
                odd.look(row, block)
            row += block.height
        return row - 1

    def _spend(self, written: int) -> None:
        self._left -= written
        if self._left < 0:
            # A few cells that refer to one long text can fill any memory.
            raise ExchangeError("too_large")


def _ranges(numbers: Collection[int]) -> list[list[int]]:
    """Numbers as the first and the last of each run."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found


def decode(lines: Iterable[bytes]) -> Workbook | None:
    """The workbook that the lines hold; None when they break off. Raises the child's error."""
    head: dict[str, Any] = {}
    sheets: list[Sheet] = []
    rows: list[Row] = []
    blocks: list[tuple[int, bytes]] = []
    reader = BlockReader()
    whole = False
    for line in lines:
        value = json.loads(line)
        if "columns" in value:
            blocks.append((len(rows) + 1, packed(line)))  # while the child goes on
            rows.extend(reader.rows(value))
        elif "error" in value:
            raise ExchangeError(value["error"], **value["parameters"])
        elif "sheet" in value:
            sheets.append(_sheet(value, rows, blocks))
            rows, blocks = [], []
        elif "end" in value:
            whole = True
        else:
            head = value
    if not whole:
        return None
    about = (head["date1904"], head["encoding"], head["delimiter"])
    return Workbook(head["kind"], tuple(sheets), *about)


def decode_unlocked(lines: Iterable[bytes]) -> bytes | None:
    """The workbook without its protection; None when the line breaks off. Raises the child's
    error."""
    for line in lines:
        value = json.loads(line)
        if "error" in value:
            raise ExchangeError(value["error"], **value["parameters"])
        return base64.b64decode(value["unlocked"])
    return None


def _sheet(about: dict[str, Any], rows: list[Row], blocks: list[tuple[int, bytes]]) -> Sheet:
    patch(rows, about["patches"])
    if about["patches"]:
        blocks = []  # they lack what was put back
    return Sheet(
        name=about["sheet"],
        hidden=about["hidden"],
        rows=tuple(rows),
        hidden_rows=_numbers(about["hidden_rows"]),
        hidden_columns=_numbers(about["hidden_columns"]),
        error_cells={(row, column): text for row, column, text in about["errors"]},
        uncached_formulas=frozenset((row, column) for row, column in about["uncached"]),
        lost_digits=frozenset((row, column) for row, column in about["lost"]),
        merged=tuple((a, b, c, d) for a, b, c, d in about["merged"]),
        odd_letters={(row, column): OddLetters(*rest) for row, column, *rest in about["odd"]},
        struck_rows=_numbers(about["struck"]),
        strays=tuple((row, column) for row, column in about["strays"]),
        why_not=about["why_not"],
        blocks=tuple(blocks),
    )


def _numbers(ranges: list[list[int]]) -> frozenset[int]:
    return frozenset(number for first, last in ranges for number in range(first, last + 1))


if __name__ == "__main__":
    sys.exit(main())
