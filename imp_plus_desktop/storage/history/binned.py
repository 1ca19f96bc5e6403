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
from datetime import datetime
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
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
    place). `applications` are the numbers that its applications had, former ones too, `passports`
    those of its passports, `former_names` pairs of family and given names.
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
    # The acts first: what a register holds of changes is never walked for a bin that is empty.
    taken_out = fetch(
        register,
        f"SELECT a.id, a.at, a.who, a.details FROM act a WHERE a.service = ? AND {stands('a.id')}"
        " ORDER BY a.id DESC",
        (SERVICE,),
    )
    if not taken_out:
        return []
    elsewhere = merges.merged(register)
    latest: dict[int, BinnedFile] = {}
    for act in taken_out:
        file = _file(act, rows(register, act["id"]))
        if file is not None and file.person not in latest and file.person not in elsewhere:
            latest[file.person] = file
    dialect = register.db.dialect
    back = fetch(
        register,
        f"SELECT id FROM person WHERE {dialect.any_of('id')}",
        (dialect.numbers(latest),),
    )
    present = {row["id"] for row in back}
    return [file for file in latest.values() if file.person not in present]


def rows(register: Register, act: int) -> list[tuple[str, dict[str, Any]]]:
    """What an act took out, entity and stored values of each row, in the order to bring it back."""
    found = fetch(
        register,
        "SELECT entity, before FROM change WHERE act_id = ? AND after IS NULL"
        " AND before IS NOT NULL ORDER BY id DESC",
        (act,),
    )
    return [(row["entity"], json.loads(row["before"])) for row in found]


def _file(act: Mapping[str, Any], taken: list[tuple[str, dict[str, Any]]]) -> BinnedFile | None:
    """The file that an act took out; None where its journal is erased."""
    person = next((values for kind, values in taken if kind == "person"), None)
    if person is None:
        return None
    details = json.loads(act["details"]) if act["details"] else {}

    def of(entity: str, name: str) -> tuple[Any, ...]:
        values = (values.get(name) for kind, values in taken if kind == entity)
        return tuple(value for value in values if value)

    return BinnedFile(
        person["id"],
        act["id"],
        datetime.fromisoformat(act["at"]),
        act["who"],
        str(details.get(REASON, "")),
        person,
        Counter(kind for kind, _values in taken if kind != "person"),
        tuple(
            (values["cap_year"], values["place"])
            for kind, values in taken
            if kind == "application" and values.get("place")
        ),
        (*of("application", "application_number"), *of("former_number", "number")),
        of("passport", "number"),
        tuple(
            (values["family_name"], values.get("given_names"))
            for kind, values in taken
            if kind == "former_name"
        ),
    )
