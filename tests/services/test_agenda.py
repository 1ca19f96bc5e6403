# SPDX-License-Identifier: Apache-2.0
"""The agenda: kept beside the standings, marked once, moved with a reason, saved as a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from new_registers import new_office
from office_builders import TODAY, add_member, decide, invite, issue, receive

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.deadlines.deadlines import DEADLINE_REASONS
from imp_plus_desktop.domain.reads.rows import DeadlineRow
from imp_plus_desktop.domain.records.ids import PersonId
from imp_plus_desktop.domain.values.codes import ApplicationKind, Channel, Relation
from imp_plus_desktop.domain.values.errors import DomainError, ExchangeError
from imp_plus_desktop.services.agenda import agenda, deadlines, overview
from imp_plus_desktop.services.agenda.agenda import Named
from imp_plus_desktop.services.agenda.deadlines import DeadlineFilter
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.applications.applications import Reception
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import maintenance, parameters
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.storage.reads import queries
from imp_plus_desktop.words import messages


def rows(office: Office, **wanted: object) -> list[DeadlineRow]:
    return deadlines.rows(office, deadlines.ids(office, DeadlineFilter(**wanted)))  # type: ignore[arg-type]


def add_child(office: Office, person: int) -> None:
    """Awa Diallo, born on May 4, 2012."""
    named = {"family_name": "Diallo", "given_names": "Awa", "birth_date": date(2012, 5, 4)}
    add_member(office, person, relation=Relation.CHILD, **named)


def letter_of(office: Office) -> DeadlineRow:
    (row,) = rows(office, kind="letter")
    return row


class TestTable:
    def test_the_agenda_follows_the_files(self, office: Office) -> None:
        person = invite(office)
        assert [row.kind for row in rows(office)] == ["letter", "csq"]
        receive(office, person)
        assert "letter" not in {row.kind for row in rows(office)}
        history.undo(office)
        assert "letter" in {row.kind for row in rows(office)}

    def test_a_new_day_makes_it_anew_and_leaves_nothing_behind(self, office: Office) -> None:
        invite(office)
        before = rows(office)
        later = open_office(office.register_path, today=date(2024, 6, 1))
        after = rows(later)
        # The letter is overdue, and nobody has seen it.
        assert {row.kind for row in after} == {"letter", "csq"}
        assert agenda.why(after[0]).startswith("overdue by ")
        kept = queries.scalar(later.register, "SELECT COUNT(*) FROM agenda_line")
        assert kept == len(after) == len(before)
        agenda.settle(later, Named.of(after[0]))
        assert {row.kind for row in rows(later)} == {"csq"}
        history.undo(later)
        assert {row.kind for row in rows(later)} == {"letter", "csq"}
        later.close()

    def test_what_goes_with_a_file_goes_from_the_agenda(self, office: Office) -> None:
        invite(office)
        assert rows(office)
        history.undo(office)
        assert rows(office) == []
        assert queries.scalar(office.register, "SELECT COUNT(*) FROM waiting_line") == 0

    def test_the_nearest_comes_first_and_the_filters_narrow(self, office: Office) -> None:
        for number in (1, 2):
            invite(office, number)
        days = [row.day for row in rows(office)]
        assert days == sorted(days)
        assert {row.kind for row in rows(office, kind="csq")} == {"csq"}
        assert len(rows(office, until_day=date(2023, 12, 31))) == 2
        assert len(rows(office, text="benaliaa")) < len(days)
        back = deadlines.ids(office, DeadlineFilter(), "day", descending=True)
        assert [r.day for r in deadlines.rows(office, back)] == sorted(days, reverse=True)

    def test_each_bucket_counts_without_those_before_it(self, office: Office) -> None:
        today = TODAY
        parameters.set_window(office, "letter_window_days", "91", date(2023, 1, 1), "a day more")
        for number, left in enumerate((-1, 0, 1, 7, 8, 30, 31, 90, 91), start=1):
            received = today + timedelta(days=left - 91)
            letter = received - timedelta(days=3)
            invite(
                office,
                number,
                letter_date=letter.isoformat(),
                letter_received_date=received.isoformat(),
                pr_state="in_process",
            )
        deadlines.ids(office, DeadlineFilter())
        found = deadlines.counts(office)
        assert (found.overdue, found.today, found.week) == (1, 1, 2)
        assert (found.month, found.quarter, found.later) == (2, 2, 1)
        assert found.near == deadlines.near(office) == 6
        assert {deadlines.bucket(row) for row in rows(office)} == {
            "overdue", "today", "week", "month", "quarter", "later",
        }  # fmt: skip


class TestWaiting:
    def test_a_permit_that_ended_waits_until_a_way_is_recorded(self, office: Office) -> None:
        person = invite(office)
        application = receive(office, person).application
        decide(office, application)
        issue(office, application)
        later = replace(office, clock=replace(office.clock, day=date(2026, 12, 1)))
        assert list(overview.waiting_ids(later, "permits_ended")) == [person]
        assert "permits_ended" in {x.code for x in overview.overview(later).waiting if x.count}
        at = datetime(2026, 11, 28, 17, tzinfo=UTC)
        reasons = {"EXT-01": "filed in time"}
        kind, channel = ApplicationKind.EXTENSION, Channel.ONLINE
        applications.receive(later, Reception(person, at, "", kind, channel, reasons))
        assert not overview.waiting_ids(later, "permits_ended")


class TestWhy:
    def test_each_deadline_says_why_it_falls_on_its_day(self, office: Office) -> None:
        invite(office, 1)
        invite(office, 2, letter_received_date="")
        said = {row.person_id: messages.deadline_why(row) for row in rows(office, kind="letter")}
        assert said == {
            1: "Letter of September 1, 2023, received on September 4, 2023",
            2: "Letter of September 1, 2023; day of receipt not recorded",
        }

    def test_a_child_s_day_names_the_child(self, office: Office) -> None:
        person = invite(office)
        add_member(
            office,
            person,
            family_name="Diallo",
            given_names="Awa",
            relation=Relation.CHILD,
            birth_date=date(2012, 5, 4),
        )
        said = [messages.deadline_said(row) for row in rows(office, kind="age_22")]
        assert said == ["Awa Diallo turns 22"]

    def test_a_member_s_request_names_the_member(self, office: Office) -> None:
        row = DeadlineRow(
            1, TODAY, "biometrics", PersonId(1), "", "biometrics_due", 0, TODAY, member="Awa"
        )
        assert messages.deadline_said(row) == "Biometrics to give: Awa"

    def test_a_calendar_without_names_has_none_of_a_child(
        self, office: Office, tmp_path: Path
    ) -> None:
        person = invite(office)
        add_member(
            office,
            person,
            family_name="Diallo",
            given_names="Awa",
            relation=Relation.CHILD,
            birth_date=date(2012, 5, 4),
        )
        agenda.save_calendar(office, tmp_path / "x.ics", names=False)
        assert "Awa" not in (tmp_path / "x.ics").read_text("utf-8")
        agenda.save_calendar(office, tmp_path / "y.ics", names=True)
        assert "Awa" in (tmp_path / "y.ics").read_text("utf-8")

    def test_every_reason_makes_its_sentence_of_its_own_facts(self) -> None:
        facts = {
            name: date(2024, 3, 5) for names in DEADLINE_REASONS.values() for name in names
        } | {"amount": 255, "usual": True, "pr_known": False}
        for reason, names in DEADLINE_REASONS.items():
            row = DeadlineRow(
                1, TODAY, "letter", PersonId(1), "", reason, 0, TODAY,
                facts={name: facts[name] for name in names},
            )  # fmt: skip
            said = messages.deadline_why(row)
            assert "{" not in said


class TestMarks:
    def test_a_deadline_is_seen_once(self, office: Office) -> None:
        invite(office)
        assert agenda.acknowledge(office, Named.of(letter_of(office))) is not None
        assert letter_of(office).acknowledged_on == TODAY
        assert agenda.acknowledge(office, Named.of(letter_of(office))) is None
        assert deadlines.counts(office).near == deadlines.near(office) == 0

    def test_a_moved_deadline_keeps_its_own_day_and_the_reason(self, office: Office) -> None:
        invite(office)
        row = letter_of(office)
        agenda.move(office, Named.of(row), date(2023, 11, 30), " post office strike ")
        moved = letter_of(office)
        assert (moved.day, moved.own_day) == (date(2023, 11, 30), row.day)
        assert moved.moved_because == "post office strike"
        assert "post office strike" in agenda.moved_text(moved)
        with pytest.raises(DomainError, match="reason_missing"):
            agenda.move(office, Named.of(moved), date(2023, 12, 1), " ")

    def test_marks_are_acts_that_can_be_undone_or_taken_back(self, office: Office) -> None:
        invite(office)
        row = letter_of(office)
        agenda.move(office, Named.of(row), date(2023, 11, 30), "a reason")
        history.undo(office)
        assert letter_of(office).day == row.day
        agenda.acknowledge(office, Named.of(row))
        agenda.clear(office, Named.of(row))
        assert letter_of(office).acknowledged_on is None
        assert agenda.clear(office, Named.of(row)) is None

    def test_another_day_of_the_file_makes_it_a_new_deadline(self, office: Office) -> None:
        person = invite(office)
        agenda.acknowledge(office, Named.of(letter_of(office)))
        letter = people.file(office, person).letters[0]
        folder.save_letter(office, person, letter.id, letter.letter_date, date(2023, 9, 10))
        assert letter_of(office).acknowledged_on is None

    def test_only_a_deadline_that_is_there_can_be_marked(self, office: Office) -> None:
        person = invite(office)
        with pytest.raises(DomainError, match="deadline_not_found"):
            agenda.acknowledge(office, Named(person, "letter", date(2024, 1, 1)))
        with pytest.raises(DomainError, match="deadline_not_found"):
            agenda.find(office, person, "refund")
        found = agenda.find(office, person, "letter")
        assert found == Named.of(letter_of(office))


class TestCalendar:
    def saved(self, office: Office, path: Path, **options: bool) -> list[dict[str, str]]:
        agenda.save_calendar(office, path, **options)
        calendar = Calendar.from_ical(path.read_bytes())
        return [
            {
                "uid": str(event["uid"]),
                "summary": str(event["summary"]),
                "day": event["dtstart"].dt.isoformat(),
            }
            for event in calendar.walk("VEVENT")
        ]

    def test_each_deadline_is_a_whole_day_with_a_lasting_name(
        self, office: Office, tmp_path: Path
    ) -> None:
        invite(office)
        first = self.saved(office, tmp_path / "a.ics")
        assert [event["day"] for event in first] == [r.day.isoformat() for r in rows(office)]
        assert first == self.saved(office, tmp_path / "b.ics")
        assert all("Benali" in event["summary"] for event in first)

    def test_names_can_be_left_out(self, office: Office, tmp_path: Path) -> None:
        invite(office, 1)
        invite(office, 2, individual_reference="", uci="11-2233-4455")
        path = tmp_path / "a.ics"
        events = self.saved(office, path, names=False)
        assert "Benali" not in path.read_text("utf-8")
        whose = {event["summary"].partition(" ")[0] for event in events}
        assert whose == {"C1000001", "#2"}

    def test_a_moved_deadline_is_on_its_new_day(self, office: Office, tmp_path: Path) -> None:
        invite(office)
        own = letter_of(office)
        agenda.move(office, Named.of(own), date(2023, 11, 30), "a reason")
        days = {e["uid"]: e["day"] for e in self.saved(office, tmp_path / "a.ics")}
        (uid,) = (uid for uid in days if uid.startswith("letter_window_ends-1-"))
        assert days[uid] == "2023-11-30"

    def test_a_moved_day_replaces_the_old_entry(self, office: Office, tmp_path: Path) -> None:
        invite(office)
        before = self.revisions(office, tmp_path / "a.ics")
        agenda.move(office, Named.of(letter_of(office)), date(2023, 11, 30), "a reason")
        first = self.revisions(office, tmp_path / "b.ics")
        assert first.keys() == before.keys()
        agenda.clear(office, Named.of(letter_of(office)))
        (letter,) = people.file(office, 1).letters
        folder.save_letter(office, 1, letter.id, letter.letter_date, date(2023, 9, 20))
        moved = self.revisions(office, tmp_path / "c.ics")
        assert moved.keys() == before.keys()
        for uid, (sequence, changed) in moved.items():
            assert (sequence, changed) >= first[uid] >= before[uid]

    def revisions(self, office: Office, path: Path) -> dict[str, tuple[int, datetime]]:
        agenda.save_calendar(office, path)
        return {
            str(event["uid"]): (int(event["sequence"]), event["last-modified"].dt)
            for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        }

    def test_the_files_of_two_offices_live_in_one_calendar(self, tmp_path: Path) -> None:
        named = []
        for name in ("a", "b"):
            office = new_office(tmp_path / f"{name}.imp", TODAY)
            invite(office)
            named.append({event["uid"] for event in self.saved(office, tmp_path / "x.ics")})
            copy = maintenance.save_copy(office, tmp_path)
            office.close()
            kept = open_office(copy, today=TODAY)
            assert {event["uid"] for event in self.saved(kept, tmp_path / "x.ics")} == named[-1]
            kept.close()
        assert all(named)
        assert not named[0] & named[1]

    def test_no_two_entries_of_a_file_have_one_name(self, office: Office, tmp_path: Path) -> None:
        invite(office)
        for day in ("2024-01-01", "2024-02-01"):
            folder.save_passport(office, 1, None, f"X1{day[5:7]}", date.fromisoformat(day))
        events = self.saved(office, tmp_path / "a.ics")
        assert len({event["uid"] for event in events}) == len(events)

    def test_a_place_that_cannot_be_written_is_said_and_left_clean(
        self, office: Office, tmp_path: Path
    ) -> None:
        invite(office)
        with pytest.raises(ExchangeError, match="cannot_write"):
            agenda.save_calendar(office, tmp_path / "no such folder" / "a.ics")
        assert not list(tmp_path.glob("**/*.ics"))
