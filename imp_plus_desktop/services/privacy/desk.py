# SPDX-License-Identifier: Apache-2.0
"""What the office has settled of personal information: what it is and serves, for how long it
keeps files, and who is in charge."""

from __future__ import annotations

from dataclasses import asdict

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.privacy.retention import OfficeKind, Policy
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import queries

MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class Desk:
    """`office_kind` is what the office is, None while nobody has said it; `ceiling_years` after how
    many years a closed file goes, None for the floor alone; `officer_…` the person in charge."""

    office_kind: OfficeKind | None = None
    ceiling_years: int | None = None
    purposes: str | None = None
    officer_name: str | None = None
    officer_title: str | None = None
    officer_phone: str | None = None
    officer_email: str | None = None

    @property
    def policy(self) -> Policy:
        """For how long files are kept."""
        return Policy(self.office_kind, self.ceiling_years)


@dataclass(frozen=True, slots=True)
class _Stored(Desk):
    id: int = 0


def desk(office: Office) -> Desk:
    """What is settled now."""
    return _stored(office) or Desk()


def save(office: Office, settled: Desk) -> ActId | None:
    """Record it. Errors: DomainError ceiling_under_floor, bad_years, unwritable_text."""
    years, floor = settled.ceiling_years, settled.policy.floor_years
    if years is not None and not 0 < years <= MOST_YEARS:
        raise InvalidInput("bad_years")
    if years is not None and years < floor:
        raise Refused("ceiling_under_floor", years=floor)
    values = {name: _clean(value) for name, value in asdict(settled).items() if name != "id"}
    with office.act("privacy.desk") as act:
        present = _stored(office)
        if present is None:
            act.insert("privacy_desk", values)
        else:
            act.update("privacy_desk", present.id, values)
    return act.id


def from_texts(present: Desk, values: dict[str, str]) -> Desk:
    """What is settled with some fields typed anew; an empty text empties one.

    Errors: DomainError unknown_field, bad_years, unknown_choice.
    """
    told: dict[str, object] = asdict(present)
    told.pop("id", None)
    for name, text in values.items():
        if name not in told:
            raise InvalidInput("unknown_field", field=name)
        told[name] = _read(name, text.strip())
    return Desk(**told)  # type: ignore[arg-type]


def _read(name: str, text: str) -> object:
    if not text:
        return None
    if name == "ceiling_years":
        if not text.isdecimal():
            raise InvalidInput("bad_years")
        return int(text)
    if name == "office_kind":
        if text not in set(OfficeKind):
            raise InvalidInput("unknown_choice", name=text)
        return OfficeKind(text)
    return text


def _clean(value: object) -> object:
    return (value.strip() or None) if type(value) is str else value


def _stored(office: Office) -> _Stored | None:
    rows = queries.everything(office.register, "privacy_desk", _Stored)
    if not rows:
        return None
    told = asdict(rows[-1])
    kind = told.pop("office_kind")
    return _Stored(OfficeKind(kind) if kind else None, **told)
