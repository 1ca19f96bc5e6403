# SPDX-License-Identifier: Apache-2.0
"""The programme's settings that an office may change: the place switches and the windows.

Each is a dated row set by an act with its reason; the former ones are kept. A change counts for
what is recorded from its day on: a place that was taken, or not taken, before stays as it is, and
the answer says how many applications that concerns.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.codes import ApplicationKind, Outcome
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.values.programme import SWITCHES, WINDOWS, Setting
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import figures, queries

SWITCH_NAMES: Mapping[str, str] = {
    "returned": "returned_uses_place",
    "extension": "extension_uses_place",
}
"""What a switch is called when it is set → its parameter."""

_MOST_DAYS = 3653


@dataclass(frozen=True, slots=True)
class SwitchSet:
    """`unmoved` counts the year's applications whose place is not what the switch now says."""

    act: ActId
    unmoved: int


@dataclass(frozen=True, slots=True)
class Window:
    """A window of the programme: the value in force, the shipped one, and what changed it."""

    name: str
    value: date | int
    shipped: date | int
    setting: Setting | None


def windows(office: Office) -> list[Window]:
    """Every window that may be changed, with its value as of today."""
    programme, today = office.programme(), office.clock.today()
    present = [s for s in queries.settings(office.register) if s.from_day <= today]
    return [
        Window(
            name,
            getattr(programme, name),
            getattr(office.shipped_programme, name),
            max(
                reversed([setting for setting in present if setting.name == name]),
                key=lambda setting: setting.from_day,
                default=None,
            ),
        )
        for name in WINDOWS
    ]


def switch_settings(office: Office, year: int) -> list[Setting]:
    """What was set for a year's switches, oldest first."""
    found = queries.settings(office.register)
    return [setting for setting in found if setting.name in SWITCHES and setting.year == year]


def unmoved(office: Office, year: int, switch: str, uses_place: bool) -> int:
    """How many applications of a year keep, or go without, a place against a switch."""
    return sum(
        (case.place is not None) is not uses_place
        for case in figures.year_cases(office.register, year)
        if (
            case.outcome is Outcome.RETURNED
            if switch == "returned"
            else case.kind is not ApplicationKind.FIRST and case.outcome is not Outcome.RETURNED
        )
    )


def set_switch(
    office: Office, year: int, switch: str, uses_place: bool, from_day: date, reason: str
) -> SwitchSet:
    """Choose for a cap year whether `returned` or `extension` applications use a place (CAP-05).

    Errors: DomainError reason_missing, unknown_parameter; StorageError changed_meanwhile.
    """
    if switch not in SWITCH_NAMES:
        raise InvalidInput("unknown_parameter", name=switch)
    value = "yes" if uses_place else "no"
    act = _store(office, "quota.switch", SWITCH_NAMES[switch], year, value, from_day, reason)
    return SwitchSet(act, unmoved(office, year, switch, uses_place))


def set_window(office: Office, name: str, value: str, from_day: date, reason: str) -> ActId:
    """Set a window of the programme, such as the last day of the letters that IRCC accepts.

    `value` is an ISO day or a count of days. Errors: DomainError reason_missing,
    unknown_parameter, bad_window; StorageError changed_meanwhile.
    """
    check_window(name, value)
    return _store(office, "programme.window", name, None, value.strip(), from_day, reason)


def check_window(name: str, value: str) -> None:
    """Refuse what can be no window's value. Errors: DomainError unknown_parameter, bad_window."""
    if name not in WINDOWS:
        raise InvalidInput("unknown_parameter", name=name)
    if not _is_good(name, value.strip()):
        raise InvalidInput("bad_window")


def _is_good(name: str, text: str) -> bool:
    if WINDOWS[name] is int:
        return text.isdecimal() and 0 < int(text) <= _MOST_DAYS
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2025-01-15")


def _store(
    office: Office,
    service: str,
    name: str,
    year: int | None,
    value: str,
    from_day: date,
    reason: str,
) -> ActId:
    if not reason.strip():
        raise InvalidInput("reason_missing")
    setting = {"value": value, "from_day": from_day, "reason": reason.strip()}
    with office.act(service) as act:
        act.add_figure("parameter", {"name": name, "year": year}, setting, name)
    return ActId(act.id or 0)
