# SPDX-License-Identifier: Apache-2.0
"""Programmes of an office's own: taken, replaced, undone; lists that are theirs; who stands where.

The third programme is `tests/files/programmes/north_pilot.toml`, written after docs/programmes.md
alone: what holds for it here, holds by data.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import office_builders as build
import pytest

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.programmes.standing import Fit
from imp_plus_desktop.domain.values.codes import RouteState
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.services.applications import routes
from imp_plus_desktop.services.applications.routes import RouteDetails
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.programmes import board, library
from imp_plus_desktop.services.programmes.reading import MOST_BYTES, ProgrammeMistakes
from imp_plus_desktop.services.proof import checking

FILES = Path(__file__).resolve().parent.parent / "files" / "programmes"
THIRD = (FILES / "north_pilot.toml").read_bytes()
LIST = FILES / "liste-pilote.csv"
TODAY = date(2026, 11, 30)


@pytest.fixture
def pilot(office: Office) -> Office:
    """An office of November 2026 that has taken the third programme."""
    there = replace(office, clock=Clock(TODAY))
    library.take(there, THIRD)
    return there


def keys(office: Office) -> list[str]:
    return [one.key for one in library.programmes(office)]


def test_a_programme_is_taken_replaced_and_undone(pilot: Office) -> None:
    assert keys(pilot) == ["imp_plus", "pstq_policy", "north_pilot"]
    assert library.take(pilot, THIRD) is None, "it is there already"
    later = THIRD.replace(b'version = "2026-11"', b'version = "2027-02"')
    looked = library.look(pilot, later)
    assert looked.replaces is not None
    assert (looked.replaces.version, looked.is_same) == ("2026-11", False)
    library.take(pilot, later)
    assert library.find(pilot, "north pilot").version == "2027-02"
    history.undo(pilot)
    assert library.find(pilot, "north_pilot").version == "2026-11"
    history.undo(pilot)
    assert keys(pilot) == ["imp_plus", "pstq_policy"]


def test_lines_that_end_as_windows_ends_them_and_a_mark_before_them_are_the_same_file(
    pilot: Office,
) -> None:
    windows = b"\xef\xbb\xbf" + THIRD.replace(b"\n", b"\r\n")
    assert library.look(pilot, windows).is_same


def test_a_shipped_programme_has_the_office_s_file_in_its_place_and_comes_back(
    pilot: Office, tmp_path: Path
) -> None:
    written = library.write_out(pilot, "pstq_policy", tmp_path / "policy")
    longer = written.read_bytes().replace(
        b"until = 2026-12-31\n\n[name]", b"until = 2027-12-31\n\n[name]"
    )
    library.take(pilot, longer)
    assert library.find(pilot, "pstq_policy").until_day == date(2027, 12, 31)
    assert keys(pilot) == ["imp_plus", "pstq_policy", "north_pilot"]
    assert library.write_out(pilot, "pstq_policy", tmp_path / "again").read_bytes() == longer
    library.remove(pilot, "pstq_policy")
    assert library.find(pilot, "pstq_policy").until_day == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"key = ", {"value_missing"}),
        (b"[[[[", {"bracket_open"}),
        (b"\xff\xfe\x00", {"not_text"}),
        (b" " * (MOST_BYTES + 1), {"too_large"}),
        (THIRD.replace(b'"north_pilot"', b'"imp_plus"'), {"key_is_main"}),
        (THIRD.replace(b'"north_pilot"', b'"a75"'), {"key_is_route"}),
        (THIRD.replace(b"[list.headers]", b'[list.headers]\nemail = ["Nom"]'), {"header_taken"}),
        (THIRD.replace(b"marks = [", b'marks = ["Nom", '), {"mark_taken"}),
        (b"", {"missing_top", "table_missing", "no_conditions"}),
        (THIRD + b"a." * 50_000 + b"b = 1", {"not_toml"}),
        (b"x = " + b'"\\' * 90_000, {"quote_open"}),
    ],
    ids=[
        *("half", "brackets", "bytes", "large", "main", "route", "header", "mark", "empty"),
        *("deep", "escapes"),
    ],
)
def test_a_file_that_is_no_programme_changes_nothing(
    pilot: Office, content: bytes, codes: set[str]
) -> None:
    with pytest.raises(ProgrammeMistakes) as caught:
        library.take(pilot, content)
    assert {one.code for one in caught.value.wrong} == codes
    assert keys(pilot) == ["imp_plus", "pstq_policy", "north_pilot"]


def refused(pilot: Office, key: str) -> str:
    with pytest.raises(AppError) as caught:
        library.remove(pilot, key)
    return caught.value.code


def test_what_is_entered_or_shipped_is_not_removed(pilot: Office) -> None:
    person = build.invite(pilot)
    routes.save(pilot, person, None, RouteDetails("north_pilot", RouteState.CONSIDERED))
    assert refused(pilot, "north_pilot") == "programme_in_use"
    assert refused(pilot, "pstq_policy") == "programme_shipped"
    assert refused(pilot, "nowhere") == "unknown_programme"


def test_a_file_that_this_program_cannot_read_any_more_is_told_and_stops_nothing(
    pilot: Office,
) -> None:
    with pilot.act("test") as act:
        act.insert("programme_file", {"key": "old_one", "text": "key = 'old_one'"})
    assert library.unread(pilot) == ("old_one",)
    assert keys(pilot) == ["imp_plus", "pstq_policy", "north_pilot"]
    library.remove(pilot, "old_one")
    assert library.unread(pilot) == ()


def test_the_third_programme_works_by_data_alone(pilot: Office) -> None:
    build.import_file(pilot, LIST)
    found = board.board(pilot, "north_pilot")
    told = {row.name: row.stand for row in found.rows}
    assert [row.name for row in found.rows] == ["Sow, Fatou", "Alaoui, Karim", "Lambert, Élodie"]
    assert told["Sow, Fatou"].fit is Fit.OPEN, "no status is known"
    assert told["Alaoui, Karim"].fit is Fit.NOT, "too old"
    sow = told["Sow, Fatou"]
    assert (sow.state, sow.recorded.invited_on, sow.by) == (
        RouteState.CONSIDERED, date(2026, 10, 20), date(2026, 12, 19),
    )  # fmt: skip
    lambert = told["Lambert, Élodie"]
    assert (lambert.state, lambert.recorded.filed_on) == (RouteState.FILED, date(2026, 11, 13))
    assert (found.cap, found.used, found.use and found.use.left) == (2, 1, 1)
    person = people.find(pilot, "P3000001")
    people.set_value(pilot, "P3000001", "canada_status", "worker")
    assert board.board(pilot, "north_pilot").rows[0].stand.fit is Fit.QUALIFIES
    filed = RouteDetails("north_pilot", RouteState.FILED, TODAY, invited_on=date(2026, 10, 20))
    routes.save(pilot, person, sow.recorded.entry, filed)
    assert board.places(pilot, found.programme)[1:] == (2, 2)
    assert board.cost(pilot, found.programme, "person") == 15500 + 7500
    assert board.cost(pilot, found.programme, "employer") == 23000
    later = replace(pilot, clock=Clock(date(2027, 1, 2)))
    assert board.cost(later, found.programme, "person") == 15500 + 8050
    assert board.places(later, found.programme)[1:] == (250, 0)
    assert build.places(pilot.register) == (0, 0, 0), "IMP+ has lost no place"
    assert checking.check(pilot).passed


def test_the_same_list_again_changes_nothing_and_undo_takes_its_people_out(pilot: Office) -> None:
    build.import_file(pilot, LIST)
    again = build.import_file(pilot, LIST)
    assert (again.counts.new, again.counts.unchanged) == (0, 3)
    history.undo(pilot)
    assert board.board(pilot, "north_pilot").rows == ()


def test_without_the_programme_its_list_is_none(office: Office) -> None:
    with pytest.raises(AppError, match="no_list"):
        build.import_file(office, LIST)


def test_a_person_may_be_in_several_programmes_at_once(pilot: Office) -> None:
    person = build.invite(pilot)
    for key, state in (("north_pilot", RouteState.FILED), ("pstq_policy", RouteState.CONSIDERED)):
        routes.save(pilot, person, None, RouteDetails(key, state))
    entered = board.of_person(pilot, people.file(pilot, person))
    assert [(one.key, stand.state) for one, stand in entered] == [
        ("imp_plus", RouteState.CONSIDERED),
        ("pstq_policy", RouteState.CONSIDERED),
        ("north_pilot", RouteState.FILED),
    ]
    assert routes.name(pilot, "north_pilot") == "North pilot"
    history.undo(pilot)
    entered = board.of_person(pilot, people.file(pilot, person))
    assert [one.key for one, _stand in entered] == ["imp_plus", "north_pilot"]


def test_everybody_of_the_register_is_looked_at_and_the_rest_is_counted(pilot: Office) -> None:
    build.invite(pilot, 1, canada_status="worker", residence_country="CAN", residence_province="ON")
    build.invite(pilot, 2)
    found = board.board(pilot, "north_pilot", everybody=True)
    (row,) = found.rows
    assert (row.stand.state, row.stand.fit, found.not_shown) == (None, Fit.OPEN, 1)
    assert board.board(pilot, "north_pilot").rows == ()
    main = board.board(pilot, "imp_plus", everybody=True)
    assert [one.stand.state for one in main.rows] == [RouteState.CONSIDERED] * 2
    assert (main.cap, main.used, main.use) == (7350, 0, None)


def test_whoever_imp_plus_fails_is_shown_the_programme_that_could_fit(pilot: Office) -> None:
    person = build.invite(
        pilot, 1, canada_status="worker", residence_country="CAN", residence_province="ON"
    )
    file = people.file(pilot, person)
    proposed = routes.propose(pilot, file, people.verdict(pilot, person))
    (north,) = [one for one in proposed if one.route.key == "north_pilot"]
    assert north.unknown == ("invited",)
    assert "lives_in" in north.met


def test_entries_follow_a_merge(pilot: Office) -> None:
    one, other = build.invite(pilot, 1), build.invite(pilot, 2)
    routes.save(pilot, other, None, RouteDetails("north_pilot", RouteState.CONSIDERED))
    build.merge(pilot, one, other)
    assert [row.person for row in board.board(pilot, "north_pilot").rows] == [one]
    assert checking.check(pilot).passed


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_the_board_says_is_in_the_language_in_use(pilot: Office, language: str) -> None:
    i18n.use(language)
    found = board.board(pilot, "north_pilot")
    words = {"fr": "jusqu’au 30 sept. 2027", "en": "until Sep 30, 2027"}
    assert words[language] in board.when(pilot, found.programme)
    main = library.find(pilot, "imp_plus")
    assert "2025" in board.when(pilot, main)
    assert not library.is_open(pilot, main, TODAY)
