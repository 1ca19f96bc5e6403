# SPDX-License-Identifier: Apache-2.0
"""The program of who only reads a register on a server: what is hidden is told as hidden, what
needs it is refused in one sentence, and lists that nobody has brought to today say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import servers
from hidden_values import BORN, CHILD_BORN, PASSPORT, PLANTED, UCI, planted_desks
from office_builders import TODAY, a_list, invite, person_values
from server_desks import Desks

from imp_plus_desktop.domain.reads.filters import ActFilter, MemberFilter, PeopleFilter
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.shapes import ColumnFilter
from imp_plus_desktop.domain.rules.findings import RuleOutcome
from imp_plus_desktop.domain.values.codes import DocumentType
from imp_plus_desktop.domain.values.errors import InvalidInput, NotAllowed
from imp_plus_desktop.domain.values.unseen.hidden import HIDDEN, HIDDEN_DAY
from imp_plus_desktop.i18n import format_day
from imp_plus_desktop.services.agenda import deadlines, overview
from imp_plus_desktop.services.duplicates import likely, merge_people, twins
from imp_plus_desktop.services.family import family, family_board
from imp_plus_desktop.services.history import act_list, file_bin, history
from imp_plus_desktop.services.imports import imports, origins, review
from imp_plus_desktop.services.listing import views
from imp_plus_desktop.services.office import maintenance, summary
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.page import drafts, past_day
from imp_plus_desktop.services.people import attachments, identity, people
from imp_plus_desktop.services.proof import anew, checking, journal_export
from imp_plus_desktop.services.search import finding
from imp_plus_desktop.words.care.place_texts import behind_text

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    with planted_desks("hidden_from", tmp_path_factory.mktemp("hidden_from")) as made:
        yield made


@pytest.fixture
def rob(planted: Desks) -> Iterator[Office]:
    yield planted.office("rob")
    planted.close()


def on(office: Office, day: date) -> Office:
    return replace(office, clock=Clock(day))


def told(value: object) -> str:
    """All that a value holds, as one text."""
    return repr(value)


def none_of_them_in(value: object) -> None:
    text = told(value)
    assert not [one for one in PLANTED if one in text], text


def test_a_file_holds_the_sign_in_place_of_a_value_and_nothing_in_place_of_none(
    planted: Desks, rob: Office
) -> None:
    file, whole = people.file(rob, 1), people.file(planted.office("ana"), 1)
    assert (file.person.uci, file.person.birth_date) == (HIDDEN, HIDDEN_DAY)
    assert [one.number for one in file.passports] == [HIDDEN] * len(whole.passports)
    child = file.members[0]
    assert (child.birth_date, child.uci, child.passport_number) == (HIDDEN_DAY, HIDDEN, HIDDEN)
    assert file.person.birth_known is whole.person.birth_known is None
    assert (
        people.file(rob, 2).person.uci is people.file(planted.office("ana"), 2).person.uci is None
    )
    partly = people.file(rob, 5).person
    assert (partly.birth_date, partly.birth_known) == (None, HIDDEN)
    # All else is the same for both.
    assert replace(file.person, uci=UCI, birth_date=date.fromisoformat(BORN)) == whole.person
    none_of_them_in(file)


def test_no_page_tells_any_of_them(planted: Desks, rob: Office) -> None:
    everybody = list(people.ids(rob, PeopleFilter(), "name", False))
    assert len(everybody) == len(people.ids(planted.office("ana"), PeopleFilter(), "name", False))
    file = people.file(rob, 1)
    members = list(family.ids(rob, MemberFilter(), "birth", False))
    pages: list[object] = [
        people.rows(rob, everybody),
        people.text_of(rob, 1),
        family.rows(rob, members),
        family_board.lines(family_board.board(rob, file)),
        deadlines.agenda(rob),
        overview.overview(rob),
        history.changes(rob, 1),
        act_list.rows(rob, list(act_list.ids(rob, ActFilter()))),
        file_bin.files(rob),
        [file_bin.person_of(one) for one in file_bin.files(rob)],
        review.rows(rob),
        [review.changes(rob, row, 1) for row in review.rows(rob)],
        views.views(rob, ListKind.PEOPLE),
        past_day.as_of(rob, 1, TODAY).past,
        past_day.row(rob, 1),
        people.timeline(rob, 1),
        [family.findings(rob, file, member) for member in file.members],
        identity.findings(rob, 1),
        finding.latest(rob, 20),
    ]
    for page in pages:
        assert page
        none_of_them_in(page)


def test_a_change_is_told_without_its_values(planted: Desks, rob: Office) -> None:
    mine = {(one.field, one.before, one.after) for one in history.changes(rob, 1)}
    assert ("uci", HIDDEN, HIDDEN) in mine
    assert ("birth_date", HIDDEN, HIDDEN) in mine
    assert len(mine) <= len(history.changes(planted.office("ana"), 1))


@pytest.mark.parametrize(
    "text", [*PLANTED, "1931", "9 mars 1931", "2006-02", UCI[:7], PASSPORT[:6]]
)
def test_nobody_is_found_by_what_is_hidden(planted: Desks, rob: Office, text: str) -> None:
    assert finding.find(rob, text).hits == ()
    assert list(people.ids(rob, PeopleFilter(text=text), "name", False)) == []
    with pytest.raises(InvalidInput, match="person_not_found"):
        people.find(rob, text)


def test_who_sees_all_finds_them_by_it_and_both_by_the_rest(planted: Desks, rob: Office) -> None:
    ana = planted.office("ana")
    for text in (UCI, PASSPORT, "1931", "2006-02-17"):
        assert finding.find(ana, text).people == {1}
    for office in (ana, rob):
        for text in ("Benalibb", "C1000001", "benalib"):
            assert 1 in finding.find(office, text).people


def test_no_order_or_filter_of_a_list_tells_a_birth_date(planted: Desks, rob: Office) -> None:
    births = ("person.birth_date", "member.birth_date")
    everybody = list(people.ids(rob, PeopleFilter(), "id", False))
    for bound in ({"low": "1930-01-01", "high": "1931-12-31"}, {"values": (BORN, CHILD_BORN)}):
        narrowed = PeopleFilter(columns=(ColumnFilter(births[0], **bound),))  # type: ignore[arg-type]
        assert not list(people.ids(rob, narrowed, "id", False))
    sorted_by = [list(people.ids(rob, PeopleFilter(), births[0], down)) for down in (False, True)]
    known = {1, 2, 3}
    for found in sorted_by:
        assert [one for one in found if one in known] == sorted(known)
        assert sorted(found) == sorted(everybody)


def test_verdicts_are_those_of_who_sees_all(planted: Desks, rob: Office) -> None:
    ana = planted.office("ana")
    for person in people.ids(ana, PeopleFilter(), "id", False):
        assert people.verdict(rob, person) == people.verdict(ana, person)
        mine, theirs = past_day.row(rob, person), past_day.row(ana, person)
        assert (mine.status, mine.verdict) == (theirs.status, theirs.verdict)
    file = people.file(rob, 1)
    said = {one.rule: one for one in family.findings(rob, file, file.members[0])}
    assert said["FAM-03"].reason == "birth_date_hidden"
    assert said["FAM-03"].outcome is RuleOutcome.UNKNOWN


REFUSED: dict[str, Callable[[Office, Path], Any]] = {
    "a check": lambda office, path: checking.check(office),
    "the journal": lambda office, path: journal_export.write(office, path / "journal.jsonl"),
    "a register anew": lambda office, path: anew.rebuild(office, path / "anew.imp"),
    "a past day": lambda office, path: anew.as_of(office, TODAY).__enter__(),
    "a copy": lambda office, path: maintenance.save_copy(office, path),
    "a list": lambda office, path: imports.open_file(
        office, a_list(path / "one.xlsx", [person_values(9)])
    ),
    "an archived list": lambda office, path: imports.reopen(office, imports.history(office)[0].id),
    "where values come from": lambda office, path: origins.of_file(office, 1),
    "a scan": lambda office, path: attachments.scan(office, 1, DocumentType.PASSPORT),
    "likely duplicates": lambda office, path: merge_people.likely_duplicates(office),
    "two files": lambda office, path: merge_people.compare(office, 1, 2),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_needs_hidden_values_is_refused_in_one_sentence(
    planted: Desks, rob: Office, what: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(NotAllowed) as refused:
        REFUSED[what](rob, out)
    assert refused.value.code == "hidden_from_readers"
    assert [one.name for one in out.iterdir()] in ([], ["one.xlsx"])


def test_whoever_can_add_nobody_is_told_of_nobody_alike(rob: Office) -> None:
    assert twins.find(rob, person_values(1)) == ()
    assert not likely.people_like(rob, person_values(1))


def test_a_reader_keeps_nothing_and_is_told_so_by_nobody(rob: Office) -> None:
    assert not drafts.keep(rob, 1, "note", "something")
    assert drafts.kept(rob, 1, "note") == ""
    assert summary.refresh(rob) == summary.stale_count(rob) == 0


def test_lists_of_a_reader_are_of_the_day_to_which_a_clerk_brought_them(planted: Desks) -> None:
    ana, rob = planted.office("ana"), planted.office("rob")
    summary.refresh(ana)
    assert summary.behind(rob) is None
    assert summary.behind(ana) is None  # who may write brings them to today
    tomorrow = TODAY + timedelta(days=1)
    late = summary.behind(on(rob, tomorrow))
    assert late == summary.Behind(TODAY, 0)
    assert format_day(TODAY) in behind_text(late.day, late.missing)
    # An act drops a line, which only a clerk's desk makes anew; the file itself is of now.
    person = invite(ana, 12)
    assert summary.behind(rob) == summary.Behind(None, 1)
    assert person not in people.ids(rob, PeopleFilter(), "id", False)
    assert past_day.row(rob, person).status is past_day.row(ana, person).status
    assert summary.behind(rob) is None  # the clerk has looked
    assert person in people.ids(rob, PeopleFilter(), "id", False)
    # On a new day a desk that finds every line as it should be says so too.
    assert summary.refresh(on(ana, tomorrow)) >= 0
    assert summary.behind(on(rob, tomorrow)) is None
    planted.close()
