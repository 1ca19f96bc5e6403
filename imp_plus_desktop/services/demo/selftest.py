# SPDX-License-Identifier: Apache-2.0
"""The self-test: the main job on a shipped demo list, in a register of its own that is then gone.

Works in a frozen program too. Steps and what went wrong are codes; sentences are made by whoever
shows them. Touches neither the user's register nor the settings.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from imp_plus_desktop import i18n, private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.ids import ApplicationId, PersonId
from imp_plus_desktop.domain.records.member import new_member
from imp_plus_desktop.domain.rules.findings import VerdictCode
from imp_plus_desktop.domain.values.calendar import add_months, instant_in_toronto
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    DocumentState,
    DocumentType,
    LimitedBy,
    Outcome,
    PermitWish,
    Relation,
)
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.languages import LANGUAGES
from imp_plus_desktop.paths import resource
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.correspondence import letter_pdfs, letters
from imp_plus_desktop.services.demo import demo
from imp_plus_desktop.services.demo.demo import DEMO_DAY, OpenOffice
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office import maintenance, restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import contacts, documents, people, residences, what_if
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.settings import Settings

LIST = "suivi-2024-fr.xlsx"
PARTS = "parts"
"""The step of a built program."""
_ICONS = ("applications", "people", "permits")
_AT = instant_in_toronto(DEMO_DAY - timedelta(days=1), time(10))


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `detail_code` is empty when it passed, else what was wrong, never a name."""

    name: str
    passed: bool
    detail_code: str = ""


@dataclass(frozen=True, slots=True)
class SelfTest:
    passed: bool
    steps: tuple[Step, ...]


class _Failed(Exception):
    """A step found something else than it should; the argument is a code."""


@dataclass
class _Bench:
    """What one step leaves for the next."""

    office: Office
    folder: Path
    candidates: list[int] = field(default_factory=list)
    application: ApplicationId | None = None


def self_test(
    open_office: OpenOffice, unloadable: Callable[[], Sequence[str]] | None = None
) -> SelfTest:
    """Run every step in a temporary folder; after a failure the steps that build on it fail too.

    `unloadable` names the modules of a built program that do not load: another step, where given.
    """
    steps = [_run("catalogues", _catalogues), _run("icons", _icons)]
    if unloadable is not None:
        steps.append(_run(PARTS, lambda: _parts(unloadable)))
    try:
        with _bench(open_office) as bench:
            for name, step in _STEPS:
                steps.append(_run(name, lambda step=step: step(bench)))  # type: ignore[misc]
    except Exception as error:  # whatever it is, the answer is that the program does not work
        steps.append(_failure("register", error))
    return SelfTest(all(step.passed for step in steps), tuple(steps))


@contextmanager
def _bench(open_office: OpenOffice) -> Iterator[_Bench]:
    with private.scratch_folder() as home:
        office = open_office(home / "self-test.imp", DEMO_DAY)
        try:
            yield _Bench(replace(office, settings=Settings(home / "settings.json")), home)
        finally:
            office.close()


def _run(name: str, step: Callable[[], None]) -> Step:
    try:
        step()
    except Exception as error:  # a step that breaks must not hide what the others say
        return _failure(name, error)
    return Step(name, passed=True)


def _failure(name: str, error: Exception) -> Step:
    if isinstance(error, _Failed):
        return Step(name, passed=False, detail_code=str(error))
    logging.getLogger(__name__).error("self-test: step %s broke", name, exc_info=True)
    code = error.code if isinstance(error, AppError) else type(error).__name__
    return Step(name, passed=False, detail_code=code)


def _expect(holds: bool, code: str) -> None:
    if not holds:
        raise _Failed(code)


def _catalogues() -> None:
    for language in LANGUAGES:
        file = resource("locale", language, "LC_MESSAGES", f"{i18n.DOMAIN}.mo")
        _expect(file.is_file(), f"catalogue_missing_{language}")


def _icons() -> None:
    for name in _ICONS:
        _expect(resource("icons", f"{name}.svg").is_file(), "icon_missing")


def _parts(unloadable: Callable[[], Sequence[str]]) -> None:
    missing = unloadable()
    _expect(not missing, f"not_loaded_{missing[0] if missing else ''}")


def _import(bench: _Bench) -> None:
    done = _import_list(bench, demo.list_file(bench.office, LIST))
    _expect(done.act is not None, "nothing_imported")
    _expect(done.counts.new > 0 and people.count(bench.office) == done.counts.new, "wrong_counts")


def _import_again(bench: _Bench) -> None:
    _expect_no_change(_import_list(bench, demo.list_file(bench.office, LIST)))


def _import_list(bench: _Bench, path: Path) -> imports.Imported:
    return imports.commit(bench.office, imports.open_file(bench.office, path))


def _expect_no_change(done: imports.Imported) -> None:
    counts = done.counts
    _expect(done.act is None, "second_import_wrote")
    _expect(counts.new == counts.updated == counts.vanished == 0, "second_import_differs")


def _verdicts(bench: _Bench) -> None:
    """One person for each verdict, by hand, so that what is right is known beforehand."""
    wanted: tuple[tuple[VerdictCode, dict[str, str]], ...] = (
        (VerdictCode.ELIGIBLE, {}),
        (VerdictCode.NOT_ELIGIBLE, {"residence_country": "CAN", "residence_province": "QC"}),
        (VerdictCode.UNKNOWN, {"residence_country": ""}),
        (VerdictCode.JUDGEMENT, {}),
    )
    for number, (code, changes) in enumerate(wanted):
        person = _invite(bench, number, changes)
        if code is VerdictCode.JUDGEMENT:
            # Two open stays that cannot both be true: a person has to say which.
            known = residences.drafts_of(people.file(bench.office, person))
            residences.save_all(bench.office, person, [*known, residences.Draft("CAN", "QC")])
        _expect(people.verdict(bench.office, person).code is code, f"verdict_not_{code.value}")
        supposed = what_if.preview(bench.office, person).after.code
        _expect(supposed is VerdictCode.ELIGIBLE, f"not_turned_{code.value}")
    bench.candidates = [_invite(bench, number, {}) for number in (4, 5, 6, 7, 8)]


def _invite(bench: _Bench, number: int, changes: dict[str, str]) -> int:
    letters = "abcdefghi"[number] * 3
    values = {
        "individual_reference": f"C888000{number}",
        "family_name": f"Selftest{letters}",
        "birth_date": f"199{number}-04-02",
        "citizenship": "MAR",
        "residence_country": "MAR",
        "csq_category": "IQ",
        "csq_issue_date": "2024-01-15",
        "csq_expiry_date": "2026-01-15",
        "pr_state": "not_filed",
        "letter_date": "2024-10-15",
        "letter_received_date": "2024-10-18",
        "passport_expiry": "2033-01-01",
    }
    values.update(changes)
    filled = {name: text for name, text in values.items() if text}
    return people.add(bench.office, filled).person


def _receive(bench: _Bench) -> None:
    before = _used(bench)
    received = _record_receipt(bench, bench.candidates[0], _AT)
    bench.application = received.application
    _expect(received.outcome is None and received.place is not None, "no_place")
    _expect(_used(bench) == before + 1, "wrong_use")


def _outcomes(bench: _Bench) -> None:
    """One application for each way to end without a permit; only a returned one gives back."""
    used = _used(bench)
    endings = (Outcome.REFUSED, Outcome.WITHDRAWN, Outcome.RETURNED)
    for number, outcome in enumerate(endings, start=2):
        at = _AT + timedelta(minutes=number)
        received = _record_receipt(bench, bench.candidates[number], at)
        done = applications.decide(bench.office, received.application, outcome, DEMO_DAY)
        _expect(done.outcome is outcome, f"not_{outcome.value}")
        status = people.row(bench.office, bench.candidates[number]).status
        _expect(status == outcome.value, f"status_not_{outcome.value}")
    _expect(_used(bench) == used + 2, "wrong_use")


def _over_cap(bench: _Bench) -> None:
    """With the year's limit at what is used, the next receipt is kept but gets no place."""
    used = _used(bench)
    quota.set_cap(bench.office, DEMO_DAY.year, used, date(DEMO_DAY.year, 1, 1), "self-test")
    received = _record_receipt(bench, bench.candidates[1], _AT + timedelta(hours=1))
    _expect(received.outcome is Outcome.CANCELLED_OVER_CAP, "not_over_cap")
    _expect(received.place is None and _used(bench) == used, "place_past_the_cap")


def _record_receipt(bench: _Bench, person: int, at: datetime) -> applications.Received:
    return applications.receive(bench.office, applications.Reception(person, at))


def _used(bench: _Bench) -> int:
    return quota.board(bench.office, DEMO_DAY.year).used


def _application(bench: _Bench) -> ApplicationId:
    if bench.application is None:
        raise _Failed("no_application")
    return bench.application


def _decide(bench: _Bench) -> None:
    decided = applications.decide(bench.office, _application(bench), Outcome.APPROVED, DEMO_DAY)
    _expect(decided.outcome is Outcome.APPROVED, "not_approved")


def _permit(bench: _Bench) -> None:
    issued = permits.issue(bench.office, permits.Issue(_application(bench), DEMO_DAY))
    _expect(issued.valid_until == add_months(DEMO_DAY, 36), "wrong_end")
    _expect(issued.valid_until == DEMO_DAY.replace(year=DEMO_DAY.year + 3), "wrong_end")
    _expect(issued.limited_by is LimitedBy.TERM and issued.province == "QC", "wrong_permit")


def _extension(bench: _Bench) -> None:
    """A permit that runs is extended: no letter, no place, another year."""
    person, office = bench.candidates[0], bench.office
    people.edit(office, person, {"pr_state": "in_process", "pr_filed_on": "2024-05-02"})
    documents.set_document(office, person, DocumentType.PR_PROOF, DocumentState.RECEIVED)
    used = _used(bench)
    reception = applications.Reception(
        person, _AT + timedelta(hours=2), kind=ApplicationKind.EXTENSION
    )
    received = applications.receive(office, reception)
    _expect(received.place is None and _used(bench) == used, "extension_used_a_place")
    _expect(received.outcome is None, "extension_over_cap")
    applications.decide(office, received.application, Outcome.APPROVED, DEMO_DAY)
    issued = permits.issue(office, permits.Issue(received.application, DEMO_DAY))
    _expect(issued.valid_until == add_months(DEMO_DAY, 12), "wrong_end")


def _member(bench: _Bench) -> None:
    new = new_member(
        PersonId(bench.candidates[0]),
        Relation.SPOUSE,
        "Selftest",
        given_names="Sara",
        birth_date=date(1991, 5, 6),
        citizenship="MAR",
    )
    member = family.add_member(bench.office, new).member
    used = _used(bench)
    received = family.receive(bench.office, family.MemberReception(member, PermitWish.WORK, _AT))
    _expect(received.code is ApplicationCode.C41, "wrong_code")
    _expect(_used(bench) == used, "family_used_a_place")


def _export(bench: _Bench) -> None:
    """What goes out comes in again without a change."""
    path = bench.folder / "export.xlsx"
    exported = exports.export(bench.office, "people", path)
    _expect(exported.rows == people.count(bench.office), "wrong_rows")
    _expect_no_change(_import_list(bench, path))


def _letters(bench: _Bench) -> None:
    """A shipped letter in each language, as Word and as PDF, in the log of whom it is for."""
    person = int(bench.candidates[0])
    for language in LANGUAGES:
        order = letters.Order("invitation", (person,), language=language)
        made = letters.make(bench.office, order)
        with letter_pdfs.printing() as to_pdf:
            kept = letters.keep(bench.office, made, to_pdf, bench.folder / "letters")
        endings = sorted(path.suffix for path in kept.files)
        _expect(endings == [".docx", ".pdf"], "letter_not_written")
        line = people.file(bench.office, bench.candidates[0]).contacts[-1]
        kept_pdf = contacts.written(bench.office, person, line.id).content
        _expect(kept_pdf.startswith(b"%PDF-"), "letter_not_kept")


def _undo(bench: _Bench) -> None:
    before = people.text_of(bench.office, bench.candidates[0])
    changed = people.edit(bench.office, bench.candidates[0], {"given_names": "Amina"})
    undone = history.undo(bench.office, changed.act)
    _expect(undone.reverted == 1 and not undone.kept, "undo_incomplete")
    _expect(people.text_of(bench.office, bench.candidates[0]) == before, "undo_differs")


def _backup(bench: _Bench) -> None:
    copy = maintenance.save_copy(bench.office, bench.folder / "copies")
    _expect(copy.is_file() and copy.stat().st_size > 0, "copy_missing")
    count = people.count(bench.office)
    _invite(bench, 3, {"individual_reference": "C8880099", "birth_date": "1980-01-01"})
    restoring.restore(bench.office, copy)
    _expect(people.count(bench.office) == count, "restore_differs")


def _check(bench: _Bench) -> None:
    report = checking.check(bench.office)
    for part in ("integrity", "ledger", "journal", "search"):
        _expect(getattr(report, part) == checking.OK, f"{part}_not_ok")


_STEPS: Sequence[tuple[str, Callable[[_Bench], None]]] = (
    ("import", _import),
    ("import_again", _import_again),
    ("verdicts", _verdicts),
    ("receive", _receive),
    ("outcomes", _outcomes),
    ("over_cap", _over_cap),
    ("decide", _decide),
    ("permit", _permit),
    ("member", _member),
    ("extension", _extension),
    ("export", _export),
    ("letters", _letters),
    ("undo", _undo),
    ("backup", _backup),
    ("check", _check),
)
STEP_NAMES = ("catalogues", "icons", *(name for name, _step in _STEPS))
