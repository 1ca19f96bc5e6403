# SPDX-License-Identifier: Apache-2.0
"""What leaves the register is an act of its journal: said by kind, form and number, never by a
name; and for all else as if nothing had happened."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from new_registers import copy_of
from office_builders import (
    TODAY,
    a_list,
    a_row,
    add_member,
    import_file,
    invite,
    issue,
    merge,
    receive,
    set_cap,
)
from tampering import held

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.quota.reports import Period, ReportKind
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.outward import Out, OutForm, OutKind, OutPaper
from imp_plus_desktop.domain.reads.pivots import Pivot
from imp_plus_desktop.domain.reads.touched import NOTHING
from imp_plus_desktop.domain.values.codes import DocumentType, Outcome
from imp_plus_desktop.domain.values.errors import AppError, Cancelled, StorageError
from imp_plus_desktop.exchange.correspondence.filled import Filled, Sheet
from imp_plus_desktop.services.agenda import agenda, overview, visits
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.archives import year_archive
from imp_plus_desktop.services.copies import keeping
from imp_plus_desktop.services.correspondence import letters
from imp_plus_desktop.services.exports import export_process, exports
from imp_plus_desktop.services.exports.exports import ShownColumn
from imp_plus_desktop.services.history import act_list, history, own_acts
from imp_plus_desktop.services.history.act_list import ActFilter
from imp_plus_desktop.services.listing import pivots
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.news import Watch
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.outward import copying, leaving
from imp_plus_desktop.services.people import attachments, people
from imp_plus_desktop.services.privacy import erasure
from imp_plus_desktop.services.proof import anew, checking, journal_export
from imp_plus_desktop.services.quota import reports
from imp_plus_desktop.storage.archive import archive
from imp_plus_desktop.storage.history import acts
from imp_plus_desktop.storage.history.touched import touched_after
from imp_plus_desktop.storage.journal import journal

SERVICES = Path(__file__).resolve().parents[2] / "imp_plus_desktop" / "services"
PAGE = b"%PDF-1.4\n%%EOF\n"
NAME = "Zimmermann"

pytestmark = pytest.mark.usefixtures("reads_here")


class Heard:
    """Progress that is listened to, or that stops at once."""

    def __init__(self, *, stops: bool = False) -> None:
        self.stops = stops

    def step(self, _done: int, _total: int) -> None:
        if self.stops:
            raise Cancelled


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with two people, one of whom has a member, an application, a permit, a scan."""
    from new_registers import new_office

    folder = tmp_path_factory.mktemp("pattern")
    office = new_office(folder / "register.imp", TODAY)
    set_cap(office, 10)
    person = invite(office, 1, family_name=NAME)
    invite(office, 2)
    add_member(office, person)
    application = receive(office, person).application
    applications.decide(office, application, Outcome.APPROVED, TODAY)
    issue(office, application)
    scan = folder / "scan.pdf"
    scan.write_bytes(PAGE)
    attachments.attach(office, person, DocumentType.PASSPORT, scan)
    office.close()
    return folder / "register.imp"


@pytest.fixture
def desk(pattern: Path, tmp_path: Path) -> Iterator[Office]:
    path = copy_of(pattern, tmp_path / f"{NAME}.imp")
    opened = open_office(path, today=TODAY)
    yield opened
    opened.close()


def person(office: Office) -> int:
    return people.find(office, "#1")


def made_letters(office: Office) -> letters.Made:
    some = (person(office), people.find(office, "#2"))
    made = tuple(letters.Letter(one, "fr", Filled(b"docx", Sheet(""))) for one in some)
    return letters.Made(made, "Own")


def exported(what: str) -> Callable[[Office, Path], object]:
    return lambda office, path: exports.export(office, what, path)


def shown(office: Office, path: Path) -> object:
    columns, rows, whose = [ShownColumn("Name")], [(NAME,)], {person(office)}
    return exports.export_shown(office, "people", "List", path, columns, rows, 1, whose)


def shown_aside(office: Office, path: Path) -> object:
    columns, whose = [ShownColumn("Name")], {1, 2}
    rows, total = [(NAME,)] * export_process.SHORT, export_process.SHORT
    asked = (office, "people", "List", path, columns, rows, total, whose)
    return export_process.export_shown(*asked, Heard())


def listed_aside(office: Office, path: Path) -> object:
    ids = [1] * export_process.SHORT
    return export_process.export(office, "people", path, ids=ids, progress=Heard())


def report(office: Office, path: Path) -> object:
    return exports.export_report(office, path, reports.make(office, last_year()))


def last_year() -> Period:
    return reports.period_of(ReportKind.YEARLY, 2023, None)


def closing(office: Office, path: Path) -> object:
    from imp_plus_desktop.services.quota import periods

    office = open_office(office.register_path, today=TODAY.replace(year=2024))
    try:
        if periods.closed(office, 2023, None) is None:
            periods.close(office, 2023, None)
        kept = periods.closed(office, 2023, None)
        assert kept is not None
        return exports.export_closing(office, path, kept, ())
    finally:
        office.close()


def pivot(office: Office, path: Path) -> object:
    made = pivots.table(office, Pivot(ListKind.APPLICATIONS, "state", "year"))
    return exports.export_pivot(office, path, made)


def one_letter(office: Office, path: Path) -> object:
    return letters.keep(office, made_letters(office), None, path.parent / "out", record=False)


WAYS: dict[str, tuple[Callable[[Office, Path], object], Out]] = {
    **{
        f"exports.export {what}": (
            exported(what),
            Out(OutKind.EXPORT, OutPaper(what), OutForm.WORKBOOK, count, whose),
        )
        for what, count, whose in (
            ("people", 2, ()),
            ("applications", 1, (1,)),
            ("permits", 1, (1,)),
            ("family", 1, (1,)),
            ("quota", 0, ()),
            ("everything", 2, ()),
        )
    },
    "exports.export_shown": (
        shown, Out(OutKind.EXPORT, OutPaper.PEOPLE, OutForm.WORKBOOK, 1, (1,))
    ),
    "export_process.export_shown": (
        shown_aside, Out(OutKind.EXPORT, OutPaper.PEOPLE, OutForm.WORKBOOK, 2)
    ),
    "export_process.export": (
        listed_aside, Out(OutKind.EXPORT, OutPaper.PEOPLE, OutForm.WORKBOOK, export_process.SHORT)
    ),
    "exports.export_report": (report, Out(OutKind.EXPORT, OutPaper.REPORT, OutForm.WORKBOOK)),
    "exports.export_closing": (closing, Out(OutKind.EXPORT, OutPaper.REPORT, OutForm.WORKBOOK)),
    "exports.export_pivot": (
        pivot, Out(OutKind.EXPORT, OutPaper.PIVOT, OutForm.WORKBOOK, 1, (1,))
    ),
    "agenda.save_calendar": (
        agenda.save_calendar, Out(OutKind.EXPORT, OutPaper.DEADLINES, OutForm.CALENDAR, 2)
    ),
    "attachments.extract": (
        lambda o, path: attachments.extract(o, person(o), DocumentType.PASSPORT, path),
        Out(OutKind.EXPORT, OutPaper.SCAN, OutForm.SCAN, 1, (1,)),
    ),
    "journal_export.export": (
        journal_export.export, Out(OutKind.EXPORT, OutPaper.JOURNAL, OutForm.JSON, 2)
    ),
    "year_archive.write": (
        lambda o, path: year_archive.write(o, 2023, path),
        Out(OutKind.EXPORT, OutPaper.YEAR, OutForm.ARCHIVE, 2, year=2023),
    ),
    "anew.rebuild": (anew.rebuild, Out(OutKind.BACKUP, OutPaper.REBUILT, OutForm.COPY, 2)),
    "keeping.make": (
        lambda o, _path: keeping.make(o, keeping.MANUAL),
        Out(OutKind.BACKUP, OutPaper.REGISTER, OutForm.COPY, 2),
    ),
    "keeping.make_in": (
        lambda o, path: keeping.make_in(o, path.parent),
        Out(OutKind.BACKUP, OutPaper.REGISTER, OutForm.COPY, 2),
    ),
    "letters.keep": (one_letter, Out(OutKind.LETTER, OutPaper.LETTER, OutForm.WORD, 2, (1, 2))),
    "letters.note_left": (
        lambda o, _path: letters.note_left(o, made_letters(o), OutForm.MAIL),
        Out(OutKind.LETTER, OutPaper.LETTER, OutForm.MAIL, 2, (1, 2)),
    ),
    "copying.copied": (
        lambda o, _path: copying.copied(o, "people", (1, 2)),
        Out(OutKind.EXPORT, OutPaper.PEOPLE, OutForm.CLIPBOARD, 2),
    ),
    "copying.drafted": (
        lambda o, _path: copying.drafted(o, ("a@b.ca", "c@d.ca")),
        Out(OutKind.EXPORT, OutPaper.ADDRESSES, OutForm.MAIL, 2),
    ),
}  # fmt: skip
"""Every way out, by the service function that goes it, and what the journal says of it."""

NO_FILE = (
    *("keeping.make", "keeping.make_in", "letters.note_left", "copying.copied", "copying.drafted"),
)
"""Ways out that leave no file, or whose file stays where nothing can be recorded."""


def said(office: Office) -> list[dict[str, Any]]:
    """What the journal keeps of what left."""
    rows = office.register.db.execute_sql(
        "SELECT service, details, source_name FROM act WHERE service LIKE 'out.%' ORDER BY id"
    ).fetchall()
    assert not any(source for _service, _details, source in rows)
    return [{"kind": service, **json.loads(details)} for service, details, _source in rows]


def as_kept(out: Out) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "kind": out.kind,
        "out": [out.paper, out.form],
        "counts": {"people": out.people, **({"year": out.year} if out.year else {})},
    }
    return {**kept, "people": list(out.whose)} if out.whose else kept


@pytest.mark.parametrize("way", sorted(WAYS))
def test_whatever_leaves_is_an_act_that_names_nobody(
    desk: Office, tmp_path: Path, way: str
) -> None:
    call, out = WAYS[way]
    call(desk, tmp_path / f"{NAME}.pdf")
    (kept,) = said(desk)
    assert kept == as_kept(out)
    assert NAME not in json.dumps(kept)
    assert checking.check(desk).passed
    (row,) = history.acts(desk, limit=1)
    assert (row.service, row.paper, row.form) == (out.kind, out.paper, out.form)
    assert not row.can_be_undone
    assert row.person_id == (out.whose[0] if len(out.whose) == 1 else None)


OF_SERVERS = {
    *("taking_along.take_along", "of_server.make", "of_server.make_daily"),
    "erasure.erase",  # where the copies of before are to go, a new one stands first
}
"""What leaves a server whole: `tests/storage/test_snapshots.py`, `test_server_copies.py`."""


def test_every_service_function_by_which_something_leaves_has_its_way_here() -> None:
    """Read from the sources: who calls `leaving`, and who calls such a function."""
    found, calls = set[str](), dict[str, set[str]]()
    for source in sorted(SERVICES.rglob("*.py")):
        if source.stem.startswith(("demo", "selftest", "leaving")):
            continue
        tree = ast.parse(source.read_text("utf-8"))
        own = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef):
                continue
            name = f"{source.stem}.{node.name}"
            called = [call.func for call in ast.walk(node) if isinstance(call, ast.Call)]
            told = {f"{f.value.id}.{f.attr}" for f in called
                    if isinstance(f, ast.Attribute) and isinstance(f.value, ast.Name)}  # fmt: skip
            calls[name] = told | {
                f"{source.stem}.{f.id}" for f in called if isinstance(f, ast.Name) and f.id in own
            }
            if any(one.startswith("leaving.") for one in told):
                found.add(name)
    while more := {name for name, others in calls.items() if others & found} - found:
        found |= more
    public = {name for name in found if not name.partition(".")[2].startswith("_")}
    assert public == {way.partition(" ")[0] for way in WAYS} | OF_SERVERS


@pytest.mark.parametrize("way", sorted(WAYS.keys() - {"exports.export_closing"}))
def test_where_it_cannot_be_recorded_nothing_leaves(desk: Office, tmp_path: Path, way: str) -> None:
    call, _out = WAYS[way]
    target = tmp_path / "there.pdf"
    if way != "anew.rebuild":
        target.write_bytes(b"of before")
    before = sorted(tmp_path.iterdir())
    summary.refresh(desk)  # what lags behind would have to be written first
    with held(desk.register):
        if way in NO_FILE and way.startswith("keeping"):
            made = call(desk, target)
            assert isinstance(made, keeping.Made)
            assert (made.path is not None, made.recorded) == (True, False)
        else:
            with pytest.raises(StorageError, match="not_recorded"):
                call(desk, target)
    if way not in NO_FILE:
        assert [p for p in sorted(tmp_path.iterdir()) if p.is_file()] == [
            p for p in before if p.is_file()
        ]
        assert way == "anew.rebuild" or target.read_bytes() == b"of before"
        assert not list((tmp_path / "out").glob("*"))
    assert said(desk) == []


def test_what_is_stopped_or_fails_leaves_no_act(desk: Office, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        exports.export(desk, "people", tmp_path / "list.xlsx", progress=Heard(stops=True))
    with pytest.raises(AppError, match="cannot_write"):
        exports.export(desk, "people", tmp_path / "nowhere" / "list.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(AppError, match="cannot_write"):
        exports.export(desk, "people", tmp_path / "folder.xlsx")
    assert said(desk) == []
    assert not (tmp_path / "list.xlsx").exists()


def test_a_commit_that_fails_takes_the_file_back(
    desk: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_asked: object) -> bytes:
        raise StorageError("full")

    monkeypatch.setattr(journal, "append", full)
    with pytest.raises(StorageError, match="full"):
        exports.export(desk, "people", tmp_path / "list.xlsx")
    assert not (tmp_path / "list.xlsx").exists()
    assert not list(tmp_path.glob(".*.tmp"))


def test_a_register_that_was_never_written_to_keeps_no_act(office: Office, tmp_path: Path) -> None:
    exports.export(office, "people", tmp_path / "list.xlsx")
    assert (tmp_path / "list.xlsx").exists()
    assert office.register.is_empty()


def test_a_logged_letter_is_not_recorded_twice(desk: Office, tmp_path: Path) -> None:
    letters.keep(desk, made_letters(desk), None, tmp_path / "out")
    assert said(desk) == []
    assert history.acts(desk, limit=1)[0].service == "letters.make"


def test_it_is_in_the_way_of_no_undo_and_no_redo(desk: Office, tmp_path: Path) -> None:
    changed = people.edit(desk, person(desk), {"phone": "514-555-0101"}).act
    exports.export(desk, "people", tmp_path / "list.xlsx")
    own = own_acts.last_undoable(desk)
    assert own is not None
    assert own.row.id == changed
    assert history.last_undoable(desk).id == changed  # type: ignore[union-attr]
    own_acts.take_back(desk, own)
    exports.export(desk, "people", tmp_path / "list.xlsx")
    again, last = own_acts.last_undone(desk), history.last_undone(desk)
    assert again is not None
    assert last is not None
    assert again.row.id == changed
    assert last.about is not None
    assert last.about.id == changed
    own_acts.take_back(desk, again)
    assert people.file(desk, person(desk)).person.phone == "514-555-0101"


def test_other_desks_hear_nothing_of_it(desk: Office, tmp_path: Path) -> None:
    other = open_office(desk.register_path, today=TODAY)
    other.settings.user_name = "M. Roy"
    watch, visit = Watch(other), visits.now(other)
    before, _count = journal.hashes(desk.register.db), len(overview.overview(other).recent)
    exports.export(desk, "people", tmp_path / "list.xlsx")
    assert watch.look() is None
    assert visits.since(other, visit).count == 0
    assert touched_after(other.register, len(before), ()) == NOTHING
    assert [act.service for act in overview.overview(other).recent if act.paper] == []
    people.edit(desk, person(desk), {"phone": "514-555-0101"})
    news = watch.look()
    assert news is not None
    assert (news.count, news.acts[0].service) == (1, "people.edit")
    other.close()


def test_it_makes_no_copy_due_and_none_first(desk: Office, tmp_path: Path) -> None:
    exports.export(desk, "people", tmp_path / "first.xlsx")
    assert keeping.state(desk).beside.count == 0  # the day's first copy waits for a change
    keeping.make(desk, keeping.MANUAL)
    assert not keeping.state(desk).is_behind
    exports.export(desk, "people", tmp_path / "list.xlsx")
    assert not keeping.state(desk).is_behind
    for proofs in keeping.folders(desk)[0].glob("*.json"):
        proofs.unlink()  # then only the copy's name tells
    assert not keeping.state(desk).is_behind
    people.edit(desk, person(desk), {"phone": "514-555-0101"})
    exports.export(desk, "people", tmp_path / "list.xlsx")
    assert keeping.state(desk).is_behind


def test_a_list_that_was_read_is_not_read_again_for_it(desk: Office, tmp_path: Path) -> None:
    before = acts.state(desk.register)
    exports.export(desk, "people", tmp_path / "list.xlsx")
    assert acts.state(desk.register) == before
    path = a_list(tmp_path / "brought.xlsx", [a_row(31), a_row(32)])
    done = import_file(desk, path)
    exports.export(desk, "people", tmp_path / "list.xlsx")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    again = archive.answer_of_last_act(desk.register, digest)
    assert again is not None
    assert again.act == done.act


def test_the_history_of_a_person_and_the_journal_find_it(desk: Office, tmp_path: Path) -> None:
    attachments.extract(desk, person(desk), DocumentType.PASSPORT, tmp_path / "a.pdf")
    exports.export(desk, "people", tmp_path / "list.xlsx")
    (paper,) = act_list.papers_of(desk, person(desk))
    assert (paper.paper, paper.person_name) == (OutPaper.SCAN, f"{NAME}, Amine")
    assert act_list.papers_of(desk, people.find(desk, "#2")) == []
    of_scan = act_list.ids(desk, ActFilter(NAME))
    assert paper.id in of_scan
    assert list(act_list.ids(desk, ActFilter(service=OutKind.EXPORT))) == [paper.id + 1, paper.id]
    assert OutKind.EXPORT in act_list.kinds(desk)
    merge(desk, people.find(desk, "#2"), person(desk))
    assert [one.id for one in act_list.papers_of(desk, people.find(desk, "#2"))] == [paper.id]


def test_who_is_erased_leaves_a_number_in_it(desk: Office, tmp_path: Path) -> None:
    gone = people.find(desk, "#2")
    exports.export(desk, "people", tmp_path / "list.xlsx", ids=[gone])
    application = receive(desk, gone).application
    applications.decide(desk, application, Outcome.REFUSED, TODAY)
    erasure.erase(desk, gone, "asked", early="asked")
    assert checking.check(desk).passed
    (kept,) = said(desk)
    assert kept["people"] == [gone]
    (row,) = [one for one in history.acts(desk) if one.service == OutKind.EXPORT]
    assert row.person_name == "—"


def test_it_is_looked_first_whether_printing_can_be_recorded(desk: Office) -> None:
    before = checking.head(desk)
    leaving.ready(desk, OutKind.PRINT)
    assert checking.head(desk) == before
    with held(desk.register), pytest.raises(StorageError, match="not_recorded"):
        leaving.ready(desk, OutKind.PRINT)


def test_what_is_wrong_with_the_register_is_said_as_that(
    desk: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_asked: object) -> None:
        raise StorageError("register_gone")

    monkeypatch.setattr(desk.register, "check_in_place", gone)
    with pytest.raises(StorageError, match="register_gone"):
        exports.export(desk, "people", tmp_path / "list.xlsx")
    assert not (tmp_path / "list.xlsx").exists()


def test_a_file_must_say_what_it_is(desk: Office, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="list"), leaving.file(desk, tmp_path / "list"):
        pass
    assert not (tmp_path / "list").exists()


def test_one_copied_row_is_no_list(desk: Office) -> None:
    copying.copied(desk, "people", (1,))
    copying.drafted(desk, ("a@b.ca",))
    assert said(desk) == []
