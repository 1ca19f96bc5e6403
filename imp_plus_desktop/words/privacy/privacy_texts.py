# SPDX-License-Identifier: Apache-2.0
"""What is said of personal information: clocks, what an erasure takes and leaves, incidents."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from imp_plus_desktop.domain.privacy.incidents import Incident, Item, missing
from imp_plus_desktop.domain.privacy.retention import Clock, Closing, OfficeKind, Open, Policy
from imp_plus_desktop.i18n import N_, _, format_day, format_number, ngettext
from imp_plus_desktop.words.terms.entity_names import entity_label

_OPEN: Mapping[Open, str] = {
    Open.APPLICATION: N_("an application without a decision"),
    Open.PR: N_("a PR application in process"),
    Open.PERMIT: N_("a permit that is still valid"),
    Open.LETTER: N_("a letter that may still be used"),
    Open.ROUTE: N_("an application under another route"),
    Open.ROW: N_("a row of a list that waits for an answer"),
}
_CLOSING: Mapping[Closing, str] = {
    Closing.DECISION: N_("decision"),
    Closing.PERMIT_END: N_("end of the permit"),
    Closing.LETTER_END: N_("last day to use the letter"),
    Closing.ROUTE_END: N_("end of the other route"),
    Closing.DEATH: N_("death"),
    Closing.LANDING: N_("landing"),
}
OFFICE_KINDS: Mapping[OfficeKind, str] = {
    OfficeKind.CONSULTANT: N_("Recognised consultant"),
    OfficeKind.ENTERPRISE: N_("Enterprise"),
    OfficeKind.PUBLIC_BODY: N_("Public body"),
}
_KINDS: Mapping[str, str] = {
    "changes": N_("Changes told by the journal"),
    "acts": N_("Reasons kept by the journal"),
    "scans": N_("Scans and letters kept"),
    "archived_rows": N_("Rows of imported lists"),
    "imported_files": N_("Original files of imports"),
    "held_rows": N_("Row to check"),
    "texts": N_("Mentions in other files"),
    "drafts": N_("Unfinished lists"),
}
_ITEMS: Mapping[str, str] = {
    Item.INFORMATION: N_("Personal information concerned"),
    Item.CIRCUMSTANCES: N_("Circumstances"),
    Item.HAPPENED: N_("When it happened"),
    Item.LEARNED: N_("When it became known"),
    Item.PEOPLE: N_("Number of people concerned"),
    Item.RISK: N_("Risk of serious injury"),
    Item.NOTICES: N_("Notices"),
    Item.MEASURES: N_("Measures taken"),
    "serious": N_("Is there a risk of serious injury?"),
    "commission_told_on": N_("Commission d’accès à l’information told on"),
    "people_told_on": N_("People concerned told on"),
    "public_notice": N_("Public notice, and why"),
}
_DESK: Mapping[str, str] = {
    "office_kind": N_("The office is"),
    "ceiling_years": N_("Years after which a closed file goes"),
    "purposes": N_("What the information is for"),
    "officer_name": N_("Person in charge"),
    "officer_title": N_("Title"),
    "officer_phone": N_("Telephone"),
    "officer_email": N_("E-mail"),
}


def open_text(why: Collection[Open]) -> str:
    """What still needs a file: `a permit that is still valid, a PR application in process`."""
    return ", ".join(_(_OPEN[one]) for one in why)


def because_text(clock: Clock, policy: Policy) -> str:
    """Why a file falls due: `closed on March 3, 2019 (decision), kept for 5 years`."""
    if clock.closed is None:
        return open_text(clock.needed)
    years = ngettext(
        "closed on {day} ({by}), kept for {count} year",
        "closed on {day} ({by}), kept for {count} years",
        policy.years,
    )
    return years.format(
        day=format_day(clock.closed.day), by=_(_CLOSING[clock.closed.by]), count=policy.years
    )


def clock_text(clock: Clock, policy: Policy, today: date) -> str:
    """Where the file stands, as one sentence."""
    if clock.hold is not None:
        return _("Kept under a legal hold since {day}: {reason}").format(
            day=format_day(clock.hold.from_day), reason=clock.hold.reason
        )
    if clock.needed:
        return _("Open: {why}.").format(why=open_text(clock.needed))
    if clock.closed is None:
        return _("Nothing tells when this file closed.")
    if clock.due is None:
        return _("Closed on {day} ({by}). No period of retention is set.").format(
            day=format_day(clock.closed.day), by=_(_CLOSING[clock.closed.by])
        )
    told = because_text(clock, policy)
    if clock.is_due(today):
        return _("To be destroyed since {day}: {why}.").format(day=format_day(clock.due), why=told)
    return _("To be destroyed from {day}: {why}.").format(day=format_day(clock.due), why=told)


def kind_label(kind: str) -> str:
    """What is counted of an erasure: an entity of the register, or of what is kept beside."""
    return _(_KINDS[kind]) if kind in _KINDS else entity_label(kind)


def counts_text(counts: Mapping[str, int]) -> list[str]:
    """`Letter: 1`, a line each."""
    said = _("{name}: {value}")
    return [said.format(name=kind_label(k), value=format_number(n)) for k, n in counts.items()]


def untidied_text(count: int) -> str:
    """That a server's tables may still hold traces of what was destroyed."""
    return ngettext(
        "{count} file was destroyed since the server’s tables were tidied: “imp-plus server tidy”"
        " leaves nothing of it there.",
        "{count} files were destroyed since the server’s tables were tidied: “imp-plus server tidy”"
        " leaves nothing of them there.",
        count,
    ).format(count=format_number(count))


class Copies(NamedTuple):
    """The copies of before that there are, and how many went. `unseen`: there may be more in a
    folder that this computer does not see."""

    there: int
    dropped: int
    unseen: bool = False


def erased_text(swept: bool, copies: Copies, *, on_server: bool = False) -> list[str]:
    """What became of an erasure, and what is left to be done."""
    said = [_("The file is destroyed. This cannot be undone.")]
    if on_server:
        said.append(_of_server(swept=swept))
    elif not swept:
        said.append(
            _(
                "Another window or desk is at work: the emptied pages are cleaned when the register"
                " is opened next."
            )
        )
    if copies.dropped:
        said.append(
            ngettext(
                "{count} copy made before went with it.",
                "{count} copies made before went with it.",
                copies.dropped,
            ).format(count=format_number(copies.dropped))
        )
    if copies.there and not copies.dropped:
        said.append(still_holding_text(copies.there, on_server=on_server))
    if copies.unseen:
        said.append(unseen_text())
    return said


def still_holding_text(count: int, *, on_server: bool) -> str:
    """That copies of before hold somebody who is destroyed."""
    if on_server:
        return ngettext(
            "{count} copy made before in the office’s folder still holds it, until newer ones take"
            " its place.",
            "{count} copies made before in the office’s folder still hold it, until newer ones"
            " take their place.",
            count,
        ).format(count=format_number(count))
    return ngettext(
        "{count} automatic copy made before still holds it; restored, it is destroyed there again.",
        "{count} automatic copies made before still hold it; restored, it is destroyed"
        " there again.",
        count,
    ).format(count=format_number(count))


def unseen_text() -> str:
    """That copies may hold somebody whom nobody here has counted."""
    return _(
        "The copies in the office’s folder, which this computer does not see, hold it too: whoever"
        " keeps that folder lets them go."
    )


def _of_server(*, swept: bool) -> str:
    """What a server still has of it: the program reaches neither its log nor its own copies."""
    if swept:
        return _("The server’s log and its own copies hold it until they are renewed.")
    return _(
        "Nobody who works in the register reads it any more. Traces stay in the server’s tables "
        "until whoever runs it tidies them (“imp-plus server tidy”), in its log and its own copies "
        "until these are renewed."
    )


def stays_text(family: int, sources: int) -> list[str]:
    """What of a person stays although the file goes, and where it is."""
    said = []
    if family:
        said.append(
            ngettext(
                "{count} other file has this person among the family: it keeps what it says.",
                "{count} other files have this person among the family: they keep what they say.",
                family,
            ).format(count=format_number(family))
        )
    if sources:
        said.append(
            ngettext(
                "{count} imported list is named after this person: its name stays in the journal.",
                "{count} imported lists are named after this person: their names stay in the"
                " journal.",
                sources,
            ).format(count=format_number(sources))
        )
    return said


def goes_text(counts: Mapping[str, int]) -> str:
    """What goes, as one line."""
    said = _("{name} ({value})")
    told = [said.format(name=kind_label(k), value=format_number(n)) for k, n in counts.items()]
    return _("Goes: {what}.").format(what=", ".join(told))


def stays_counted_text(counts: Mapping[str, int]) -> str:
    """What stays because it counts; empty where nothing does."""
    if not counts:
        return ""
    said = _("{name} ({value})")
    told = [said.format(name=kind_label(k), value=format_number(n)) for k, n in counts.items()]
    return _("Stays without a name, for the cap and the reports: {what}.").format(
        what=", ".join(told)
    )


def policy_text(policy: Policy) -> str:
    """For how long the office keeps files."""
    if not policy.years:
        return _("No period of retention is set: enter one under the person in charge.")
    return ngettext(
        "Closed files are kept for {count} year, then destroyed.",
        "Closed files are kept for {count} years, then destroyed.",
        policy.years,
    ).format(count=format_number(policy.years))


def incident_text(one: Incident) -> str:
    """Where an incident stands."""
    if one.closed_on is not None:
        return _("Closed on {day}.").format(day=format_day(one.closed_on))
    lacking = missing(one)
    if not lacking:
        return _("Its eight items are there: it can be closed.")
    return _("Still missing: {items}.").format(items=", ".join(map(item_label, lacking)))


def access_text(files: int, withheld: int) -> list[str]:
    """What was written for a person, and what is to be looked at before it is handed over."""
    said = [
        ngettext("{count} file is written.", "{count} files are written.", files).format(
            count=format_number(files)
        )
    ]
    if withheld:
        said.append(
            ngettext(
                "{count} entry is about somebody else and is withheld.",
                "{count} entries are about somebody else and are withheld.",
                withheld,
            ).format(count=format_number(withheld))
        )
    said.append(_("Read the notes and the scans before handing them over: they may name others."))
    return said


def item_label(item: str) -> str:
    """An item or a field of an incident."""
    return _(_ITEMS[item])


def desk_label(field: str) -> str:
    """A field of what the office has settled."""
    return _(_DESK[field])


def office_kind_text(kind: OfficeKind | None) -> str:
    """What the office is."""
    return "—" if kind is None else _(OFFICE_KINDS[kind])
