# SPDX-License-Identifier: Apache-2.0
"""What a row of a list adds to a file besides its fields: remarks, calls, fees, what IRCC asked.

Pure. Each is added once: what the file has already is not added again. `domain/records/listed.py`
names the columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import combinations
from types import MappingProxyType

from imp_plus_desktop.domain.fees.fees import BIOMETRICS
from imp_plus_desktop.domain.fees.refunds import HOLDER, PROCESSING, cents
from imp_plus_desktop.domain.records import listed
from imp_plus_desktop.domain.records.applications import Application, OtherRoute
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import (
    ContactKind,
    DocumentState,
    DocumentType,
    Outcome,
    PortalItem,
    PortalState,
    RequestKind,
    RouteState,
)
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.services.fields.operations import Operation, Values

OF_MORE = frozenset(field.named for field in listed.MORE)
"""The import fields of all that."""
OF_APPLICATION = frozenset(
    (listed.BIOMETRICS_LETTER.named, *(field.named for field in listed.PORTAL.values()))
)
"""Those that hang on an application, which there is wherever a list has them."""

OF_ROUTE = frozenset({listed.ROUTE_STATE.named, listed.ROUTE_INVITED.named})
"""Those that say where somebody stands in a programme, before anything is filed."""

OWN_ROUTE = "A76"
_FEES = (PROCESSING, HOLDER, BIOMETRICS)
_NOTE, _LOG = listed.NOTE.named, listed.CONTACT_LOG.named
_MEDICAL = (listed.MEDICAL_DONE.named, listed.MEDICAL_UNTIL.named)
_ROUTE = listed.ROUTE.named
_FORMER = listed.FORMER_NUMBERS.named


def of_person(file: PersonFile | None, known: Values, programme: Programme) -> Iterator[Operation]:
    """What hangs on the person: remarks, calls, the medical exam, what was paid."""
    if OF_MORE.isdisjoint(known):
        return
    yield from _notes(file, known)
    yield from _medical(file, known)
    yield from _paid(file, known, programme)
    yield from _former_numbers(file, known)


def of_application(
    file: PersonFile | None, present: Application | None, known: Values, today: date | None
) -> Iterator[Operation]:
    """What hangs on the application that the row tells of: IRCC's letter, the portal's lines.

    A line of the portal without a day was seen on `today`; one that says what it said is no news.
    """
    if OF_APPLICATION.isdisjoint(known):
        return
    own = {} if present is None else {"application_id": present.id}
    letter = known.get(listed.BIOMETRICS_LETTER.named)
    if letter is not None and not _has_request(file, letter):
        values = {"kind": RequestKind.BIOMETRICS, "letter_on": letter, **own}
        yield Operation("request", None, values, (listed.BIOMETRICS_LETTER.named,))
    seen = known.get(listed.PORTAL_ON.named) or today
    for item, field in listed.PORTAL.items():
        state = known.get(field.named)
        if state is None or seen is None or _last_seen(file, present, item) == state:
            continue
        values = {"item": item, "state": PortalState(state), "observed_on": seen, **own}
        yield Operation("portal_line", None, values, (field.named,))


def _has_request(file: PersonFile | None, letter: date) -> bool:
    asked = file.requests if file is not None else ()
    return any(r.kind is RequestKind.BIOMETRICS and r.letter_on == letter for r in asked)


def _last_seen(
    file: PersonFile | None, present: Application | None, item: PortalItem
) -> PortalState | None:
    if file is None or present is None:
        return None
    lines = [x for x in file.portal_lines if x.application_id == present.id and x.item is item]
    return lines[-1].state if lines else None


def _notes(file: PersonFile | None, known: Values) -> Iterator[Operation]:
    """The remark of the row and its log: a dated line of a known kind is a contact, all else a
    note. Lines that the file's notes have are no news."""
    lines = str(known.get(_NOTE) or "").splitlines()
    held = {_plain(line) for n in file.notes for line in n.text.splitlines()} if file else set()
    if not held.issuperset(map(_plain, lines)):
        yield Operation("note", None, {"text": "\n".join(lines)}, (_NOTE,))
    loose: list[str] = []
    for line in str(known.get(_LOG) or "").splitlines():
        contact = contact_of(line)
        if contact is None:
            loose.append(line)
        elif not _was_told(file, contact):
            yield Operation("contact", None, contact, (_LOG,))
    if not held.issuperset(map(_plain, loose)):
        yield Operation("note", None, {"text": "\n".join(loose)}, (_LOG,))


def _plain(line: str) -> str:
    """A line as a cell brings it: a list has no no-break spaces, and none at the ends."""
    return " ".join(line.split())


_DATED = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\s*[:,–—-]?\s*(.*)")
_KINDS: Mapping[str, ContactKind] = MappingProxyType(
    {
        **dict.fromkeys(
            ("appel", "appele", "telephone", "tel", "call", "called", "phoned", "phone"),
            ContactKind.CALLED,
        ),
        **dict.fromkeys(
            ("courriel", "lettre", "ecrit", "envoye", "email", "mail", "wrote", "letter", "sent"),
            ContactKind.WROTE,
        ),
        **dict.fromkeys(
            ("reponse", "repondu", "replied", "reply", "answered", "recu"), ContactKind.REPLIED
        ),
        **dict.fromkeys(
            ("rencontre", "rendez", "visite", "met", "meeting", "visit"), ContactKind.MET
        ),
    }
)
"""The first word of a line of a log, and what it says of the exchange."""


LOG_WORDS: Mapping[ContactKind, tuple[str, str]] = MappingProxyType(
    {
        ContactKind.CALLED: ("appel", "call"),
        ContactKind.WROTE: ("courriel", "mail"),
        ContactKind.REPLIED: ("réponse", "reply"),
        ContactKind.MET: ("rencontre", "meeting"),
    }
)
"""The word of each kind of exchange in a log, in French and in English."""


def contact_of(line: str) -> dict[str, object] | None:
    """A line such as `2024-03-01 appel : dossier complet` as a contact, None where it has no day
    in the order of ISO, or its first word says no kind."""
    found = _DATED.match(line)
    if found is None:
        return None
    year, month, day, rest = found.groups()
    words = re.findall(r"\w+", fold(rest))
    kind = _KINDS.get(words[0]) if words else None
    try:
        on_day = date(int(year), int(month), int(day))
    except ValueError:
        return None
    if kind is None:
        return None
    said = (rest.partition(":")[2] if ":" in rest else rest).strip()
    return {"on_day": on_day, "kind": kind, "text": said}


def _was_told(file: PersonFile | None, contact: Mapping[str, object]) -> bool:
    told = file.contacts if file is not None else ()
    wanted = (contact["on_day"], contact["kind"], contact["text"])
    return any((c.on_day, c.kind, " ".join(c.text.split())) == wanted for c in told)


def _medical(file: PersonFile | None, known: Values) -> Iterator[Operation]:
    done, until = (known.get(name) for name in _MEDICAL)
    if done is None and until is None:
        return
    held = [d for d in file.documents if d.type is DocumentType.MEDICAL] if file else []
    own = [d for d in held if d.member_id is None]
    present = own[-1] if own else None
    values: dict[str, object] = {}
    for column, value in (("received_on", done), ("expires", until)):
        if value is not None and getattr(present, column, None) != value:
            values[column] = value
    if not values:
        return
    fields = tuple(name for name in _MEDICAL if known.get(name) is not None)
    if present is None:
        values |= {"type": DocumentType.MEDICAL, "state": DocumentState.RECEIVED}
        yield Operation("document", None, values, fields)
    else:
        yield Operation("document", present.id, values, fields)


def _paid(file: PersonFile | None, known: Values, programme: Programme) -> Iterator[Operation]:
    """The payments that a sum is made of, those that the file lacks."""
    paid_on = known.get(listed.FEES_PAID_ON.named)
    for fee, amount in fees_of(known, programme) or ():
        paid = file.payments if file is not None else ()
        wanted = (fee, amount, paid_on, False)
        if any((p.fee, p.cents, p.on_day, p.refund) == wanted for p in paid):
            continue
        values = {"fee": fee, "cents": amount, "on_day": paid_on}
        yield Operation("payment", None, values, (listed.FEES_PAID.named,))


def fees_of(known: Values, programme: Programme) -> tuple[tuple[str, int], ...] | None:
    """The fees of the day that add up to what a row says was paid; None where none do, or where
    it says no day."""
    total, day = known.get(listed.FEES_PAID.named), known.get(listed.FEES_PAID_ON.named)
    if total is None or day is None:
        return None
    amounts = [(fee, cents(programme, fee, day)) for fee in _FEES]
    of_day = [(fee, amount) for fee, amount in amounts if amount]
    for size in range(len(of_day), 0, -1):
        for some in combinations(of_day, size):
            if sum(amount for _fee, amount in some) == total:
                return some
    return None


def doubt_of_fees(known: Values, programme: Programme) -> str | None:
    """The code of why a sum that was paid does not go in, None where it does or there is none."""
    if known.get(listed.FEES_PAID.named) is None:
        return None
    if known.get(listed.FEES_PAID_ON.named) is None:
        return "fee_without_day"
    return None if fees_of(known, programme) else "unknown_sum"


def _former_numbers(file: PersonFile | None, known: Values) -> Iterator[Operation]:
    """The numbers that own applications had before: each of the one after its arrow, else of the
    one that the row tells of, or the latest."""
    for told in re.split(r"[;,]", str(known.get(_FORMER) or "")):
        before, _arrow, now = told.partition("→")
        own = file.own_applications if file is not None else ()
        number = normalise(now or str(known.get("application_number") or ""))
        named = (a for a in own if number and normalise(a.application_number or "") == number)
        holder = next(named, own[-1] if own and not now.strip() else None)
        if file is None or holder is None or not before.strip():
            continue
        held = (holder.application_number, *file.numbers_before(holder.id))
        if normalise(before) not in {normalise(one or "") for one in held}:
            values = {"application_id": holder.id, "number": before.strip()}
            yield Operation("former_number", None, values, (_FORMER,))


def route_of(known: Values) -> str | None:
    """The other route that a row names; None for IMP+ itself, and where it names none."""
    route = known.get(_ROUTE)
    return None if route in (None, OWN_ROUTE) else str(route)


ROUTE_COLUMNS = {
    "application_number": "application_number",
    "decided_on": "decided_on",
    "permit_number": "permit_number",
    "permit_from": "valid_from",
    "permit_until": "valid_until",
    listed.ROUTE_INVITED.named: "invited_on",
}
"""What a row tells of another route, beside the day of filing, the state and the outcome."""
_STATES = {
    Outcome.APPROVED: RouteState.APPROVED,
    Outcome.REFUSED: RouteState.REFUSED,
    Outcome.WITHDRAWN: RouteState.WITHDRAWN,
}


def of_other_route(file: PersonFile | None, route: str, known: Values) -> Iterator[Operation]:
    """What a row tells of an application or a permit under another route: never a place."""
    values = {column: known[name] for name, column in ROUTE_COLUMNS.items() if name in known}
    filed = known.get("received_at") or known.get("submitted_on")
    if filed is not None:
        values["filed_on"] = toronto_day(filed) if isinstance(filed, datetime) else filed
    present = _present_route(file, route, values)
    state = _route_state(known, present)
    wanted = {"route": route, "state": state, **values}
    named = (_ROUTE, listed.ROUTE_STATE.named, "received_at", "outcome", *ROUTE_COLUMNS)
    fields = tuple(name for name in named if name in known)
    if present is None:
        yield Operation("other_route", None, wanted, fields)
        return
    changed = {name: v for name, v in wanted.items() if getattr(present, name) != v}
    if changed:
        yield Operation("other_route", present.id, changed, fields)


def _route_state(known: Values, present: OtherRoute | None) -> RouteState:
    if known.get("outcome") is not None:
        found = _STATES.get(Outcome(known["outcome"]))
        if found is not None:
            return found
    if {"permit_number", "permit_from", "permit_until"} & known.keys():
        return RouteState.APPROVED
    stated = known.get(listed.ROUTE_STATE.named)
    if stated is not None and (present is None or stated != RouteState.CONSIDERED):
        return RouteState(stated)
    return present.state if present is not None else RouteState.FILED


def _present_route(
    file: PersonFile | None, route: str, values: Mapping[str, object]
) -> OtherRoute | None:
    """The entry that a row speaks of: by the first of number, permit and days that both know."""
    for held in file.other_routes if file is not None else ():
        if held.route != route:
            continue
        for column in ("application_number", "permit_number", "filed_on", "valid_from"):
            one, other = values.get(column), getattr(held, column)
            if one is not None and other is not None:
                if one == other:
                    return held
                break
        else:
            return held
    return None
