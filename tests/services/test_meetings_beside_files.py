# SPDX-License-Identifier: Apache-2.0
"""Two desks that change the same beside the files: marks on deadlines, the way chosen for a permit
that ends, views and cross tables, templates, files of programmes, rows to check."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import office_builders as build
import pytest
import second_desk

from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.meetings import Overtaken, TakenOut, together
from imp_plus_desktop.domain.reads.pivots import Pivot
from imp_plus_desktop.domain.reads.shapes import ColumnFilter, Shape
from imp_plus_desktop.domain.records.office import DeadlineMark
from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType
from imp_plus_desktop.services.agenda import agenda
from imp_plus_desktop.services.agenda.agenda import Named
from imp_plus_desktop.services.correspondence import templates
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.listing import pivots, views
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import attachments, documents, people
from imp_plus_desktop.services.permits import endings
from imp_plus_desktop.services.programmes import library
from imp_plus_desktop.words.servers.whole_texts import whole_text

UI = Path(__file__).resolve().parents[2] / "imp_plus_desktop" / "ui"
SOON = build.TODAY + timedelta(days=10)
LATER = build.TODAY + timedelta(days=20)
PEOPLE = ListKind.PEOPLE
OURS = Shape(("name",), (("name", False),))
THEIRS = Shape(("name", "person.phone"), (), (ColumnFilter("person.phone", filled=True),))


def overtaken(call: Callable[[], object]) -> Overtaken:
    with pytest.raises(Overtaken) as caught:
        call()
    return caught.value


def fields(error: Overtaken) -> set[str]:
    assert len({together(one) for one in error.meetings}) == 1, "they are chosen together"
    return {one.field for one in error.meetings}


class TestMarksOnDeadlines:
    """What two desks say of one deadline."""

    @pytest.fixture
    def deadline(self, office: Office) -> Named:
        person = build.invite(office)
        item = agenda.items(office, person)[0].deadline
        return Named(person, item.kind.value, item.day, item.subject_id)

    @staticmethod
    def mark(office: Office, deadline: Named) -> DeadlineMark | None:
        found = people.file(office, deadline.person_id).marks
        return found[-1] if found else None

    def test_done_here_and_put_off_there_is_asked_about_and_chosen_as_one(
        self, office: Office, other: Office, deadline: Named
    ) -> None:
        agenda.acknowledge(office, deadline)
        form = office.as_shown()
        agenda.move(other, deadline, SOON, "they called")
        error = overtaken(lambda: agenda.settle(form, deadline))
        assert fields(error) == {"settled_on", "new_day", "reason"}
        assert {one.who for one in error.meetings} == {other.user}
        kept = self.mark(office, deadline)
        assert kept is not None
        assert (kept.new_day, kept.settled_on) == (SOON, None)
        error.settle(error.meetings)
        agenda.settle(form, deadline)
        kept = self.mark(office, deadline)
        assert kept is not None
        assert (kept.new_day, kept.reason, kept.settled_on) == (None, None, build.TODAY)

    def test_theirs_stays_whole_where_it_is_chosen(
        self, office: Office, other: Office, deadline: Named
    ) -> None:
        form = office.as_shown()
        agenda.settle(other, deadline)
        error = overtaken(lambda: agenda.move(form, deadline, SOON, "waiting"))
        assert fields(error) == {"settled_on", "new_day", "reason"}
        error.settle()
        assert agenda.move(form, deadline, SOON, "waiting") is None
        kept = self.mark(office, deadline)
        assert kept is not None
        assert (kept.new_day, kept.settled_on) == (None, build.TODAY)

    def test_two_days_and_their_reasons_meet_as_one(
        self, office: Office, other: Office, deadline: Named
    ) -> None:
        form = office.as_shown()
        agenda.move(other, deadline, SOON, "they called")
        error = overtaken(lambda: agenda.move(form, deadline, LATER, "waiting"))
        assert fields(error) == {"new_day", "reason"}
        error.settle([next(one for one in error.meetings if one.field == "new_day")])
        agenda.move(form, deadline, LATER, "waiting")
        kept = self.mark(office, deadline)
        assert kept is not None
        assert (kept.new_day, kept.reason) == (LATER, "waiting")

    def test_marks_are_not_taken_back_with_what_another_desk_has_added(
        self, office: Office, other: Office, deadline: Named
    ) -> None:
        agenda.acknowledge(office, deadline)
        form = office.as_shown()
        agenda.move(other, deadline, SOON, "they called")
        error = overtaken(lambda: agenda.clear(form, deadline))
        assert all(one.removes for one in error.meetings)
        error.settle()
        assert agenda.clear(form, deadline) is None
        kept = self.mark(office, deadline)
        assert kept is not None
        assert kept.new_day == SOON

    def test_what_another_desk_has_taken_back_is_not_put_off_again_unasked(
        self, office: Office, other: Office, deadline: Named
    ) -> None:
        agenda.move(office, deadline, SOON, "they called")
        form = office.as_shown()
        form.made.clear()
        agenda.clear(other, deadline)
        error = overtaken(lambda: agenda.move(form, deadline, LATER, "waiting"))
        told = {one.field: (one.before, one.theirs, one.mine) for one in error.meetings}
        assert told["new_day"] == (SOON.isoformat(), None, LATER.isoformat())
        error.settle()
        assert agenda.move(form, deadline, LATER, "waiting") is None
        assert self.mark(office, deadline) is None

    def test_seen_at_one_desk_goes_with_what_another_says(
        self, office: Office, other: Office, deadline: Named
    ) -> None:
        form = office.as_shown()
        agenda.move(other, deadline, SOON, "they called")
        agenda.acknowledge(form, deadline)
        kept = self.mark(office, deadline)
        assert kept is not None
        assert (kept.new_day, kept.acknowledged_on) == (SOON, build.TODAY)

    def test_what_is_done_at_this_desk_alone_asks_nothing(
        self, office: Office, deadline: Named
    ) -> None:
        form = office.as_shown()
        agenda.move(form, deadline, SOON, "they called")
        agenda.settle(form, deadline)
        agenda.move(form, deadline, LATER, "waiting")
        kept = self.mark(office, deadline)
        assert kept is not None
        assert (kept.new_day, kept.settled_on) == (LATER, build.TODAY)


def test_the_way_on_that_two_desks_choose_is_asked_about(office: Office, other: Office) -> None:
    application = build.an_approved(office, 1)
    build.issue(office, application)
    person = people.file(office, endings.endings(office, 40 * 12)[0].permit.person).person.id
    keys = [one.way.key for one in endings.ways(office, person).ways][:2]
    board = office.as_shown()
    endings.choose(other, person, keys[0])
    error = overtaken(lambda: endings.choose(board, person, keys[1]))
    (met,) = error.meetings
    assert (met.field, met.before, met.theirs, met.mine) == ("next_way", None, *keys)
    error.settle()
    done = endings.choose(board, person, keys[1])
    assert (done.act, done.way) == (None, keys[0])
    assert endings.ways(office, person).chosen == keys[0]


class TestViews:
    """What is kept by name, for the office or for oneself."""

    def test_a_view_changed_at_two_desks_is_asked_about(
        self, office: Office, other: Office
    ) -> None:
        _act, view = views.save(office, PEOPLE, "Urgent", Shape(), shared=True)
        lists = office.as_shown()
        views.keep(other, view, THEIRS)
        error = overtaken(lambda: views.keep(lists, view, OURS))
        (met,) = error.meetings
        assert met.who == other.user
        error.settle()
        assert views.keep(lists, view, OURS) is None
        assert views.views(office, PEOPLE)[0].shape == THEIRS
        again = overtaken(lambda: views.keep(lists, view, OURS))
        again.settle(again.meetings)
        views.keep(lists, view, OURS)
        assert views.views(office, PEOPLE)[0].shape == OURS

    def test_two_that_are_kept_under_one_name_are_one_of_the_two(
        self, office: Office, other: Office
    ) -> None:
        lists = office.as_shown()
        _act, theirs = views.save(other, PEOPLE, "Urgent", THEIRS, shared=True)
        error = overtaken(lambda: views.save(lists, PEOPLE, " urgent", OURS, shared=True))
        error.settle()
        assert views.save(lists, PEOPLE, " urgent", OURS, shared=True) == (None, theirs)
        again = overtaken(lambda: views.save(lists, PEOPLE, " urgent", OURS, shared=True))
        again.settle(again.meetings)
        act, kept = views.save(lists, PEOPLE, " urgent", OURS, shared=True)
        assert kept == theirs
        assert [(one.name, one.shape) for one in views.views(office, PEOPLE)] == [("Urgent", OURS)]
        history.undo(office, act)
        assert views.views(office, PEOPLE)[0].shape == THEIRS

    def test_the_same_view_under_one_name_is_kept_once(self, office: Office, other: Office) -> None:
        lists = office.as_shown()
        _act, theirs = views.save(other, PEOPLE, "Urgent", OURS, shared=True)
        assert views.save(lists, PEOPLE, "Urgent", OURS, shared=True) == (None, theirs)

    def test_one_of_one_s_own_and_one_of_the_office_stand_beside_each_other(
        self, office: Office, other: Office
    ) -> None:
        lists = office.as_shown()
        views.save(other, PEOPLE, "Urgent", THEIRS, shared=True)
        views.save(lists, PEOPLE, "Urgent", OURS)
        views.save(lists, ListKind.PERMITS, "Urgent", Shape(), shared=True)
        assert [one.shape for one in views.views(office, PEOPLE)] == [THEIRS, OURS]

    def test_a_view_that_was_changed_meanwhile_is_not_deleted_unasked(
        self, office: Office, other: Office
    ) -> None:
        _act, view = views.save(office, PEOPLE, "Urgent", Shape(), shared=True)
        lists = office.as_shown()
        views.keep(other, view, THEIRS)
        error = overtaken(lambda: views.delete(lists, view))
        error.settle()
        assert views.delete(lists, view) is None
        assert views.views(office, PEOPLE)

    def test_who_has_deleted_a_view_is_said(self, office: Office, other: Office) -> None:
        _act, view = views.save(office, PEOPLE, "Urgent", Shape(), shared=True)
        lists = office.as_shown()
        views.delete(other, view)
        for call in (
            lambda: views.keep(lists, view, OURS),
            lambda: views.rename(lists, view, "Else"),
            lambda: views.delete(lists, view),
        ):
            with pytest.raises(TakenOut) as caught:
                call()
            assert caught.value.by.who == other.user

    def test_cross_tables_too(self, office: Office, other: Office) -> None:
        states, months = (
            Pivot(ListKind.APPLICATIONS, "state", "year"),
            Pivot(ListKind.APPLICATIONS, "year", "month"),
        )
        countries = Pivot(PEOPLE, "country", "year")
        _act, report = pivots.save(office, "Mine", states, shared=True)
        shown = office.as_shown()
        pivots.keep(other, report, months)
        overtaken(lambda: pivots.keep(shown, report, countries))
        pivots.save(other, "New", months, shared=True)
        overtaken(lambda: pivots.save(shown, "New", countries, shared=True))
        assert [one.pivot for one in pivots.saved(office)] == [months, months]


def test_a_template_that_was_taken_back_elsewhere_is_not_replaced_unasked(
    office: Office, other: Office
) -> None:
    templates.add(office, "Own", "fr", b"first")
    written_out = office.as_shown()
    templates.replace(other, "Own", "fr", b"theirs")
    error = overtaken(lambda: templates.replace(written_out, "Own", "fr", b"ours"))
    (met,) = error.meetings
    said = {whole_text(met.field, one, met.entity) for one in (met.before, met.theirs, met.mine)}
    assert len(said) == 3, "the three can be told apart"
    error.settle()
    assert templates.replace(written_out, "Own", "fr", b"ours") is None
    assert templates.content(office, "Own", "fr") == b"theirs"
    removing = overtaken(lambda: templates.remove(written_out, "Own", "fr"))
    assert removing.meetings[0].removes


def test_a_scan_that_another_desk_has_kept_meanwhile_stays_where_it_is_chosen(
    office: Office, other: Office, tmp_path: Path
) -> None:
    person = build.invite(office)
    ours, theirs = tmp_path / "ours.pdf", tmp_path / "theirs.pdf"
    ours.write_bytes(b"%PDF-1.4\n% ours\n%%EOF\n")
    theirs.write_bytes(b"%PDF-1.4\n% theirs\n%%EOF\n")
    documents.set_document(office, person, DocumentType.PASSPORT, DocumentState.RECEIVED)
    page = office.as_shown(person)
    attachments.attach(other, person, DocumentType.PASSPORT, theirs)
    error = overtaken(lambda: attachments.attach(page, person, DocumentType.PASSPORT, ours))
    assert fields(error) == {"attachment", "attachment_name"}
    error.settle()
    assert attachments.attach(page, person, DocumentType.PASSPORT, ours).act is None
    assert attachments.scan(office, person, DocumentType.PASSPORT).content == theirs.read_bytes()
    kept = office.register.db.execute_sql("SELECT COUNT(*) FROM attachment").fetchone()
    assert kept[0] == 1, "nothing comes in of which no act tells"


def test_a_programme_s_file_that_was_taken_elsewhere_is_not_replaced_unasked(
    office: Office, other: Office
) -> None:
    content = second_desk.PROGRAMME.read_bytes()
    theirs, ours = content + b"\n# theirs\n", content + b"\n# ours\n"
    board = office.as_shown()
    library.take(other, theirs)
    error = overtaken(lambda: library.take(board, ours))
    error.settle()
    assert library.take(board, ours) is None
    assert library.look(office, theirs).is_same


def test_what_is_kept_as_a_whole_is_told_in_words() -> None:
    told = whole_text("shape", '{"columns": ["name"], "order": [["name", false]]}', "list_view")
    assert told == "Name · sorted by Name ▲"
    asked = '{"filters": [{"column": "person.phone", "filled": true}], "named": {"clerk": "A"}}'
    assert whole_text("shape", asked, "list_view").endswith(
        "Phone: filled in · 1 filter of the list"
    )
    pivot = '{"columns": "year", "list": "applications", "rows": "state"}'
    assert "{" not in whole_text("shape", pivot, "list_view")
    assert whole_text("owner", None, "list_view") == "the whole office"


_AS_IT_IS_NOW = {
    "imports.commit": "asks by itself: the plan that was shown is proven to be the one of now",
    "file_bin.restore": "brings a whole file back, which nobody can have changed in the bin",
    "periods.close": "keeps what the figures are under its own lock",
    "access.write": "hands over what there is then",
    "erasure.erase": "destroys all of it, and refuses where a hold was put on it",
}
"""What a window does without resting on what it has shown."""


def _writes_of_windows() -> Iterator[tuple[str, str]]:
    """Each call of a service with an act in the window whose office is the open register as it is,
    and not what a form, a page or a list rests on. Read from the sources."""
    writing = second_desk.functions_with_an_act()
    for source in sorted(UI.rglob("*.py")):
        tree = ast.parse(source.read_text("utf-8"))
        known = {
            alias.asname or alias.name: alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith("imp_plus_desktop.services")
            for alias in node.names
        }
        for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
            plain = {
                target.id
                for node in ast.walk(function)
                if isinstance(node, ast.Assign) and ast.unparse(node.value).endswith("shell.office")
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            for call in (n for n in ast.walk(function) if isinstance(n, ast.Call)):
                for place, given in enumerate((call.func, *call.args)):
                    if not (isinstance(given, ast.Attribute) and isinstance(given.value, ast.Name)):
                        continue
                    name = f"{known.get(given.value.id)}.{given.attr}"
                    office = ast.unparse(call.args[place]) if place < len(call.args) else ""
                    if name in writing and (office in plain or office.endswith("shell.office")):
                        yield name, f"{source.relative_to(UI)}:{call.lineno}"


def test_what_a_window_writes_rests_on_what_it_has_shown() -> None:
    found = [one for one in _writes_of_windows() if one[0] not in _AS_IT_IS_NOW]
    assert not found, "these write over what another desk has done since: `AsRead`, `as_shown`"
