# SPDX-License-Identifier: Apache-2.0
"""Which column of a list is which field, and what kind of list the columns make.

Works on the headers, the vocabulary and the look of the first values. It reads no value for good
(`values.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.catalogue import FULL_NAME, slot_field
from imp_plus_desktop.exchange.columns.header_rows import (
    LOOKED_AT_ROWS,
    NAME_FIELDS,
    NAMES_A_PRINCIPAL,
    header_text,
)
from imp_plus_desktop.exchange.columns.headers import (
    Header,
    Said,
    by_words,
    may_be_anything,
    near,
    of_members,
)
from imp_plus_desktop.exchange.columns.of_family import beside_a_member, holds_names
from imp_plus_desktop.exchange.columns.side_by_side import repeated
from imp_plus_desktop.exchange.sheets.sheets import Sheet
from imp_plus_desktop.exchange.values.vocabulary import (
    Vocabulary,
    clean,
    header_keys,
    header_words,
)

PEOPLE, FAMILY = "people", "family"

_LOOKS = {
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "individual_reference": re.compile(r"[A-Z]\d{7}", re.I),
    "file_number": re.compile(r"[A-Z]\d{10}", re.I),
    "uci": re.compile(r"(?:\d{2}-\d{4}-\d{4}|\d{4}-\d{4})"),
    "application_number": re.compile(r"W\d{9}", re.I),
    "permit_number": re.compile(r"U\d{9}", re.I),
}


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """A column taken for a field. `confidence` runs from 0 to 1; the reason is a code.

    Reasons: header, band (header and the band above it), family (of a member of the person's
    family), part (one of two languages), before (the column before it), near, words (what they
    mean), values (their look), relation_column, given (by the user), remembered (given
    at an earlier import of the same layout).
    """

    field: str
    column: int
    header: str
    confidence: float
    reason: str


def match_columns(
    sheet: Sheet, header_row: int, headers: Mapping[int, Header], vocabulary: Vocabulary
) -> list[ColumnMatch]:
    """Exact words first, then near words, then the look of the values; one column a field."""
    found: dict[str, ColumnMatch] = {}
    taken: set[int] = set()

    def take(column: int, field: str, confidence: float, reason: str) -> None:
        if field not in found and column not in taken:
            text = header_text(shown, column)
            found[field] = ColumnMatch(field, column, text, confidence, reason)
            taken.add(column)

    shown, headers = headers, of_members(headers, vocabulary)
    words = {c: m for c, h in headers.items() if (m := by_words(h, vocabulary)) is not None}
    _from_the_column_before(headers, words, vocabulary)
    _name_the_spouse(sheet, header_row, words, vocabulary)
    words |= beside_a_member(words, sorted(headers))
    # Of two headers for one field, the one that says more is meant.
    said = {c: len(header_words(h.text or h.band)) for c, h in headers.items()}
    for column in sorted(words, key=lambda c: (-words[c][1], -said[c], c)):
        take(column, *words[column])
    others = {c: n for c, h in headers.items() if c not in words and (n := near(h, vocabulary))}
    for column in sorted(others, key=lambda c: (-others[c][1], c)):
        take(column, *others[column])
    open_ones = {c: h for c, h in headers.items() if c not in taken and c not in words}
    for column, look in _looks(sheet, header_row, open_ones, vocabulary).items():
        take(column, look, 0.6, "values")
    _split_names(sheet, header_row, found)
    texts = {c: f"{h.band} {h.text}".strip() for c, h in headers.items()}
    once_more = repeated(texts, {field: match.column for field, match in found.items()})
    for column, field in once_more.items():
        take(column, field, 0.9, "header")
    return list(found.values())


def kind_of_list(
    matches: list[ColumnMatch], *, of_programme: bool = False
) -> tuple[str | None, list[ColumnMatch]]:
    """What the columns make a list of, None when of nothing; with what that makes of a column.
    The list of a programme needs no letter."""
    fields = {match.field for match in matches}
    if not fields.intersection(NAME_FIELDS):
        return None, matches
    if "principal_reference" in fields and ("relation" in fields or "letter_date" not in fields):
        return FAMILY, matches
    if "letter_date" in fields or of_programme:
        return PEOPLE, matches
    naming = next((number for number in NAMES_A_PRINCIPAL if number in fields), None)
    if "relation" in fields and naming is not None:
        return FAMILY, [
            ColumnMatch("principal_reference", m.column, m.header, 0.7, "relation_column")
            if m.field == naming
            else m
            for m in matches
        ]
    return None, matches


def stand_together(
    sheet: Sheet, header_row: int, matches: Sequence[ColumnMatch], vocabulary: Vocabulary
) -> bool:
    """Whether a list of people says of its rows which are members of a family: a column of
    relations of which some name a principal, or where no principal has a column, a member."""
    columns = {match.field: match.column for match in matches}
    if not {"relation", "letter_date"} <= columns.keys() or columns.keys().isdisjoint(NAME_FIELDS):
        return False
    rows = sheet.rows[header_row:]
    at = columns["relation"]
    said = {clean(str(row[at])) for row in rows if at < len(row) and row[at] is not None}
    if any(vocabulary.code("role", text) for text in said):
        return True
    members = sum(vocabulary.code("relation", text) is not None for text in said)
    return "principal_reference" not in columns and 2 * members > len(said)


def _from_the_column_before(
    headers: Mapping[int, Header],
    words: dict[int, Said],
    vocabulary: Vocabulary,
) -> None:
    """`Échéance` after the passport is the passport's.

    `Reçue le` after the letter's date is the letter's only where another column says better when
    the application was received.
    """
    for column in sorted(headers):
        before = words.get(_before(headers, column, words, vocabulary))
        own = words.get(column)
        if before is None or (own is not None and not _said_again(own[0], column, words)):
            continue
        text = headers[column].text or headers[column].band
        field = vocabulary.after.get((before[0], header_keys(text)[0]))
        if field is not None and all(field != match[0] for match in words.values()):
            words[column] = (field, 0.8, "before")


def _before(
    headers: Mapping[int, Header],
    column: int,
    words: Mapping[int, Said],
    vocabulary: Vocabulary,
) -> int:
    """The column before; what only adds to the one before it (`Pays de délivrance`) is passed."""
    before = column - 1
    while before in headers and before not in words:
        text = headers[before].text or headers[before].band
        if header_keys(text)[0] not in vocabulary.beside:
            break
        before -= 1
    return before


def _said_again(field: str, column: int, words: Mapping[int, Said]) -> bool:
    return any(c != column and match[0] == field for c, match in words.items())


def _looks(
    sheet: Sheet, header_row: int, headers: Mapping[int, Header], vocabulary: Vocabulary
) -> dict[int, str]:
    """The fields of columns whose headers leave it open, by the look of their values."""
    looks = {
        column: _look(sheet, header_row, column)
        for column, header in headers.items()
        if may_be_anything(header, vocabulary)
    }
    return {column: look for column, look in looks.items() if look is not None}


def _look(sheet: Sheet, header_row: int, column: int) -> str | None:
    """The one field whose values look like four fifths of these."""
    values = _sample(sheet, header_row, column)
    if len(values) < 3:
        return None
    for field, pattern in _LOOKS.items():
        if sum(1 for value in values if pattern.fullmatch(value)) >= 0.8 * len(values):
            return field
    return None


def _sample(sheet: Sheet, header_row: int, column: int) -> list[str]:
    rows = sheet.rows[header_row : header_row + LOOKED_AT_ROWS]
    cells = (row[column] for row in rows if column < len(row))
    return [clean(str(cell)) for cell in cells if cell is not None]


def _name_the_spouse(
    sheet: Sheet, header_row: int, words: dict[int, Said], vocabulary: Vocabulary
) -> None:
    """A column `Conjoint` says whether there is one, or what the spouse is called."""
    yes_no = {"yes": True, "no": False}
    for column, (field, _sure, _why) in words.items():
        values = _sample(sheet, header_row, column) if field == "spouse" else ()
        if holds_names(values, lambda text: yes_no.get(vocabulary.code("yes_no", text) or "")):
            words[column] = slot_field("spouse", FULL_NAME.named), 0.8, "values"


def _split_names(sheet: Sheet, header_row: int, found: dict[str, ColumnMatch]) -> None:
    """A column `Nom` whose values are `NOM, Prénom` holds both names."""
    name = found.get("family_name")
    if name is not None and "given_names" not in found and "full_name" not in found:
        values = _sample(sheet, header_row, name.column)
        if values and sum("," in value for value in values) >= 0.6 * len(values):
            del found["family_name"]
            found["full_name"] = ColumnMatch("full_name", name.column, name.header, 0.8, "values")
    if "full_name" in found and "family_name" not in found and "given_names" in found:
        # `Name` beside `Given name(s)` is the family name.
        whole = found.pop("full_name")
        found["family_name"] = ColumnMatch("family_name", whole.column, whole.header, 0.9, "part")
