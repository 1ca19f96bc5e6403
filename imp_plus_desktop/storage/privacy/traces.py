# SPDX-License-Identifier: Apache-2.0
"""Where a register holds something of a person: files, journal, archive, scans, others' texts.

    traces(register, people, unpacked) -> Traces

Reads only; whoever erases goes by what this finds. The rows of an archived block are for
`exchange` to read, and so their reader is handed in.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.outward import OUT, PEOPLE
from imp_plus_desktop.domain.records.catalogue import FIELDS
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.storage.history.merges import with_former
from imp_plus_desktop.storage.journal import erasures, mifi
from imp_plus_desktop.storage.journal.journal import read_together
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.privacy.marks import Marks, marks_of
from imp_plus_desktop.storage.reads.queries import fetch
from imp_plus_desktop.storage.tables.schema import CHILDREN, COLUMNS
from imp_plus_desktop.storage.tables.statements import where_in

Unpacked = Callable[[bytes], Sequence[Sequence[Any]]]

OF_OTHERS: Mapping[str, tuple[str, ...]] = {
    **{
        entity: names
        for entity, some in FIELDS.items()
        if entity not in ("person", "member", "former_name", "entry_rule")
        and (names := tuple(f.name for f in some if f.kind in (Kind.TEXT, Kind.LINES)))
    },
    "incident": ("information", "circumstances", "risk", "public_notice", "measures"),
    "list_view": ("name", "shape"),
    "cap_limit": ("reason",),
    "parameter": ("reason",),
}
"""Texts that people write freely, by entity: there anybody may be named."""

_PLAIN = frozenset({"counts", "on", "copy", OUT, PEOPLE, mifi.DETAIL})
"""What an act keeps that is about nobody."""


@dataclass(frozen=True, slots=True)
class Traces:
    """`people` are the ids of the file and of those merged into it, `rows` their rows by entity.

    `changes` and `acts` have payloads to blank; `lines` are rows of archived lists by act and
    sheet; `held` waiting or settled rows of lists; `scans` contents that nobody else's file names;
    `texts` others' texts as (entity, id, column); `drafts` unfinished lists by their hash.
    `family_of` are the files in which the person is a member of somebody's family, `sources` the
    acts whose file is named after the person: both stay.
    """

    people: tuple[int, ...]
    marks: Marks
    rows: Mapping[str, Collection[int]]
    changes: Collection[int]
    acts: Collection[int]
    lines: Mapping[tuple[int, str], Collection[int]]
    held: Collection[int]
    scans: Collection[str]
    texts: Sequence[tuple[str, int, str]]
    touched: Collection[int]
    drafts: Collection[str]
    family_of: Sequence[int]
    sources: Sequence[int]


def traces(register: Register, person: int, unpacked: Unpacked) -> Traces:
    """Everything that a register holds of a person."""
    people = with_former(register, person)
    marks = marks_of(register, people)
    rows = _rows(register, people)
    texts = list(_texts(register, people, marks))
    held = _held(register, people, marks)
    changes, blobs = _own_changes(register, people)
    changes |= _changes_of(register, "held_row", held)
    changes |= _elsewhere(register, people, marks)
    return Traces(
        people=tuple(people),
        marks=marks,
        rows=rows,
        changes=changes,
        acts=_acts(register, people, marks),
        lines=_lines(register, people, marks, unpacked),
        held=held,
        scans=_scans(register, rows, blobs),
        texts=texts,
        touched=_owners(register, texts),
        drafts=_drafts(register, marks),
        family_of=_family_of(register, people, marks),
        sources=_sources(register, marks),
    )


def _rows(register: Register, people: Sequence[int]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for entity, column in (("person", "id"), *CHILDREN["person"]):
        sql = f"SELECT id FROM {entity} WHERE {column}"
        found[entity] = {number for (number,) in where_in(register.db, sql, people)}
    permits = "SELECT id FROM permit WHERE application_id"
    found["permit"] = {n for (n,) in where_in(register.db, permits, sorted(found["application"]))}
    return {entity: numbers for entity, numbers in found.items() if numbers}


def _own_changes(register: Register, people: Sequence[int]) -> tuple[set[int], set[str]]:
    """The changes of these files, and the contents that they tell of."""
    changes: set[int] = set()
    blobs: set[str] = set()
    told = "SELECT id, before, after, together FROM change WHERE salt IS NOT NULL AND person_id"
    for number, before, after, together in where_in(register.db, told, people):
        changes.add(number)
        rows = [json.loads(text) for text in (before, after) if text]
        rows += [row for _entity, row in read_together(together)]
        blobs |= {row["attachment"] for row in rows if row.get("attachment")}
    return changes, blobs


def _changes_of(register: Register, entity: str, numbers: Collection[int]) -> set[int]:
    sql = f"SELECT id FROM change WHERE entity = '{entity}' AND salt IS NOT NULL AND entity_id"
    return {number for (number,) in where_in(register.db, sql, sorted(numbers))}


def _elsewhere(register: Register, people: Sequence[int], marks: Marks) -> set[int]:
    """The changes of other files, and of the office, in whose free texts somebody is named."""
    found: set[int] = set()
    cursor = register.db.execute_sql(
        "SELECT id, person_id, entity, before, after, together FROM change WHERE salt IS NOT NULL"
    )
    own = set(people)
    for number, person, entity, *texts in cursor:
        if person in own or not any(text and marks.within(text) for text in texts):
            continue
        before, after, together = texts
        told = [(entity, json.loads(text)) for text in (before, after) if text]
        if any(_names(one, row, marks) for one, row in (*told, *read_together(together))):
            found.add(number)
    return found


def _names(entity: str, row: Mapping[str, Any], marks: Marks) -> bool:
    texts = (row.get(name) for name in OF_OTHERS.get(entity, ()))
    return any(text and marks.within(str(text)) for text in texts)


def _acts(register: Register, people: Sequence[int], marks: Marks) -> set[int]:
    """The acts whose own words are of these people: what was said of their files alone, and what
    names them."""
    own = {
        act
        for (act,) in where_in(
            register.db, "SELECT DISTINCT act_id FROM change WHERE person_id", people
        )
    }
    found: set[int] = set()
    cursor = register.db.execute_sql(
        "SELECT id, details FROM act WHERE details IS NOT NULL AND service <> ?",
        (erasures.SERVICE,),
    )
    for act, text in cursor.fetchall():
        if marks.within(text) or (
            act in own and not json.loads(text).keys() <= _PLAIN and _alone(register, act, people)
        ):
            found.add(act)
    return found


def _alone(register: Register, act: int, people: Sequence[int]) -> bool:
    others = register.db.execute_sql(
        "SELECT DISTINCT person_id FROM change WHERE act_id = ? AND person_id IS NOT NULL", (act,)
    )
    return {person for (person,) in others.fetchall()} <= set(people)


def _lines(
    register: Register, people: Sequence[int], marks: Marks, unpacked: Unpacked
) -> dict[tuple[int, str], set[int]]:
    """The rows of archived lists that are about these people.

    A row that brought somebody else is theirs, whomever it names beside them.
    """
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    own = set(people)
    taken: dict[tuple[int, str], set[int]] = defaultdict(set)
    rows = "SELECT act_id, sheet, row, person_id FROM source_row WHERE person_id IS NOT NULL"
    for act, sheet, row, person in register.db.execute_sql(rows).fetchall():
        (found if person in own else taken)[act, sheet].add(row)
    for act, sheet, row, cells in _archived(register, unpacked):
        if row not in taken[act, sheet] and marks.are_of(cells):
            found[act, sheet].add(row)
    return dict(found)


def _archived(
    register: Register, unpacked: Unpacked
) -> Iterator[tuple[int, str, int, Sequence[Any]]]:
    """Every row of the archive with its cells: act, sheet, row."""
    blocks = register.db.execute_sql("SELECT act_id, sheet, first_row, cells FROM source_block")
    for act, sheet, first, packed in blocks:
        for row, cells in enumerate(unpacked(bytes(packed)), start=first):
            if cells:
                yield act, sheet, row, cells
    # An older register kept the cells with each row.
    kept = "SELECT act_id, sheet, row, cells FROM source_row WHERE cells IS NOT NULL"
    for act, sheet, row, text in register.db.execute_sql(kept):
        yield act, sheet, row, json.loads(text)


def _held(register: Register, people: Sequence[int], marks: Marks) -> set[int]:
    found = set()
    for row in fetch(register, "SELECT id, person_id, field_values FROM held_row"):
        if row["person_id"] in people or marks.are_of(json.loads(row["field_values"]).values()):
            found.add(row["id"])
    return found


def _scans(
    register: Register, rows: Mapping[str, Collection[int]], told: Collection[str]
) -> set[str]:
    """The contents that are tied to these files, or were, and to nobody else's."""
    wanted = set(told)
    for entity in ("document", "contact"):
        sql = f"SELECT attachment FROM {entity} WHERE attachment IS NOT NULL AND id"
        own = sorted(rows.get(entity, ()))
        wanted |= {name for (name,) in where_in(register.db, sql, own)}
        others = fetch(
            register, f"SELECT id, attachment FROM {entity} WHERE attachment IS NOT NULL"
        )
        wanted -= {row["attachment"] for row in others if row["id"] not in rows.get(entity, ())}
    return wanted - {
        row["content"] for row in fetch(register, "SELECT content FROM letter_template")
    }


def _texts(
    register: Register, people: Sequence[int], marks: Marks
) -> Iterator[tuple[str, int, str]]:
    """Others' texts in which somebody is named."""
    own = set(people)
    for entity, columns in OF_OTHERS.items():
        owner = "person_id" if "person_id" in COLUMNS[entity] else "NULL"
        if entity == "permit":
            owner = "(SELECT a.person_id FROM application a WHERE a.id = application_id)"
        cursor = register.db.execute_sql(f"SELECT id, {owner}, {', '.join(columns)} FROM {entity}")
        for number, person, *texts in cursor:
            for column, text in zip(columns, texts, strict=True):
                if person not in own and text and marks.within(str(text)):
                    yield entity, number, column


def _owners(register: Register, texts: Sequence[tuple[str, int, str]]) -> set[int]:
    """Whose files these texts are in."""
    found: set[int] = set()
    for entity, number, _column in texts:
        if "person_id" in COLUMNS[entity]:
            sql = f"SELECT person_id FROM {entity} WHERE id = ?"
            found.add(register.db.execute_sql(sql, (number,)).fetchone()[0])
    return found - {None}


def _drafts(register: Register, marks: Marks) -> set[str]:
    rows = fetch(register, "SELECT sha256, choices FROM import_draft")
    return {row["sha256"] for row in rows if marks.within(row["choices"])}


def _family_of(register: Register, people: Sequence[int], marks: Marks) -> list[int]:
    """The other files that have the person among their family."""
    own = set(people)
    rows = fetch(
        register,
        "SELECT person_id, given_names, family_name, birth_date, uci, passport_number FROM member",
    )
    return sorted(
        {
            row["person_id"]
            for row in rows
            if row["person_id"] not in own
            and marks.are_of(row[name] for name in row if name != "person_id")
        }
    )


def _sources(register: Register, marks: Marks) -> list[int]:
    """The acts whose file bears the person's name: it stands in the chain itself."""
    rows = fetch(register, "SELECT id, source_name FROM act WHERE source_name IS NOT NULL")
    told = ((row["id"], row["source_name"].replace("_", " ").replace("-", " ")) for row in rows)
    return [act for act, name in told if marks.within(name)]
