# SPDX-License-Identifier: Apache-2.0
"""What is being written in two windows at once: each finds its own, and neither loses anything."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import office_builders as build
import pytest
from new_registers import told_of

from imp_plus_desktop.domain.reads.desks import Around, Seen
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.page import drafts
from imp_plus_desktop.storage.journal import drafts as stored
from imp_plus_desktop.storage.journal.drafts import Draft, Whose

_WINDOW = """
import sys
from pathlib import Path
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.page import drafts
from imp_plus_desktop.storage.engines import parse

told, person, field, user, text = sys.argv[1:]
place = parse(told) if told.startswith("postgresql:") else Path(told)
office = open_office(place)
office.settings.user_name = user
found = drafts.take_up(office, int(person), field)
print(repr(found.text), flush=True)
if text:
    assert drafts.keep(office, int(person), field, text)
print("kept", flush=True)
sys.stdin.read()
"""

Window = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def window(office: Office) -> Iterator[Window]:
    """Another window of the same user, which writes a text, and stays until it is killed."""
    begun: list[subprocess.Popen[str]] = []

    def begin(person: int, text: str, field: str = "note") -> subprocess.Popen[str]:
        told = told_of(office.register_path)
        made = subprocess.Popen(
            [sys.executable, "-c", _WINDOW, told, str(person), field, office.user, text],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        begun.append(made)
        return made

    yield begin
    for one in begun:
        _end(one)


def _said(window: subprocess.Popen[str]) -> str:
    """What its form began with, once it has kept what it writes."""
    assert window.stdout is not None
    first = window.stdout.readline().strip()
    assert window.stdout.readline().strip() == "kept"
    return first


def _end(window: subprocess.Popen[str]) -> None:
    with suppress(OSError):
        window.kill()
    window.communicate()


def _kept_before(office: Office, whose: Whose, text: str) -> None:
    """Keep a text as the first version of the program did."""
    db = office.register.db
    with db.writing():
        db.execute_sql("INSERT INTO draft VALUES (?, ?, ?, ?)", (*whose, text))


def test_two_windows_write_over_nothing_of_each_other(office: Office, window: Window) -> None:
    person = build.invite(office)
    assert drafts.keep(office, person, "note", "Mine")
    there = window(person, "Theirs")
    assert _said(there) == "''", "what is written here just now is not another one's beginning"
    assert drafts.kept(office, person, "note") == "Mine"
    assert drafts.keep(office, person, "note", "Mine, longer")
    found = drafts.take_up(office, person, "note")
    assert found.text == "Mine, longer"
    assert [(one.text, one.is_open) for one in found.others] == [("Theirs", True)]
    assert drafts.keep(office, person, "note", "")
    found = drafts.take_up(office, person, "note")
    assert (found.text, [one.text for one in found.others]) == ("", ["Theirs"])
    _end(there)
    assert drafts.take_up(office, person, "note").text == "Theirs"


def test_what_two_windows_left_is_found_by_the_two_that_open_next(
    office: Office, window: Window
) -> None:
    person = build.invite(office)
    one = window(person, "One")
    assert _said(one) == "''"
    two = window(person, "Two")
    assert _said(two) == "''"
    _end(one)
    _end(two)
    found = drafts.take_up(office, person, "note")
    assert found.text == "Two", "the one that was written last"
    assert [(other.text, other.is_open) for other in found.others] == [("One", False)]
    assert _said(window(person, "")) == "'One'"
    assert drafts.take_up(office, person, "note").text == "Two"


def test_going_on_with_what_was_left_leaves_the_present_text_to_be_found(
    office: Office, window: Window
) -> None:
    person = build.invite(office)
    for text in ("One", "Two"):
        ended = window(person, text)
        _said(ended)
        _end(ended)
        if text == "One":
            assert drafts.take_up(office, person, "note").text == "One"
            assert drafts.keep(office, person, "note", "One and more")
    found = drafts.take_up(office, person, "note")
    assert (found.text, [one.text for one in found.others]) == ("One and more", ["Two"])
    other = found.others[0]
    went_on = drafts.go_on_with(office, person, "note", "One and most", other)
    assert went_on is not None
    assert went_on.text == "Two"
    assert [(one.text, one.is_open) for one in went_on.others] == [("One and most", False)]
    assert drafts.kept(office, person, "note") == "Two"
    assert drafts.go_on_with(office, person, "note", "x", other) is None, "it was taken already"
    assert drafts.keep(office, person, "note", "")
    assert drafts.take_up(office, person, "note").text == "One and most"


def test_going_on_with_what_is_still_written_takes_nothing_from_there(
    office: Office, window: Window
) -> None:
    person = build.invite(office)
    there = window(person, "Theirs")
    _said(there)
    assert drafts.keep(office, person, "note", "Mine")
    (other,) = drafts.take_up(office, person, "note").others
    assert other.is_open
    went_on = drafts.go_on_with(office, person, "note", "Mine", other)
    assert went_on is not None
    assert (went_on.text, [one.text for one in went_on.others]) == ("Theirs", ["Mine"])
    _end(there)
    assert drafts.keep(office, person, "note", "")
    texts = {drafts.take_up(office, person, "note").text}
    assert drafts.keep(office, person, "note", "")
    texts.add(drafts.take_up(office, person, "note").text)
    assert texts == {"Mine", "Theirs"}


def test_nobody_finds_another_persons_text(office: Office, window: Window) -> None:
    person, second = build.invite(office), build.invite(office, 2)
    ended = window(person, "Theirs")
    _said(ended)
    _end(ended)
    assert drafts.take_up(office, second, "note").text == ""
    assert drafts.take_up(office, person, "contact").text == ""
    office.settings.user_name = "Somebody else"
    if office.signed_in is None:
        assert drafts.take_up(office, person, "note").text == ""


def test_what_an_earlier_program_kept_is_taken_up(office: Office) -> None:
    person = build.invite(office)
    whose = Whose(office.user, person, "note")
    _kept_before(office, whose, "Of before")
    found = drafts.take_up(office, person, "note")
    assert (found.text, found.others) == ("Of before", ())
    assert drafts.keep(office, person, "note", "")
    assert stored.all_of(office.register, whose) == []


def test_what_nobody_came_back_for_goes_after_a_month(office: Office) -> None:
    person = build.invite(office)
    now = datetime.now(UTC)

    old, young, plain = (Whose("Gone", person, field) for field in ("contact", "note", "hold"))
    for whose, days in ((old, 32), (young, 30)):
        at = (now - timedelta(days=days)).isoformat(timespec="microseconds")
        stored.keep(office.register, whose, Draft("Left", "", at))
    _kept_before(office, plain, "Left")
    assert drafts.keep(office, person, "note", "Written now")
    assert stored.all_of(office.register, old) == []
    assert [one.text for one in stored.all_of(office.register, young)] == ["Left"]
    (waits,) = stored.all_of(office.register, plain)
    assert waits.text == "Left"
    assert waits.at >= now.isoformat(timespec="microseconds"), "it waits from today on"


def test_a_text_of_another_computer_is_left_unless_its_user_has_another_desk_there(
    office: Office,
) -> None:
    person = build.invite(office)
    whose = Whose(office.user, person, "note")
    now = datetime.now(UTC)
    away = Draft("From home", "0123456789ab.7.1", now.isoformat(timespec="microseconds"))
    stored.keep(office.register, whose, away)
    office.heard[:] = [Around((Seen(office.user, None, now), Seen("Roy", None, now)))]
    found = drafts.take_up(office, person, "note")
    assert (found.text, [one.is_open for one in found.others]) == ("", [True])
    own = Seen(office.user, None, now, is_own=True)
    office.heard[:] = [Around((own, Seen("Roy", None, now)))]
    assert drafts.take_up(office, person, "note").text == "From home"
