# SPDX-License-Identifier: Apache-2.0
"""Two desks on one register: what each service function with an act does when another desk writes
after it was called and before it holds the register's lock.

`CASES` has a call of every such function on the register that `furnish` makes. A new function
needs a case here; `tests/services/test_second_desk.py` names it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from new_registers import is_on_a_server, new_register
from office_builders import (
    AT,
    TODAY,
    YEAR,
    a_list,
    a_row,
    add_member,
    an_approved,
    import_file,
    invite,
    issue,
    person_values,
    receive,
    receive_member,
    set_cap,
)

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.documents.media import MediaType
from imp_plus_desktop.domain.figures.many import FigureTable
from imp_plus_desktop.domain.quota.over_cap import OverCapItem
from imp_plus_desktop.domain.quota.quota import OfficialCount
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.pivots import Pivot
from imp_plus_desktop.domain.reads.shapes import Shape
from imp_plus_desktop.domain.records.member import Member, new_member
from imp_plus_desktop.domain.values import codes
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.exchange.correspondence.filled import Filled, Sheet
from imp_plus_desktop.services.agenda import agenda
from imp_plus_desktop.services.applications import (
    applications,
    fees,
    flags,
    forms,
    portal,
    preparing,
    requests,
    routes,
)
from imp_plus_desktop.services.applications.flags import Wanted
from imp_plus_desktop.services.copies import rules
from imp_plus_desktop.services.correspondence import letterhead, letters, templates
from imp_plus_desktop.services.duplicates import merge_people
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.figures import files as figure_files
from imp_plus_desktop.services.figures import own
from imp_plus_desktop.services.history import file_bin, history, own_acts
from imp_plus_desktop.services.imports import imports, review
from imp_plus_desktop.services.listing import pivots, views
from imp_plus_desktop.services.office import parameters, person_file
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.page import one_value, versions
from imp_plus_desktop.services.people import (
    attachments,
    clerks,
    contacts,
    deaths,
    documents,
    employments,
    folder,
    names_history,
    people,
    residences,
)
from imp_plus_desktop.services.permits import endings, permits, pr_track
from imp_plus_desktop.services.privacy import access, erasure, incidents, retention
from imp_plus_desktop.services.privacy import desk as desk_settings
from imp_plus_desktop.services.programmes import library
from imp_plus_desktop.services.quota import overcap, periods, quota
from imp_plus_desktop.services.several import changes, many, tags
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.journal.forms.shown import Shown
from imp_plus_desktop.storage.journal.journal import ActHeader
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.tables.schema import CHILDREN, COLUMNS

T = TypeVar("T")
PROGRAMME = Path(__file__).resolve().parent / "files" / "programmes" / "north_pilot.toml"
SERVICES = Path(__file__).resolve().parent.parent / "imp_plus_desktop" / "services"
_PROGRAMS = ("demo", "selftest")
"""Modules that make a register of their own, by many acts."""
ALONE = {
    "of_server.set_folder": "of a register on a server, where whoever names it last is told first",
}
"""Functions for which no state of before counts."""
ASKED_TWICE = {
    "imports.commit": "the plan is proven unchanged inside, or made anew",
    "access.write": "what is handed over is written first; its act only says that it was",
}
"""Functions that read before their act and prove inside that it still holds."""


class FixedClock(Clock):
    """The same instant in both runs, so that all that is written can be compared."""

    def now(self) -> datetime:
        return datetime(2023, 11, 22, 16, tzinfo=UTC)


T = TypeVar("T")


class WatchedRegister(Register):
    """Tells what is read before an act begins, and lets another desk write just before its lock. On
    a server an act that is judged first has read and judged by then."""

    read_too_early = False
    between: Callable[[], object] | None = None
    _acting = False
    _is_judged = False

    @property
    def db(self) -> Any:
        self.read_too_early |= not (self._acting or self._is_judged)
        return super().db

    @property
    def desk(self) -> Any:
        return super().db.desk  # whoever it is stays the same

    @contextmanager
    def act(
        self, header: ActHeader, shown: Shown | None = None, own: Collection[int] = ()
    ) -> Iterator[Act]:
        if not self._is_judged:
            self._let_write()
        self._acting = True
        with super().act(header, shown, own) as act:
            yield act

    def judged_first(
        self, name: str, keys: Sequence[object], work: Callable[[], T], *, whole: bool = False
    ) -> T:
        db, self._is_judged = super().db, True
        alone, will_keep = db.alone, db.will_keep

        def late() -> None:
            if db.in_transaction() or self._acting:
                self._let_write()
            alone()

        def at_the_end(*told: Any) -> None:
            self._let_write()  # what goes whole takes the lock only then
            will_keep(*told)

        db.alone, db.will_keep = late, at_the_end
        try:
            return cast(T, db.judged_first(name, keys, work, whole=whole))
        finally:
            db.alone, db.will_keep, self._is_judged = alone, will_keep, False

    def _let_write(self) -> None:
        between, self.between = self.between, None
        if between is not None:
            between()


class Desk(Office):
    """A desk of the office. Its copies are no matter here."""

    def copy_first(self, reason: str | None) -> None:
        """Make none."""


def desk(like: Office, register: Register | Path) -> Desk:
    """Another desk of the office, on a register that is open, or at a path."""
    opened = register if isinstance(register, Register) else Register(register)
    parts = {field.name: getattr(like, field.name) for field in fields(Office)}
    return Desk(**{**parts, "register": opened, "clock": FixedClock(TODAY)})


class Refused(NamedTuple):
    """The code and the parameters of a refusal."""

    code: str
    parameters: tuple[tuple[str, object], ...]


def functions_with_an_act() -> set[str]:
    """`module.function` of every public service function that makes an act, itself or by another.

    Read from the sources.
    """
    calls: dict[str, set[str]] = {}
    found: set[str] = set()
    for source in sorted(SERVICES.rglob("*.py")):
        if source.stem.startswith(_PROGRAMS):
            continue
        tree = ast.parse(source.read_text("utf-8"))
        # What only says what is to be done to each of many does nothing yet.
        functions = {
            node.name: node
            for node in tree.body
            if isinstance(node, ast.FunctionDef) and ast.unparse(node.returns or node) != "Change"
        }
        known = {name: f"{source.stem}.{name}" for name in functions} | _imported(tree)
        for name, node in functions.items():
            called = [call.func for call in ast.walk(node) if isinstance(call, ast.Call)]
            own = f"{source.stem}.{name}"
            calls[own] = {known[f.id] for f in called if isinstance(f, ast.Name) and f.id in known}
            dotted = [f for f in called if isinstance(f, ast.Attribute)]
            calls[own] |= {
                f"{known[f.value.id]}.{f.attr}"
                for f in dotted
                if isinstance(f.value, ast.Name) and f.value.id in known
            }
            if any(f.attr == "act" and ast.unparse(f.value).endswith("office") for f in dotted):
                found.add(own)
    while more := {name for name, others in calls.items() if others & found} - found:
        found |= more
    return {name for name in found if not name.partition(".")[2].startswith("_")}


def _imported(tree: ast.Module) -> dict[str, str]:
    """What a module calls other services' modules and functions."""
    package = "imp_plus_desktop.services"
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(package):
            of = (node.module or "").removeprefix(package).removeprefix(".")
            is_module = (SERVICES / of.replace(".", "/")).with_suffix(".py").is_file()
            for alias in node.names:
                own = f"{of.rpartition('.')[2]}.{alias.name}" if is_module else alias.name
                known[alias.asname or alias.name] = own
    return known


@dataclass(frozen=True, slots=True)
class Furnished:
    """What stands in the register: a row of each kind, and files to bring in."""

    list_file: Path
    scan_file: Path
    one: int  # a person with an application received and one of everything
    new: int  # may apply
    twin: int  # looks like the new one
    received: int
    approved: int
    over_cap: int
    draft: int
    permit: int
    request: int
    member: int
    spare_member: int
    letter: int
    second_letter: int
    residence: int
    passport: int
    note: int
    contact: int
    job: int
    former: int
    route: int
    payment: int
    held_row: int
    view: int
    flagged: int  # history with a flag that is open and one that was settled
    incident: int
    stray: int  # should not be there; has a place
    holder: int  # of the permit


WHOLE = {
    **dict.fromkeys(("information", "circumstances", "happened", "learned", "people"), "x"),
    **{"serious": False, "risk": "none", "measures": "x"},
}
"""An incident with its eight items."""


def furnish(office: Office, where: Path) -> Furnished:
    """Fill an empty register."""
    set_cap(office, 30)
    one, new = invite(office, 1), invite(office, 2)
    received = receive(office, one, number="W300000001").application
    twin = invite(office, 3, individual_reference="")
    approved = an_approved(office, 4)
    with_permit = an_approved(office, 5)
    permit = issue(office, with_permit).permit
    folder.save_letter(office, one, None, date(2023, 9, 2), None)
    requests.save(
        office,
        requests.RequestDetails(received, codes.RequestKind.BIOMETRICS, date(2023, 11, 21)),
    )
    member = add_member(office, one)
    receive_member(office, member)
    spare = add_member(office, one, given_names="Lina", relation=codes.Relation.CHILD)
    folder.add_note(office, one, "called")
    tags.put(office, one, ["school"])
    contacts.save(office, one, None, codes.ContactKind.CALLED, "called")
    employments.save(office, one, employments.Work("MAR", employer="A"))
    names_history.save_former(office, one, None, "Before", "Amine")
    routes.save(office, one, None, routes.RouteDetails("a75", codes.RouteState.FILED))
    templates.add(office, "Own", "fr", b"own")
    library.take(office, PROGRAMME.read_bytes())
    fees.pay(office, one, fees.KNOWN[0], 15500, TODAY)
    scan = where / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
    attachments.attach(office, one, codes.DocumentType.PASSPORT, scan)
    draft = preparing.prepare(office, invite(office, 6), TODAY).application
    set_cap(office, 3)
    over = receive(office, invite(office, 7), number="W300000007").application
    set_cap(office, 30)
    own.set_figure(office, own.Entry("fee_biometrics", "86.00", TODAY, "a list"))
    held = a_row(2, individual_reference=None, given_names="Amine", citizenship="Maroc")
    past = a_row(
        8,
        application_number="W100000008",
        received_at=date(2023, 9, 20),
        outcome="approved",
        decided_on=date(2023, 9, 10),
        permit_from=date(2023, 10, 1),
        permit_until=date(2027, 10, 1),
    )
    import_file(office, a_list(where / "held.xlsx", [held, past]), date_order="dmy")
    flagged = people.find(office, "C1000008")
    flags.settle(office, flagged, Wanted(codes.FlagCode.PERMIT_OVER_TERM), "as printed")
    agenda.acknowledge(office, agenda.find(office, new, "letter"))
    transferred = {**past, "application_number": "W399999999"}
    rows = [transferred, *(a_row(n) for n in (2, 40, 41))]
    list_file = a_list(where / "list.xlsx", rows)
    retention.hold(office, one, "a reason")
    stray = invite(office, 9)
    receive(office, stray)
    file = people.file(office, one)
    return Furnished(
        list_file,
        scan,
        one,
        new,
        twin,
        received,
        approved,
        over,
        draft,
        permit,
        file.requests[0].id,
        member,
        spare,
        file.letters[0].id,
        file.letters[-1].id,
        file.residences[0].id,
        file.passports[0].id,
        file.notes[0].id,
        file.contacts[0].id,
        file.employments[0].id,
        file.former_names[0].id,
        file.other_routes[0].id,
        file.payments[0].id,
        review.rows(office)[0].row,
        views.save(office, ListKind.PEOPLE, "Mine", Shape(("name",)))[1],
        flagged,
        incidents.save(office, None, WHOLE)[0],
        stray,
        person_file.application_of(office, with_permit).person_id,
    )


def furnished_copy(empty_register: Path, where: Path) -> tuple[Office, Furnished]:
    """A register at `where` with a row of each kind, and the closed office that furnished it."""
    new_register(where / "office.imp")
    first = open_office(where / "office.imp", today=TODAY)
    office = desk(first, where / "office.imp")
    first.close()
    found = furnish(office, where)
    office.close()
    return office, found


Call = Callable[[Office, Furnished], object]


def _member(f: Furnished) -> Member:
    return new_member(f.one, codes.Relation.CHILD, "Benali", "Nour", date(2015, 1, 2))


def _named(office: Office, f: Furnished) -> agenda.Named:
    letter = agenda.items(office, f.new)
    found = next(i for i in letter if i.deadline.kind.value == "letter")
    return agenda.Named(f.new, "letter", found.deadline.day, found.deadline.subject_id)


def _unseen(office: Office, f: Furnished) -> agenda.Named:
    """A deadline that nobody has seen: what changes nothing locks nothing on a server."""
    named = _named(office, f)
    agenda.clear(office, named)
    return named


def _closed(office: Office, _found: Furnished) -> int:
    """Somebody of whom nothing is open any more."""
    person = invite(office, 90)
    applications.decide(office, receive(office, person).application, codes.Outcome.REFUSED, TODAY)
    return person


def _own_act(office: Office, f: Furnished) -> object:
    """What this desk did last, as its status bar names it."""
    people.edit(office, f.one, {"email": "own@example.org"})
    return own_acts.last_undoable(office)


_LATER = date(2023, 12, 24)
_PASSPORT = codes.DocumentType.PASSPORT


def _version(office: Office, found: Furnished) -> tuple[Any, Any]:
    """A file, and what its telephone number was before."""
    for phone in ("514 555-0101", "514 555-0102"):
        people.edit(office, found.one, {"phone": phone})
    file = people.file(office, found.one)
    return file, versions.versions(office, file, "phone")[1]


PREPARED: Mapping[str, Call] = {
    "agenda.acknowledge": _unseen,
    "agenda.clear": _named,
    "agenda.move": _named,
    "agenda.settle": _named,
    "erasure.erase": _closed,
    "file_bin.restore": lambda office, f: file_bin.delete(office, f.stray, "a reason").person,
    "imports.commit": lambda office, f: imports.open_file(office, f.list_file),
    "own_acts.take_back": _own_act,
    "one_value.save": lambda office, f: people.file(office, f.one),
    "versions.restore": _version,
    "residences.save_all": lambda office, f: residences.drafts_of(people.file(office, f.one)),
}
"""What a person has before them when they act: read well before, by the window or a script."""

STATES = Pivot(ListKind.APPLICATIONS, "state")
_A_FIGURE_FILE = figure_files.FigureFile(
    "figures.toml",
    "ab" * 32,
    "0" * 64,
    figure_files.Signature.NONE,
    None,
    FigureTable(
        "Figures",
        TODAY,
        (
            (own.Entry("fee_processing", "165.00", TODAY, "a list"), own.Reading(TODAY)),
            (own.Entry("cap_permits", "40", TODAY, "a notice", YEAR), own.Reading(TODAY)),
            (own.Entry("entry_MAR", "visa", TODAY, "a page"), own.Reading(TODAY)),
            (own.Entry("holiday", "closed", TODAY, "the office"), own.Reading(TODAY)),
        ),
    ),
)

CASES: Mapping[str, Callable[[Office, Furnished, Any], object]] = {
    "agenda.acknowledge": lambda o, f, named: agenda.acknowledge(o, named),
    "agenda.clear": lambda o, f, named: agenda.clear(o, named),
    "agenda.move": lambda o, f, named: agenda.move(o, named, _LATER, "a reason"),
    "agenda.settle": lambda o, f, named: agenda.settle(o, named),
    "applications.decide": lambda o, f, _: applications.decide(
        o, f.received, codes.Outcome.RETURNED, TODAY
    ),
    "applications.edit": lambda o, f, _: applications.edit(o, f.received, "W300000099"),
    "applications.log_refund": lambda o, f, _: applications.log_refund(o, f.over_cap, TODAY),
    "applications.receive": lambda o, f, _: applications.receive(
        o, applications.Reception(f.new, AT, "W300000098")
    ),
    "attachments.attach": lambda o, f, _: attachments.attach(
        o, f.one, codes.DocumentType.PHOTO, f.scan_file
    ),
    "attachments.detach": lambda o, f, _: attachments.detach(o, f.one, _PASSPORT),
    "rules.set_rules": lambda o, f, _: rules.set_rules(o, rules.CopyRules(monthly=24)),
    "clerks.assign": lambda o, f, _: clerks.assign(o, [f.one, f.new], "Marie"),
    "contacts.delete": lambda o, f, _: contacts.delete(o, f.one, f.contact),
    "contacts.save": lambda o, f, _: contacts.save(
        o, f.one, None, codes.ContactKind.CALLED, "again"
    ),
    "deaths.record": lambda o, f, _: deaths.record(o, f.one, date(2023, 11, 20)),
    "documents.mark": lambda o, f, _: documents.mark(
        o, f.one, _PASSPORT, codes.DocumentState.REVIEWED
    ),
    "documents.set_document": lambda o, f, _: documents.set_document(
        o, f.one, codes.DocumentType.PHOTO, codes.DocumentState.RECEIVED
    ),
    "documents.set_documents": lambda o, f, _: documents.set_documents(
        o, f.one, {(_PASSPORT, None): (codes.DocumentState.REQUIRED, None)}
    ),
    "employments.delete": lambda o, f, _: employments.delete(o, f.one, f.job),
    "employments.save": lambda o, f, _: employments.save(o, f.one, employments.Work("FRA")),
    "family.add_member": lambda o, f, _: family.add_member(o, _member(f)),
    "family.delete_member": lambda o, f, _: family.delete_member(o, f.spare_member),
    "family.edit_member": lambda o, f, _: family.edit_member(o, f.member, _member(f)),
    "family.receive": lambda o, f, _: family.receive(
        o, family.MemberReception(f.member, codes.PermitWish.WORK, AT, "W300000097")
    ),
    "family.set_arrival": lambda o, f, _: family.set_arrival(o, f.member, TODAY),
    "family.set_field": lambda o, f, _: family.set_field(o, f.member, "given_names", "Nora"),
    "fees.delete": lambda o, f, _: fees.delete(o, f.one, f.payment),
    "fees.pay": lambda o, f, _: fees.pay(o, f.one, fees.KNOWN[0], 100, TODAY),
    "flags.settle": lambda o, f, _: flags.settle(
        o, f.flagged, Wanted(codes.FlagCode.DECIDED_BEFORE_RECEIVED), "a reason"
    ),
    "flags.unsettle": lambda o, f, _: flags.unsettle(
        o, f.flagged, Wanted(codes.FlagCode.PERMIT_OVER_TERM)
    ),
    "file_bin.delete": lambda o, f, _: file_bin.delete(o, f.stray, "a reason"),
    "file_bin.restore": lambda o, f, person: file_bin.restore(o, person),
    "folder.add_note": lambda o, f, _: folder.add_note(o, f.one, "a note"),
    "folder.delete_letter": lambda o, f, _: folder.delete_letter(o, f.one, f.letter),
    "versions.restore": lambda o, _, seen: versions.restore(o, *seen),
    "one_value.save": lambda o, _, file: one_value.save(o, file, "phone", "514 555-0100"),
    "folder.change_note": lambda o, f, _: folder.change_note(o, f.one, f.note, text="otherwise"),
    "folder.delete_note": lambda o, f, _: folder.delete_note(o, f.one, f.note),
    "folder.delete_passport": lambda o, f, _: folder.delete_passport(o, f.one, f.passport),
    "folder.delete_residence": lambda o, f, _: folder.delete_residence(o, f.one, f.residence),
    "folder.save_letter": lambda o, f, _: folder.save_letter(
        o, f.one, None, date(2023, 9, 9), None, f.second_letter
    ),
    "folder.save_passport": lambda o, f, _: folder.save_passport(
        o, f.one, f.passport, "XY1", date(2031, 1, 1)
    ),
    "forms.set_wording": lambda o, f, _: forms.set_wording(o, f.received, carries=True),
    "history.undo": lambda o, f, _: history.undo(o),
    "imports.commit": lambda o, f, preview: imports.commit(o, preview),
    "merge_people.merge": lambda o, f, _: merge_people.merge(
        o, f.new, f.twin, {"family_name": "left"}
    ),
    "names_history.change_name": lambda o, f, _: names_history.change_name(
        o, f.one, "Nouveau", "Nom"
    ),
    "names_history.delete_former": lambda o, f, _: names_history.delete_former(o, f.one, f.former),
    "names_history.save_former": lambda o, f, _: names_history.save_former(
        o, f.one, f.former, "Plus", "Ancien"
    ),
    "own_acts.take_back": lambda o, f, own: own_acts.take_back(o, own),
    "many.carry_out": lambda o, f, _: many.carry_out(o, changes.note("called"), [f.one, f.new]).act,
    "overcap.close_item": lambda o, f, _: overcap.close_item(
        o, [f.over_cap], OverCapItem.REFUND, TODAY
    ),
    "files.take": lambda o, f, _: figure_files.take(o, _A_FIGURE_FILE, "0" * 16),
    "own.set_figure": lambda o, f, _: own.set_figure(
        o, own.Entry("fee_processing", "165.00", TODAY, "a list")
    ),
    "own.look_up": lambda o, f, _: own.look_up(o, ["fee_eta"], own.Reading()),
    "own.take_out": lambda o, f, _: own.take_out(o, "fee_biometrics"),
    "parameters.set_switch": lambda o, f, _: parameters.set_switch(
        o, YEAR, "returned", uses_place=True, from_day=TODAY, reason="a reason"
    ),
    "parameters.set_window": lambda o, f, _: parameters.set_window(
        o, "letter_window_days", "60", TODAY, "a reason"
    ),
    "endings.choose": lambda o, f, _: endings.choose(o, f.holder, "leaving"),
    "pr_track.record": lambda o, f, _: pr_track.record(
        o, f.one, codes.PrStage.MEDICAL, date(2023, 11, 20)
    ),
    "people.add": lambda o, f, _: people.add(
        o, person_values(50, letter_date="2023-11-01", letter_received_date="")
    ),
    "people.edit": lambda o, f, _: people.edit(
        o, f.new, {"letter_date": "2023-09-03", "uci": "1234567890"}
    ),
    "people.move": lambda o, f, _: people.move(o, f.new, "CAN-ON", date(2023, 10, 1)),
    "people.set_value": lambda o, f, _: people.set_value(o, "C1000002", "email", "a@b.ca"),
    "periods.close": lambda o, f, _: periods.close(o, YEAR, 3),
    "permits.edit": lambda o, f, _: permits.edit(o, f.permit, number="U300000099"),
    "permits.remove": lambda o, f, _: permits.remove(o, f.permit, "a mistake"),
    "permits.issue": lambda o, f, _: permits.issue(
        o, permits.Issue(f.approved, TODAY, number="U300000098")
    ),
    "portal.observe": lambda o, f, _: portal.observe(
        o,
        f.received,
        TODAY,
        {codes.PortalItem.BIOMETRICS: portal.PortalReading(codes.PortalState.COMPLETED)},
    ),
    "preparing.discard": lambda o, f, _: preparing.discard(o, f.draft),
    "preparing.move": lambda o, f, _: preparing.move(
        o, f.draft, codes.ApplicationState.READY, TODAY
    ),
    "preparing.prepare": lambda o, f, _: preparing.prepare(o, f.new, TODAY),
    "access.write": lambda o, f, _: access.write(o, f.one, f.scan_file.parent / "out"),
    "desk.save": lambda o, f, _: desk_settings.save(o, desk_settings.Desk(officer_name="Luc")),
    "erasure.erase": lambda o, f, closed: erasure.erase(o, closed, "asked", early="asked"),
    "incidents.close": lambda o, f, _: incidents.close(o, f.incident),
    "incidents.reopen": lambda o, f, _: incidents.reopen(o, f.incident),
    "incidents.save": lambda o, f, _: incidents.save(o, f.incident, {"people": "3"}),
    "retention.hold": lambda o, f, _: retention.hold(o, f.new, "a reason"),
    "retention.lift": lambda o, f, _: retention.lift(o, f.one),
    "quota.set_cap": lambda o, f, _: quota.set_cap(o, YEAR, 5, TODAY, "a reason"),
    "quota.set_official": lambda o, f, _: quota.set_official(o, OfficialCount(YEAR, TODAY, 7)),
    "requests.delete": lambda o, f, _: requests.delete(o, f.request),
    "requests.done": lambda o, f, _: requests.done(o, f.request, TODAY),
    "requests.save": lambda o, f, _: requests.save(
        o, requests.RequestDetails(f.received, codes.RequestKind.MEDICAL, TODAY)
    ),
    "residences.save_all": lambda o, f, drafts: residences.save_all(
        o, f.one, [*drafts, residences.Draft("FRA", from_day=date(2023, 10, 1))]
    ),
    "review.resolve": lambda o, f, _: review.resolve(o, f.held_row, review.SAME, f.new),
    "routes.delete": lambda o, f, _: routes.delete(o, f.one, f.route),
    "routes.save": lambda o, f, _: routes.save(
        o, f.one, None, routes.RouteDetails("a75", codes.RouteState.APPROVED)
    ),
    "tags.put": lambda o, f, _: tags.put(o, f.one, ["work"]),
    "tags.take": lambda o, f, _: tags.take(o, f.one, ["school"]),
    "pivots.save": lambda o, _f, _: pivots.save(o, "By state", STATES, shared=True),
    "pivots.keep": lambda o, f, _: pivots.keep(o, f.view, STATES),
    "pivots.rename": lambda o, f, _: pivots.rename(o, f.view, "Other"),
    "pivots.share": lambda o, f, _: pivots.share(o, f.view),
    "pivots.delete": lambda o, f, _: pivots.delete(o, f.view),
    "views.save": lambda o, _f, _: views.save(
        o, ListKind.PEOPLE, "Urgent", Shape(("name",)), shared=True
    ),
    "views.insert": lambda o, _f, _: views.insert(o, "pivot", "Kept", "{}", shared=True),
    "views.change": lambda o, f, _: views.change(o, f.view, {"name": "Changed"}),
    "views.keep": lambda o, f, _: views.keep(o, f.view, Shape(("name",), (("name", True),))),
    "views.rename": lambda o, f, _: views.rename(o, f.view, "Other"),
    "views.share": lambda o, f, _: views.share(o, f.view),
    "views.delete": lambda o, f, _: views.delete(o, f.view),
    "contacts.write": lambda o, f, _: contacts.write(
        o, f.one, "Letter", contacts.Written("Letter", MediaType.PDF, b"%PDF-1.4")
    ),
    "letterhead.save": lambda o, _f, _: letterhead.save(o, letterhead.Letterhead("Office")),
    "library.take": lambda o, _f, _: library.take(
        o, PROGRAMME.read_bytes().replace(b"north_pilot", b"south_pilot")
    ),
    "library.remove": lambda o, _f, _: library.remove(o, "north_pilot"),
    "templates.add": lambda o, _f, _: templates.add(o, "Other", "fr", b"other"),
    "templates.replace": lambda o, _f, _: templates.replace(o, "Own", "fr", b"other"),
    "templates.rename": lambda o, _f, _: templates.rename(o, "Own", "Other"),
    "templates.remove": lambda o, _f, _: templates.remove(o, "Own"),
    "letters.keep": lambda o, f, _: (
        letters.keep(
            o, letters.Made((letters.Letter(f.one, "fr", Filled(b"docx", Sheet(""))),), "Own"), None
        ).act
    ),
    "routes.set_entry": lambda o, f, _: routes.set_entry(o, "MAR", "visa", TODAY, "a page"),
}


def do_the_same(office: Office, name: str, f: Furnished, seen: object) -> None:
    """Another desk does the very same, a moment earlier."""
    CASES[name](office, f, seen)


def change_the_figures(office: Office, _name: str, f: Furnished, _seen: object) -> None:
    """Another desk changes what the programme says, and who holds which place and number."""
    parameters.set_window(office, "letter_window_days", "30", TODAY, "a reason")
    parameters.set_switch(office, YEAR, "returned", True, TODAY, "a reason")
    numbers = {"application_number": "W300000098", "permit_number": "U300000098"}
    people.add(
        office, person_values(60, received_at="2023-10-02", permit_from="2023-10-20", **numbers)
    )
    set_cap(office, 1)


def empty_the_files(office: Office, _name: str, _f: Furnished, _seen: object) -> None:
    """Another desk takes every file out."""
    with office.act("test") as act:
        for entity in ("ledger_entry", *_leaves_first()):
            if entity in COLUMNS and entity not in _KEPT:
                found = act.db.execute_sql(f"SELECT id FROM {entity}").fetchall()
                act.delete_many(
                    entity, list(act.stored_many(entity, [row[0] for row in found]).values())
                )


_KEPT = {"ledger_entry", "cap_limit", "official_count", "parameter", "closed_period", "entry_rule"}


def _leaves_first() -> list[str]:
    """The entities, each after all that hang on it."""
    order: list[str] = []

    def visit(entity: str) -> None:
        for child, _column in CHILDREN.get(entity, ()):
            if child != entity and child not in order:
                visit(child)
        if entity not in order:
            order.append(entity)

    for entity in COLUMNS:
        visit(entity)
    return order


RIVALS = (
    *(do_the_same, change_the_figures),
    # A server lets nobody take an entry of the ledger out and leave its place.
    *(() if is_on_a_server() else (empty_the_files,)),
)
EVERY_DAY = (
    *("agenda.move", "applications.receive", "documents.mark", "family.add_member", "fees.pay"),
    *("file_bin.delete", "history.undo", "imports.commit", "merge_people.merge", "people.edit"),
    *("permits.issue", "quota.set_cap"),
)
"""Of the cases those that every day's run tries: one of each kind."""
EVERY_DAY_WITH_A_RIVAL = (
    *(f"{name}-{do_the_same.__name__}" for name in EVERY_DAY),
    *(f"applications.receive-{rival.__name__}" for rival in RIVALS[1:]),
    *(f"people.edit-{rival.__name__}" for rival in RIVALS[1:]),
)


def told(result: object) -> object:
    """What a call answered, without what differs from run to run."""
    if isinstance(result, imports.Imported):
        return (result.act, result.counts)
    if isinstance(result, erasure.Erasure):
        return replace(result, stays=replace(result.stays, copies=()))
    return result


def outcome(call: Callable[[], object]) -> object:
    """What a call answered, or the refusal."""
    try:
        return told(call())
    except AppError as error:
        return Refused(error.code, tuple(error.parameters.items()))


def written(register: Register) -> list[tuple[Any, ...]]:
    """All that the journal says was written, but for digests, which rest on chance."""
    acts = register.db.execute_sql(
        "SELECT id, at, who, service, source_name, undoes, details FROM act ORDER BY id"
    ).fetchall()
    changes = register.db.execute_sql(
        "SELECT act_id, entity, entity_id, person_id, before, after, together FROM change"
        " ORDER BY id"
    ).fetchall()
    told = [(*act, re.sub(r"[0-9a-f]{64}", "…", details or "")) for *act, details in acts]
    return [*told, *changes]
