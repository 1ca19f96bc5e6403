# SPDX-License-Identifier: Apache-2.0
"""What is said of each item of a register's health, and of what mends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from imp_plus_desktop.domain.reads.health import HealthItem, Mend
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.i18n import N_, _, format_day, format_number, format_time, ngettext
from imp_plus_desktop.words.error_texts import error_text
from imp_plus_desktop.words.proof.check_texts import PARTS, fault_text

_LABELS: Mapping[str, str] = {
    "checked": N_("Last check"),
    "copies": N_("Copies"),
    "proof": N_("Proof of the copies"),
    "second": N_("Second place"),
    "place": N_("Where it lies"),
    "room": N_("Disk"),
    "passphrase": N_("Passphrase"),
    "server": N_("Server"),
    "line": N_("Connection"),
    "versions": N_("Versions"),
    "clock": N_("Clock"),
    **PARTS,
}
_MENDS: Mapping[Mend, str] = {
    Mend.COPY: N_("Make a copy now"),
    Mend.COPIES: N_("Settings of the copies…"),
    Mend.RESTORE: N_("Restore a copy…"),
    Mend.CHECK: N_("Check now"),
    Mend.PASSPHRASE: N_("Set a passphrase"),
    Mend.ROOM: N_("Free some space on the disk."),
    Mend.MOVE: N_("Move the register to a folder of this computer."),
    Mend.CLOCK: N_("Check the clock of this computer."),
    Mend.KEEPER: N_("Have whoever looks after the server put back what was there before."),
    Mend.SERVER: N_("Check the network, or ask whoever looks after the server."),
    Mend.RIGHTS: N_("Ask whoever keeps the folder for the right to write there."),
}

_FAULTS: Mapping[str, str] = {
    "copy_damaged": N_("The copy is damaged: have the disk checked, and make another one."),
    "copy_altered": N_(
        "The journal or a ledger does not hold in the copy: the register itself was altered. Check"
        " the register."
    ),
    "copy_differs": N_("The copy does not hold what the register held. Make another one."),
    "not_proven": N_("The copy could not be looked through. Make another one."),
}


def label_of(item: HealthItem) -> str:
    """What an item is of."""
    return _(_LABELS[item.item]) if item.item in _LABELS else item.item


def mend_of(item: HealthItem) -> str:
    """What mends it, empty where nothing is to be mended."""
    return "" if item.mend is None else _(_MENDS[item.mend])


def sentence_of(item: HealthItem) -> str:
    """How it stands."""
    facts = dict(item.facts)
    if item.case in ("sound", "unsound") and "part" in facts:
        sound = item.case == "sound"
        return _("Sound.") if sound else fault_text(item.item, str(facts["found"]))
    return _SENTENCES[item.item](item.case, facts)


def copy_lines(
    fault: str, second: str | None, second_fault: str, recorded: bool = True
) -> list[str]:
    """What is told of a copy that was made: why it is not proven, where else it stands, and
    whether the journal does not say so."""
    lines = []
    if fault:
        lines.append(_(_FAULTS.get(fault, _FAULTS["not_proven"])))
    if second is not None:
        lines.append(_("In the second place too: {path}").format(path=second))
    if second_fault == "not_found":
        lines.append(_("The second place is not there: the copy did not reach it."))
    elif second_fault:
        why = _("The copy did not reach the second place. {why}")
        lines.append(why.format(why=error_text(StorageError(second_fault))))
    if not recorded:
        lines.append(_("The register could not be written to: its journal does not tell of it."))
    return lines


def copy_rule_words() -> dict[str, str]:
    """What each rule of copies is called."""
    return {
        "every": _("A copy every (minutes)"),
        "hourly": _("One per hour for (days)"),
        "daily": _("One per day for (days)"),
        "weekly": _("One per week for (weeks)"),
        "monthly": _("One per month for (months)"),
    }


def place_lines(places: Sequence[tuple[str, bool, int, int, datetime | None]]) -> list[str]:
    """What there is in each place: its folder, whether it is there, how many copies, how many of
    them proven, and of when the latest proven one is."""
    lines = []
    for folder, is_there, count, proven, latest in places:
        if not is_there:
            lines.append(_("{folder}: not there").format(folder=folder))
            continue
        if not count:
            lines.append(_("{folder}: no copy yet").format(folder=folder))
            continue
        counted = ngettext("{count} copy", "{count} copies", count).format(
            count=format_number(count)
        )
        if not proven:
            told = _("{folder}: {copies}, none proven yet")
            lines.append(told.format(folder=folder, copies=counted))
            continue
        said = ngettext(
            "{folder}: {copies}, {proven} proven, the latest of {when}",
            "{folder}: {copies}, {proven} proven, the latest of {when}",
            proven,
        )
        told = said.format(
            folder=folder, copies=counted, proven=format_number(proven), when=moment(latest)
        )
        lines.append(told)
    return lines


def missed_text(code: str, latest: datetime | None) -> str:
    """That no copy could be made, why, and of when the latest proven one is."""
    said = _("A copy could not be made. {why}").format(why=error_text(StorageError(code)))
    if latest is None:
        return said
    told = _("The latest proven copy is of {when}").format(when=moment(latest))
    return f"{said} {told}"


def late_text(latest: datetime | None, code: str) -> str:
    """That no copy of a server's register was made for long, and why none is made here."""
    said = _("No copy of the register was made since {when}").format(when=moment(latest))
    if latest is None:
        said = _("No copy of the register has been made yet.")
    return f"{said} {error_text(StorageError(code))}" if code else said


def moment(when: object) -> str:
    """A local day and hour."""
    if not isinstance(when, datetime):
        return "—"
    at = when.astimezone()
    return _("{day} at {time}").format(day=format_day(at.date()), time=format_time(at))


def _checked(case: str, facts: Mapping[str, Any]) -> str:
    said = {
        "never": _("Never looked through on this computer."),
        "long_ago": _("Sound on {when}; that is long ago"),
        "sound": _("Sound on {when}"),
        "unsound": _("Something was found on {when}"),
    }
    return said[case].format(when=moment(facts.get("when")))


_OF_OFFICE: Mapping[str, str] = {
    "none_named": N_(
        "No folder is named for the copies: no desk makes any. Whoever looks after the server keeps"
        " their own."
    ),
    "away": N_("{folder} is not there, and the latest copy that the journal tells of is of {when}"),
    "elsewhere": N_("This computer does not see {folder}. A copy was made there on {when}"),
    "no_passphrase": N_(
        "The latest copy is of {when}, and this computer cannot make one: it does not know the"
        " passphrase of the copies."
    ),
}


def _copies(case: str, facts: Mapping[str, Any]) -> str:
    if case in _OF_OFFICE:
        said = _(_OF_OFFICE[case])
        return said.format(folder=facts["folder"], when=moment(facts["when"]))
    if case == "nothing_yet":
        return _("Nothing is recorded yet, and so nothing is copied.")
    if case == "none_proven":
        return _("No copy is proven yet.")
    count = int(facts["proven"])
    said = ngettext("{count} proven copy", "{count} proven copies", count)
    counted = said.format(count=format_number(count))
    latest = _("{copies}, the latest of {when}").format(copies=counted, when=moment(facts["when"]))
    if case == "late":
        return _("{latest}; something has changed since and is in no copy").format(latest=latest)
    return latest


def _proof(case: str, facts: Mapping[str, Any]) -> str:
    count = int(facts["count"])
    if case == "faulty":
        said = ngettext(
            "{count} copy is not whole, and does not count: {names}",
            "{count} copies are not whole, and do not count: {names}",
            count,
        )
        return said.format(count=format_number(count), names=", ".join(facts["names"]))
    said = ngettext(
        "{count} copy has not been looked through yet.",
        "{count} copies have not been looked through yet.",
        count,
    )
    return said.format(count=format_number(count))


def _second(case: str, facts: Mapping[str, Any]) -> str:
    said = {
        "none": _("None: where this disk is lost, the copies go with it."),
        "away": _("{folder} is not there."),
        "nothing_yet": _("{folder}: nothing to copy yet."),
        "none_proven": _("{folder} has no copy yet."),
        "late": _("The latest copy in {folder} is of {when}"),
        "proven": _("The latest copy in {folder} is of {when}"),
    }
    return said[case].format(folder=facts.get("folder", ""), when=moment(facts.get("when")))


def _place(case: str, facts: Mapping[str, Any]) -> str:
    said = {
        "local": _("{folder}, on this computer."),
        "network": _("{folder} is on another computer: one desk writes at a time."),
        "synced": _("{folder} is kept by a cloud service, which can damage a live register."),
        "read_only": _("Nothing can be written in {folder}."),
    }
    return said[case].format(folder=facts["folder"])


def _room(case: str, facts: Mapping[str, Any]) -> str:
    if case == "unknown":
        return _("The disk does not tell how much room it has.")
    return _("{free} MB free; the register has {size} MB.").format(
        free=format_number(int(facts["free"]) // 1_000_000),
        size=format_number(max(int(facts["size"]) // 1_000_000, 1)),
    )


def _passphrase(case: str, _facts: Mapping[str, Any]) -> str:
    if case == "set":
        return _("The register and its copies are encrypted.")
    return _("None: whoever has the file can read it.")


def _server(_case: str, facts: Mapping[str, Any]) -> str:
    said = _("{name}; its disk is looked after by whoever runs it.")
    return said.format(name=facts["name"])


def _line(case: str, facts: Mapping[str, Any]) -> str:
    if case == "lost":
        return error_text(StorageError(str(facts["code"])))
    return _("PostgreSQL {version} answers; the register has {size} MB there.").format(
        version=facts["version"],
        size=format_number(max(int(facts["size"]) // 1_000_000, 1)),
    )


def _versions(_case: str, facts: Mapping[str, Any]) -> str:
    return " · ".join(f"{name} {number}" for name, number in facts["versions"].items())


def _clock(_case: str, facts: Mapping[str, Any]) -> str:
    count = int(facts["count"])
    said = ngettext(
        "{count} copy is dated in the future.", "{count} copies are dated in the future.", count
    )
    return said.format(count=format_number(count))


_SENTENCES: Mapping[str, Callable[[str, Mapping[str, Any]], str]] = {
    "checked": _checked,
    "copies": _copies,
    "proof": _proof,
    "second": _second,
    "place": _place,
    "room": _room,
    "passphrase": _passphrase,
    "server": _server,
    "line": _line,
    "versions": _versions,
    "clock": _clock,
}
