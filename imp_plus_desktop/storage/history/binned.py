# SPDX-License-Identifier: Apache-2.0
"""The bin: files that were taken out and may come back whole, read from the acts that did it.

    files(register) -> list[BinnedFile]         the latest first
    rows(register, act) -> [(entity, stored values)]      all of a file, parents before children

A file is in the bin while the act that took it out stands and its person is not there again.
Nothing else keeps it: where the journal of that act is erased, the file is in no bin any more.
Reads only.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imp_plus_desktop.storage.history import merges
from imp_plus_desktop.storage.history.acts import FILE_REMOVED, FILE_RESTORED, stands
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.queries import fetch

SERVICE, RESTORED = FILE_REMOVED, FILE_RESTORED
REASON = "reason"
"""In the details of the act: why the file was taken out."""


@dataclass(frozen=True, slots=True)
class BinnedFile:
    """A file in the bin: its person as stored then, who took it out in which act, when and why.

    `holds` counts its entries by entity, `places` are those of the cap that it gave back: (year,
    place). `applications` are the numbers that its applications had, `passports` those of its
    passports, `former_names` pairs of family and given names.
    """

    person: int
    act: int
    at: datetime
    who: str
    reason: str
    values: Mapping[str, Any]
    holds: Mapping[str, int]
    places: tuple[tuple[int, int], ...] = ()
    applications: tuple[str, ...] = ()
    passports: tuple[str, ...] = ()
    former_names: tuple[tuple[str, str | None], ...] = ()


def files(register: Register) -> list[BinnedFile]:
    """Every file that is in the bin, the latest taken out first."""
    found = fetch(
        register,
        "SELECT c.entity_id AS person, c.before, a.id AS act, a.at, a.who, a.details FROM act a"
        " JOIN change c ON c.act_id = a.id AND c.entity = 'person' AND c.after IS NULL"
        " AND c.before IS NOT NULL WHERE a.service = ?"
        " AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = c.entity_id)"
        f" AND {stands('a.id')} ORDER BY a.id DESC",
        (SERVICE,),
    )
    if not found:
        return []
    elsewhere = merges.merged(register)
    latest: dict[int, BinnedFile] = {}
    for row in found:
        if row["person"] not in latest and row["person"] not in elsewhere:
            latest[row["person"]] = _file(register, row)
    return list(latest.values())


def rows(register: Register, act: int) -> list[tuple[str, dict[str, Any]]]:
    """What an act took out, entity and stored values of each row, in the order to bring it back."""
    found = fetch(
        register,
        "SELECT entity, before FROM change WHERE act_id = ? AND after IS NULL"
        " AND before IS NOT NULL ORDER BY id DESC",
        (act,),
    )
    return [(row["entity"], json.loads(row["before"])) for row in found]


def _file(register: Register, row: Mapping[str, Any]) -> BinnedFile:
    details = json.loads(row["details"]) if row["details"] else {}
    hanging = rows(register, row["act"])

    def of(entity: str, name: str) -> tuple[Any, ...]:
        values = (values.get(name) for kind, values in hanging if kind == entity)
        return tuple(value for value in values if value)

    return BinnedFile(
        row["person"],
        row["act"],
        datetime.fromisoformat(row["at"]),
        row["who"],
        str(details.get(REASON, "")),
        json.loads(row["before"]),
        Counter(kind for kind, _values in hanging if kind != "person"),
        tuple(
            (values["cap_year"], values["place"])
            for kind, values in hanging
            if kind == "application" and values.get("place")
        ),
        of("application", "application_number"),
        of("passport", "number"),
        tuple(
            (values["family_name"], values.get("given_names"))
            for kind, values in hanging
            if kind == "former_name"
        ),
    )
