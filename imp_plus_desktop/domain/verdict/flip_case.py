# SPDX-License-Identifier: Apache-2.0
"""What findings were judged on, and the changes that several flips are made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.rules.findings import Change, FactValue, Finding, Flip, How
from imp_plus_desktop.domain.values.codes import ApplicationKind, DocumentState, DocumentType
from imp_plus_desktop.domain.values.programme import Programme


@dataclass(frozen=True, slots=True)
class Case:
    """What findings were judged on. `ignore` is an application that was left out."""

    file: PersonFile
    day: date
    programme: Programme
    kind: ApplicationKind = ApplicationKind.FIRST
    ignore: ApplicationId | None = None


Maker = Callable[[Finding, Case], Flip | None]


def person_change(field: str, how: How, value: FactValue) -> Change:
    return Change("person", field, how, value)


def documents_received(*types: DocumentType) -> tuple[Change, ...]:
    state = DocumentState.RECEIVED.value
    return tuple(Change("document", type_.value, How.SET, state) for type_ in types)
