# SPDX-License-Identifier: Apache-2.0
"""How often copies are made and how long they stay, which is the office's; where their second
place is, which is this computer's.

    rules(office), set_rules(office, rules)
    second_place(office), set_second_place(office, folder | None)
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from imp_plus_desktop import private
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.plain_files import real
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.files import copies
from imp_plus_desktop.storage.files.copy_rules import BOUNDS, Bounds, CopyRules, kept_as
from imp_plus_desktop.storage.maintenance import backup

__all__ = ["BOUNDS", "Bounds", "CopyRules"]

SERVICE = "copies.rules"
_REASON = "—"


def rules(office: Office) -> CopyRules:
    """What the office has set, the usual where it has not."""
    return backup.rules_of(office.register)


def set_rules(office: Office, wanted: CopyRules) -> ActId | None:
    """Set how often copies are made and how long they stay; None where nothing is new.

    Errors: DomainError bad_copy_rule(rule), which is out of its bounds or shorter than a closer
    one; StorageError.
    """
    fault = wanted.fault()
    if fault is not None:
        least, most = BOUNDS[fault]
        raise InvalidInput("bad_copy_rule", rule=fault, least=least, most=most)
    day = office.clock.today()
    with office.act(SERVICE) as act:
        present = asdict(rules(office))
        for name, value in asdict(wanted).items():
            if present[name] != value:
                setting = {"value": str(value), "from_day": day, "reason": _REASON}
                act.add_figure("parameter", {"name": kept_as(name), "year": None}, setting, name)
    return ActId(act.id) if act.id else None


def second_place(office: Office) -> Path | None:
    """The folder that gets each copy too, None where none is set on this computer."""
    return office.settings.second_place(real(office.register_path))


def set_second_place(office: Office, folder: Path | None) -> None:
    """Have each copy in another folder too, or no longer. A stick, a share and a folder that a
    cloud service keeps are fine: what goes there is a whole copy, not the live register.

    Errors: DomainError no_such_place, place_beside (where the register is), place_read_only.
    """
    if folder is not None:
        try_place(office, folder)
    office.settings.set_second_place(
        real(office.register_path), None if folder is None else real(folder)
    )


def try_place(office: Office, folder: Path) -> None:
    """Look whether copies can go to a folder. Errors: as `set_second_place`."""
    if not folder.is_dir():
        raise InvalidInput("no_such_place")
    own = real(copies.folder_of(office.register_path))
    if real(folder) in (own, own.parent):
        raise InvalidInput("place_beside")
    try:
        private.ended(private.begun(folder / own.name))
    except OSError:
        raise InvalidInput("place_read_only") from None
