# SPDX-License-Identifier: Apache-2.0
"""Every field of the register is whole: what a new one lacks is told by name, and no list of
fields stands beside the catalogue."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from exchange_builders import VOCABULARY

from imp_plus_desktop.domain.documents.mrz import Mrz
from imp_plus_desktop.domain.records.catalogue import (
    BY_NAME,
    FAMILY,
    FAMILY_NUMBER,
    FIELDS,
    HAND_FIELDS,
    LINKED,
    MEMBER,
    MEMBER_CODE,
    MORE,
    OF_LISTS,
    PARTS,
    PEOPLE,
    PERSON,
    PRINCIPAL,
    RECORDS,
    REGISTER_NUMBER,
    columns_of,
    names_with,
    of_column,
    of_section,
)
from imp_plus_desktop.domain.records.fields import Field, Kind, Mark, Part, Section, Traits
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.codes import ApplicationCode
from imp_plus_desktop.storage.tables.schema import COLUMNS, ENTITIES
from imp_plus_desktop.words.terms.code_names import kinds
from imp_plus_desktop.words.terms.entity_names import entity_label
from imp_plus_desktop.words.terms.field_texts import explained, labelled

PACKAGE = Path(__file__).resolve().parent.parent / "imp_plus_desktop"
ALL = [field for some in FIELDS.values() for field in some]
OF_LISTS_ALONE = (*OF_LISTS, PRINCIPAL, FAMILY_NUMBER, REGISTER_NUMBER, *MORE)
LISTED = [*PEOPLE, *FAMILY, FAMILY_NUMBER, REGISTER_NUMBER, MEMBER_CODE, *OF_LISTS, *MORE]
FIGURES = {
    "parameter",
    "closed_period",
    "cap_limit",
    "official_count",
    "held_row",
    "list_view",
    "letter_template",
    "letterhead",
    "programme_file",
    "privacy_desk",
    "incident",
}
"""Tables of the office and of imports: nothing of a person's file."""
OTHER_WAYS = {"person.died_on": "recorded by an act of its own, which also closes the file"}
"""Fields of a person or a member that no form has, and why."""


def lacking(field: Field) -> list[str]:
    """What a field still needs before it can be shown, listed and kept."""
    found = {
        "label": field.named in labelled(),
        "name of its entity": entity_label(field.entity) != field.entity,
    }
    if field.traits.part:
        found["help"] = field.named in explained() or field in OF_LISTS
        found["header in lists"] = field.named in VOCABULARY.fields
    if field not in OF_LISTS_ALONE:
        found["label of its column"] = field.name in labelled()
        found["column"] = field.name in COLUMNS[field.entity]
    if field.entity in ("person", "member") and field not in OF_LISTS_ALONE:
        name = f"{field.entity}.{field.name}"
        shown = field.traits.at or field.kind is Kind.LINK or field.traits.partly
        found["place in a form"] = bool(shown) or name in OTHER_WAYS
    if field.words:
        words = kinds().get(field.words, {})
        codes = {code.value for code in field.code or ()} - {code.value for code in ApplicationCode}
        found["words of its codes"] = bool(words) and codes <= words.keys()
    if field.kind is Kind.IDENTIFIER:
        found["shape of its number"] = bool(field.traits.identifiers)
    return [what for what, there in found.items() if not there]


@pytest.mark.parametrize("field", [*ALL, *OF_LISTS_ALONE], ids=lambda f: f"{f.entity}.{f.name}")
def test_a_field_has_all_that_shows_lists_and_keeps_it(field: Field) -> None:
    assert lacking(field) == []


def test_what_a_new_field_lacks_is_told_by_name() -> None:
    new = Field("person", "shoe_no", "shoe_no", Kind.IDENTIFIER, Traits(part=Part.CONTACT))
    assert lacking(new) == [
        "label",
        "help",
        "header in lists",
        "label of its column",
        "column",
        "place in a form",
        "shape of its number",
    ]
    coded = replace(new, entity="shoe", kind=Kind.CODE, traits=Traits(words="shoes"))
    with pytest.raises(KeyError, match="shoe"):
        lacking(coded)
    assert "words of its codes" in lacking(replace(coded, entity="passport"))


@pytest.mark.parametrize("entity", ENTITIES)
def test_a_table_has_the_fields_of_the_catalogue_and_no_other(entity: str) -> None:
    if entity in FIGURES:
        assert entity not in RECORDS
    else:
        assert COLUMNS[entity] == ("id", *(field.name for field in FIELDS[entity]))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_header_is_of_a_field_and_each_says_its_own(lang: str) -> None:
    assert set(VOCABULARY.fields) == {field.named for field in LISTED}
    first = [VOCABULARY.header(field.named, lang) for field in [*PEOPLE, *FAMILY]]
    shared = {field.named for field in PEOPLE} & {field.named for field in FAMILY}
    assert len(set(first)) == len(first) - len(shared)


def test_codes_of_lists_have_words_in_lists() -> None:
    coded = [field for field in LISTED if field.kind in (Kind.CODE, Kind.CATEGORY, Kind.PROVINCE)]
    for field in coded:
        listed = {code for code, _word in VOCABULARY.words(field.list_words, "fr")}
        assert listed
        if field.code is not None:
            # `open` is an outcome that lists know, and no code of the register.
            assert listed - {"open"} == {code.value for code in field.code}, field.named


def test_a_day_follows_days_that_there_are() -> None:
    dated = {field.named for field in (*PERSON, *LINKED) if field.is_day}
    for field in (*PERSON, *LINKED):
        assert {earlier for earlier, _code in field.traits.follows} <= dated
        assert not (field.traits.follows or field.traits.ahead) or field.is_day


_OF_SOME = (Section.MEMBER_CHANGES, Section.CHILD, Section.SPOUSE)


def test_what_a_form_has_is_there_once_and_in_a_place_of_its_own() -> None:
    shown = [field for section in Section for field in of_section(section)]
    assert len(shown) == len({(f.entity, f.named) for f in shown})
    for sections in [*((one,) for one in Section), _OF_SOME]:
        places = [f.traits.at.place for f in of_section(*sections) if f.traits.at]
        placed = [place for place in places if place]
        assert placed == sorted(set(placed)), sections


def test_what_only_a_child_or_only_a_spouse_has_fills_lines_of_its_own() -> None:
    """Two fields stand in a line, and what a member has not is hidden: no line is half empty.

    But the last, of which the right half may be.
    """
    shown = of_section(*_OF_SOME)
    for left, right in zip(shown[::2], shown[1::2], strict=False):
        assert left.traits.at is not None
        assert right.traits.at is not None
        last = right is shown[-1] and left.traits.at.section is Section.MEMBER_CHANGES
        same = left.traits.at.section is right.traits.at.section
        assert same or last, (left.name, right.name)


def test_what_a_passport_says_is_read_from_its_lines() -> None:
    said = names_with((*PERSON, *LINKED), Mark.PASSPORT)
    assert set(said) == set(Mrz.__slots__) - {"issuer", "wrong"}


def test_every_kind_of_row_of_a_file_is_in_the_catalogue() -> None:
    held = {kind for annotation in PersonFile.__annotations__.values()
            for kind in get_args(annotation) if kind is not Ellipsis}  # fmt: skip
    assert held == {RECORDS[entity] for entity in PARTS}
    assert set(RECORDS) - set(PARTS) == {"person", "entry_rule"}


def test_names_lead_to_columns_and_back() -> None:
    for entity in ("person", "member", "letter", "residence", "passport", "application", "permit"):
        for name, column in columns_of(entity).items():
            found = of_column(entity, column)
            assert found is not None
            assert found.named == name
    assert set(HAND_FIELDS) <= BY_NAME.keys()
    assert len(set(HAND_FIELDS)) == len(HAND_FIELDS)
    assert of_column("person", "id") is None


def test_a_name_that_two_kinds_of_row_share_is_read_in_one_way() -> None:
    for field in (*MEMBER, *LINKED):
        read = BY_NAME[field.named]
        same = (field.kind, field.code, field.traits.identifiers, field.traits.most)
        assert same == (read.kind, read.code, read.traits.identifiers, read.traits.most), field


BESIDE = {
    ("storage/privacy/erasing.py", "LEFT"): "what counts, and alone is left of an erased file",
    ("storage/tables/columns.py", "FOUND_BY"): "what indexes are of, which a test compares",
    ("words/correspondence/letter_words.py", "MEMBER"): "what a letter says of each member",
    ("domain/rules/fact_flips.py", "FACT_FLIPS"): "what would turn a rule's facts",
    ("domain/rules/reasons.py", "REASONS"): "why rules say what they say",
    ("domain/verdict/history_flags.py", "_OF_STATUS"): "what leaves a glance in doubt of a status",
    (
        "exchange/values/dates.py",
        "_LIFE",
    ): "the order of a life, which proves how dates are written",
    (
        "exchange/columns/matching.py",
        "_LOOKS",
    ): "the few fields whose values are known by their look",
    (
        "exchange/lists/together.py",
        "_SHARED",
    ): "the numbers that a member's row shares with its principal's, the surest first",
    ("exchange/lists/repeats.py", "_TELLING_APART"): "what tells two applications apart, in order",
    ("services/duplicates/merge_people.py", "_RECEIPT"): "what only has a sense with its place",
    ("services/fields/more_plan.py", "ROUTE_COLUMNS"): "which columns another route has for them",
    ("services/permits/permits.py", "_DAY_ERRORS"): "which error a permit's day raises",
    (
        "storage/archive/known_people.py",
        "_SIGNS",
    ): "the numbers that have an index, and what that index leaves out",
    ("storage/reads/queries.py", "_HOLDERS"): "a query for each number that one person holds",
    ("ui/dialogs/person/member.py", "_LABELS"): "what a form says more shortly",
    ("ui/imports/steps/check/import_check_rows.py", "_FIRST"): "the columns that come first",
    ("ui/imports/steps/check/import_rows.py", "_WIDTHS"): "how wide a column is, if not as most",
    ("ui/imports/steps/check/import_rows.py", "_SHORT"): "texts for the heads of columns",
    ("words/terms/cell_texts.py", "MISSING"): "sentences about what a row needs",
    ("words/terms/code_names.py", "_KINDS"): "words of codes, by their kind",
    ("words/terms/field_texts.py", "_LISTED"): "labels and helps",
    ("words/terms/field_texts.py", "_LABELS"): "labels",
}
"""Tables that name three fields or more and are no lists of fields, with what they say of them."""


def tables(source: Path) -> Iterator[str]:
    """The constants of a module that name three fields of a person or a member, or more."""
    names = {*HAND_FIELDS, *(field.named for field in (*MEMBER, *FAMILY, *OF_LISTS))}
    for node in ast.parse(source.read_text("utf-8")).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            texts = (n.value for n in ast.walk(node.value) if isinstance(n, ast.Constant))
            if len(names.intersection(t for t in texts if isinstance(t, str))) >= 3:
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                yield ast.unparse(target)


def test_no_list_of_fields_stands_beside_the_catalogue() -> None:
    found = {
        (source.relative_to(PACKAGE).as_posix(), table)
        for source in sorted(PACKAGE.rglob("*.py"))
        if source.parent.name != "migrations"
        for table in tables(source)
    }
    assert found - BESIDE.keys() == set(), "ask domain/records/catalogue.py for these fields"
    assert BESIDE.keys() - found == set(), "these are gone"
