# SPDX-License-Identifier: Apache-2.0
"""What an office does all day, in a register of so many people, in milliseconds of the processor.

    make_office_register(count, path)   people with letters, residences, passports and PR
                                        applications; members, documents, applications, permits
    day_of_acts(path)                   the median of each act, and of what the lists do after it
    day_of_pages(path)                  the window: its start, and each page with the register new

The same count always gives the same register; each figure is taken on a copy of it. The clock on
the wall would tell of the machine's other work, and of a disk that flushes as it likes.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Any

TODAY = date(2024, 11, 20)
TIMES = 9
_AT = datetime(2024, 11, 18, 15, tzinfo=UTC)

Figures = dict[str, float]


def make_office_register(count: str, path: str) -> Figures:
    """A register as an office of that size has it, its lists worked out."""
    from benchmarks import lists
    from imp_plus_desktop.services.imports import imports
    from imp_plus_desktop.services.office import summary

    with tempfile.TemporaryDirectory() as folder:
        workbook = lists.write(Path(folder) / "list.xlsx", int(count))
        started = process_time()
        office = _open(Path(path))
        imports.commit(office, imports.open_file(office, workbook, with_rows=False))
    with office.act("bench.fill") as act:
        for number in range(1, int(count) + 1):
            _fill(act, number)
    summary.refresh(office)
    office.close()
    return {"seconds": process_time() - started}


def _fill(act: Any, number: int) -> None:
    """What the list does not carry: a quarter has a spouse, a third documents, a sixth a permit."""
    day = date(2024, 1, 10) + timedelta(number % 200)
    if number % 4 == 0:
        act.insert("member", {
            "person_id": number, "relation": "spouse", "family_name": f"Conjoint{number}",
            "given_names": "Sara", "birth_date": date(1970, 1, 1) + timedelta(number % 9000),
            "citizenship": "MAR", "wish": "work", "passport_expiry": day + timedelta(900),
        })  # fmt: skip
    if number % 3 == 0:
        for kind in ("passport", "csq"):
            act.insert("document", {"person_id": number, "type": kind, "state": "received"})
    if number % 5 == 0:
        state = "permit_issued" if number % 15 == 0 else "received"
        values = {
            "person_id": number, "code": "A76", "kind": "first", "state": state,
            "application_number": f"W{900_000_000 + number}", "channel": "online",
            "received_at": datetime(day.year, day.month, day.day, 15, tzinfo=UTC),
        }  # fmt: skip
        if number % 15 == 0:
            values |= {"outcome": "approved", "decided_on": day + timedelta(40)}
        application = act.insert("application", values)
        if number % 15 == 0:
            act.insert("permit", {
                "application_id": application, "permit_number": f"U{100_000_000 + number}",
                "issued": day + timedelta(45), "valid_from": day + timedelta(45),
                "valid_until": day + timedelta(45 + 365 + number % 365), "limited_by": "term",
                "lost_days": 0, "province": "QC",
            })  # fmt: skip


class Book:
    """Takes times by name; tells the median of each in milliseconds."""

    def __init__(self) -> None:
        self._taken: dict[str, list[float]] = {}

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        started = process_time()
        yield
        self._taken.setdefault(name, []).append((process_time() - started) * 1000)

    def take(self, name: str, do: Callable[[], Any], times: int = 3) -> None:
        for _ in range(times):
            with self.of(name):
                do()

    def told(self) -> Figures:
        medians = {name: statistics.median(taken) for name, taken in self._taken.items()}
        return {"seconds": sum(map(sum, self._taken.values())) / 1000, **medians}


@contextmanager
def copied(register: str) -> Iterator[Path]:
    """The register without its copies, to be written in."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.copy(register, Path(folder) / "register.imp"))


def day_of_acts(register: str) -> Figures:
    """Acts, what the lists do after them, and what is asked of the register."""
    from imp_plus_desktop.domain.values.codes import ContactKind
    from imp_plus_desktop.services.office import summary
    from imp_plus_desktop.services.people import contacts

    book = Book()
    with copied(register) as path:
        with book.of("open"):
            office = _open(path)
        summary.refresh(office)
        with book.of("copy before an act"):
            contacts.save(office, 1, None, ContactKind.CALLED, "Premier")
        _many_copies(path, office)
        for turn in range(TIMES):
            _acts(book, office, turn)
        _asked(book, office)
        office.close()
        next_day = _open(path, TODAY + timedelta(1))
        with book.of("refresh on a new day"):
            summary.refresh(next_day)
        next_day.close()
    return book.told()


def _many_copies(path: Path, office: Any) -> None:
    """As many copies beside it as an office of many years has."""
    folder = path.with_name("register.copies")
    now = datetime.now(UTC)
    for number in range(60):
        moment = (now - timedelta(days=2 + number * 9)).astimezone()
        (folder / f"{moment:%Y-%m-%d_%H%M%S}000-{number}-{number}-day.imp").write_bytes(b"x")


def _acts(book: Book, office: Any, turn: int) -> None:
    from imp_plus_desktop.domain.records.member import new_member
    from imp_plus_desktop.domain.values import codes
    from imp_plus_desktop.services.applications import applications
    from imp_plus_desktop.services.family import family
    from imp_plus_desktop.services.history import history
    from imp_plus_desktop.services.office import summary  # fmt: skip
    from imp_plus_desktop.services.people import contacts, documents, people
    from imp_plus_desktop.services.permits import permits

    def done(name: str, act: Callable[[], Any]) -> Any:
        with book.of(f"act: {name}"):
            made = act()
        with book.of("refresh after an act"):
            summary.refresh(office)
        return made

    known = 7 + turn * 11
    called = codes.ContactKind.CALLED
    done("contact", lambda: contacts.save(office, known, None, called, "Appelé"))
    reference = f"C{1_000_000 + known}"
    done("set a field", lambda: people.set_value(office, reference, "phone", f"51400000{turn:02}"))
    done("document", lambda: documents.mark(
        office, known, codes.DocumentType.CSQ, codes.DocumentState.RECEIVED))  # fmt: skip
    with book.of("undo"):
        history.undo(office)
    summary.refresh(office)
    person = done("add", lambda: people.add(office, invited(turn))).person
    done("member", lambda: family.add_member(office, new_member(
        person, relation=codes.Relation.SPOUSE, family_name="Benali", given_names="Sara",
        birth_date=date(1991, 5, 6), citizenship="MAR")))  # fmt: skip
    received = done("receive", lambda: applications.receive(
        office, applications.Reception(person, _AT)))  # fmt: skip
    done("decide", lambda: applications.decide(
        office, received.application, codes.Outcome.APPROVED, TODAY))  # fmt: skip
    done("permit", lambda: permits.issue(office, permits.Issue(received.application, TODAY)))
    with book.of("verdict"):
        people.listed_verdict(office, person)
    with book.of("open a file"):
        people.file(office, known)


def invited(turn: int) -> Mapping[str, str]:
    """Somebody who may apply on the day of these acts."""
    letters = "".join(chr(ord("a") + int(digit)) * 2 for digit in f"{turn:02}")
    return {
        "individual_reference": f"C{9_000_000 + turn}", "family_name": f"Benali{letters}",
        "given_names": "Amine", "birth_date": "1990-04-02", "citizenship": "MAR",
        "residence_country": "MAR", "csq_category": "IQ", "csq_issue_date": "2023-11-02",
        "csq_expiry_date": "2025-11-02", "pr_state": "in_process", "letter_date": "2024-09-01",
        "pr_number": f"E{900_000 + turn}", "pr_filed_on": "2024-01-01",
        "letter_received_date": "2024-09-04", "passport_number": f"AB{900_000 + turn}",
        "passport_expiry": "2032-01-01",
    }  # fmt: skip


def _asked(book: Book, office: Any) -> None:
    from imp_plus_desktop.domain.reads.filters import PeopleFilter
    from imp_plus_desktop.services.agenda import deadlines, overview
    from imp_plus_desktop.services.duplicates import merge_people
    from imp_plus_desktop.services.history import history
    from imp_plus_desktop.services.office import maintenance, summary
    from imp_plus_desktop.services.people import people  # fmt: skip
    from imp_plus_desktop.services.proof import checking

    book.take("agenda, 60 days", lambda: deadlines.agenda(office, 60))
    book.take("agenda counts", lambda: deadlines.counts(office))
    book.take("overview", lambda: overview.overview(office))
    book.take("stale count", lambda: summary.stale_count(office))
    book.take("ids of people", lambda: people.ids(office, PeopleFilter()))
    book.take("search a name", lambda: people.ids(office, PeopleFilter(text="benali")))
    book.take("search a number", lambda: people.ids(office, PeopleFilter(text="C1000123")))
    book.take("history", lambda: history.acts(office))
    book.take("last undoable", lambda: history.last_undoable(office))
    book.take("copies made", lambda: maintenance.copies_made(office))
    book.take("check", lambda: checking.check(office), 1)
    book.take("duplicates", lambda: merge_people.likely_duplicates(office), 1)


def day_of_pages(register: str) -> Figures:
    """The window: to its first page, each page fresh after a change, and after another's write."""
    from PySide6.QtWidgets import QApplication

    from imp_plus_desktop.domain.values.codes import ContactKind
    from imp_plus_desktop.services.office import summary
    from imp_plus_desktop.services.office.news import Watch
    from imp_plus_desktop.services.people import contacts
    from imp_plus_desktop.ui.window.main_window import MainWindow

    book = Book()
    application = QApplication.instance() or QApplication([])
    with copied(register) as path:
        office = _open(path)
        summary.refresh(office)
        with book.of("window to first page"):
            window = MainWindow(office)
            window.show()
            application.processEvents()
        for key in window.page_keys():
            for turn in range(4):
                with book.of(f"page: {key}" if turn else f"page first: {key}"):
                    page = window.open_page(key)
                    application.processEvents()
                    if turn:
                        page.refresh()
                        application.processEvents()
        window.open_page("people")
        other, watch = _open(path), Watch(office)
        for turn in range(5):
            contacts.save(other, 50 + turn, None, ContactKind.CALLED, "Ailleurs")
            news = watch.look()
            with book.of("people after another desk"):
                window.show_others(news.touched)
                application.processEvents()
        for turn in range(5):
            contacts.save(office, 90 + turn, None, ContactKind.CALLED, "Ici")
            with book.of("people after an own act"):
                window.shell.changed()
                application.processEvents()
        for _turn in range(5):
            for key in ("people", "applications"):
                with book.of("from list to list"):
                    window.open_page(key)
                    application.processEvents()
        other.close()
        window.close()
        office.close()
    return book.told()


def _open(path: Path, today: date = TODAY) -> Any:
    from imp_plus_desktop import bootstrap

    return bootstrap.open_office(path, today=today)
