# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E402 - the platform is chosen before Qt is imported
"""Pictures of every screen on the demo register: `gallery.py FOLDER [--scale 150] [--size WxH]`.

Writes `LANG-THEME-NAME.png` (with `@150` before the dot at another scale) for French and English,
light and dark, at 1366×768 or another size, without a display. A screen that does not fit the
size, title bar included, is named on stderr and makes the exit code 1. Each screen is a line of
`SCREENS`: its name, and what opens it in a window and returns the widget to picture. Must not
change the register.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", os.environ.get("IMP_PLUS_TEST_PLATFORM", "offscreen"))

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from imp_plus_desktop import i18n
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.meetings import Meeting
from imp_plus_desktop.domain.reads.rows import DeadlineRow
from imp_plus_desktop.domain.records.ids import ActId, PersonId
from imp_plus_desktop.domain.values.codes import ApplicationState, PersonStatus, RouteState
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.applications import applications, routes
from imp_plus_desktop.services.applications.routes import RouteDetails
from imp_plus_desktop.services.demo import demo
from imp_plus_desktop.services.duplicates.merge_people import LikelyPair
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.figures.files import read as read_figures
from imp_plus_desktop.services.imports.import_compare import (
    ChangedRow,
    Comparison,
    Difference,
    Gone,
)
from imp_plus_desktop.services.imports.imports import Imported, Repair
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.services.privacy import erasure
from imp_plus_desktop.services.programmes import library
from imp_plus_desktop.services.servers.places import ServerAddress
from imp_plus_desktop.services.support import figures
from imp_plus_desktop.storage.files import copies as copy_files
from imp_plus_desktop.ui.dialogs.applications.decide import DecideDialog
from imp_plus_desktop.ui.dialogs.applications.path import (
    PrepareDialog,
    StateDialog,
    WorkDialog,
)
from imp_plus_desktop.ui.dialogs.applications.permit import PermitDialog
from imp_plus_desktop.ui.dialogs.applications.permit_conditions import (
    PermitConditionsDialog,
)
from imp_plus_desktop.ui.dialogs.applications.portal import PortalDialog
from imp_plus_desktop.ui.dialogs.applications.pr_stage import PrStageDialog
from imp_plus_desktop.ui.dialogs.applications.receive import ReceiveDialog
from imp_plus_desktop.ui.dialogs.applications.recorded import CorrectDialog, RemovePermitDialog
from imp_plus_desktop.ui.dialogs.applications.requests import RequestDialog
from imp_plus_desktop.ui.dialogs.applications.wording import WordingDialog
from imp_plus_desktop.ui.dialogs.care.copies import CopiesDialog
from imp_plus_desktop.ui.dialogs.care.health import HealthDialog
from imp_plus_desktop.ui.dialogs.care.server_copies import ServerCopiesDialog
from imp_plus_desktop.ui.dialogs.care.verify import VerifyDialog
from imp_plus_desktop.ui.dialogs.correspondence.letter_forms import (
    LetterheadDialog,
    Named,
    TemplateDialog,
)
from imp_plus_desktop.ui.dialogs.correspondence.letter_templates import LetterTemplatesDialog
from imp_plus_desktop.ui.dialogs.correspondence.write_letters import WriteLettersDialog
from imp_plus_desktop.ui.dialogs.guide.guide import GuideDialog
from imp_plus_desktop.ui.dialogs.meeting.meeting import MeetingDialog
from imp_plus_desktop.ui.dialogs.office.deadline import (
    CalendarDialog,
    MoveDeadlineDialog,
)
from imp_plus_desktop.ui.dialogs.office.entry_rule import EntryRuleDialog
from imp_plus_desktop.ui.dialogs.office.journal import JournalDialog
from imp_plus_desktop.ui.dialogs.office.programme import SwitchDialog, WindowDialog
from imp_plus_desktop.ui.dialogs.office.quota import CapDialog, OfficialDialog
from imp_plus_desktop.ui.dialogs.office.try_year import TryYearDialog
from imp_plus_desktop.ui.dialogs.office.year_archive import YearArchiveDialog
from imp_plus_desktop.ui.dialogs.person.documents import DocumentsDialog
from imp_plus_desktop.ui.dialogs.person.letter import LetterDialog
from imp_plus_desktop.ui.dialogs.person.member import MemberDialog
from imp_plus_desktop.ui.dialogs.person.member_receive import MemberReceiveDialog
from imp_plus_desktop.ui.dialogs.person.merge_people import (
    DuplicatesDialog,
    MergeDialog,
)
from imp_plus_desktop.ui.dialogs.person.note import NoteDialog
from imp_plus_desktop.ui.dialogs.person.office_file import (
    ClerkDialog,
    ContactDialog,
    OtherRouteDialog,
    RenameDialog,
)
from imp_plus_desktop.ui.dialogs.person.passport import PassportDialog
from imp_plus_desktop.ui.dialogs.person.payment import PaymentDialog
from imp_plus_desktop.ui.dialogs.person.person import PersonDialog
from imp_plus_desktop.ui.dialogs.person.residence import ResidenceDialog
from imp_plus_desktop.ui.dialogs.privacy.privacy_forms import (
    DeskDialog,
    EraseDialog,
    HoldDialog,
    IncidentDialog,
)
from imp_plus_desktop.ui.dialogs.privacy.privacy_lists import IncidentsDialog, RetentionDialog
from imp_plus_desktop.ui.dialogs.register.help import AboutDialog, ShortcutsDialog
from imp_plus_desktop.ui.dialogs.register.mending.damaged import DamagedDialog
from imp_plus_desktop.ui.dialogs.register.mending.kept_copies import ChooseCopyDialog
from imp_plus_desktop.ui.dialogs.register.passphrase import PassphraseDialog
from imp_plus_desktop.ui.dialogs.register.settings import SettingsDialog
from imp_plus_desktop.ui.dialogs.register.tour import TourDialog
from imp_plus_desktop.ui.dialogs.register.welcome import Begin, Welcome, WelcomeDialog
from imp_plus_desktop.ui.dialogs.secrecy.care import PassphraseToldDialog
from imp_plus_desktop.ui.dialogs.secrecy.locked import LockedDialog
from imp_plus_desktop.ui.dialogs.secrecy.new_passphrase import AGAIN, NEW, NewPassphraseDialog
from imp_plus_desktop.ui.dialogs.servers.open_server import OpenServerDialog
from imp_plus_desktop.ui.dialogs.servers.reaching import Opening, ReachingDialog
from imp_plus_desktop.ui.dialogs.single import (
    ArrivalDialog,
    MemberArrivalDialog,
    NumberDialog,
    RefundDialog,
    RemoveFileDialog,
)
from imp_plus_desktop.ui.dialogs.support.figure_file import FigureFileDialog
from imp_plus_desktop.ui.dialogs.support.figures import FiguresDialog
from imp_plus_desktop.ui.dialogs.support.holidays import HolidaysDialog, OfficeDayDialog
from imp_plus_desktop.ui.dialogs.support.licences import LicencesDialog
from imp_plus_desktop.ui.dialogs.support.own_figure import FigureDialog, LookedUpDialog
from imp_plus_desktop.ui.dialogs.support.report import SupportDialog
from imp_plus_desktop.ui.imports import import_session
from imp_plus_desktop.ui.imports.imports import ImportsPage
from imp_plus_desktop.ui.imports.steps.check.import_check import CheckStep
from imp_plus_desktop.ui.imports.steps.check.import_compared import ComparedDialog
from imp_plus_desktop.ui.lists.deadlines import DeadlinesPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.pages.entries import ENTRIES
from imp_plus_desktop.ui.pages.routes import RoutesPage
from imp_plus_desktop.ui.person.past_file import PastFileDialog
from imp_plus_desktop.ui.person.person_origins import OriginsDialog
from imp_plus_desktop.ui.person.values.field_history import FieldHistoryDialog
from imp_plus_desktop.ui.quota.quota import QuotaPage
from imp_plus_desktop.ui.shell.errors import CrashDialog, crash_report
from imp_plus_desktop.ui.shell.singletons import keep_singletons
from imp_plus_desktop.ui.window.action_table import ACTIONS
from imp_plus_desktop.ui.window.main_window import MainWindow
from imp_plus_desktop.ui.window.registers import taking_along
from imp_plus_desktop.words.care.passphrase_texts import changed_lines
from tests.gallery_sheets import SHEETS
from tests.ui.fitting import TITLE_BAR, misfits

SIZE = (1366, 768)
THEMES = ("light", "dark")
NO_ROOM = 1
"""The exit code where a screen does not fit."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One picture: `open` brings the screen up and returns what is to be seen.

    A screen with `empty` is opened in a register that holds nothing.
    """

    name: str
    open: Callable[[MainWindow], QWidget]
    empty: bool = False


def page(key: str) -> Callable[[MainWindow], QWidget]:
    """Opens a page of the window."""

    def open_it(window: MainWindow) -> QWidget:
        shown = window.open_page(key)
        if isinstance(shown, ImportsPage):
            shown.show_history()
        if isinstance(shown, PeoplePage):
            shown.back_to_today()
            shown.panel.collapse()
        if isinstance(shown, QuotaPage):
            shown.past.end()
            shown.show_section("board")
        if isinstance(shown, DeadlinesPage):
            shown.show_face("list")
        return window

    return open_it


def agenda_face(face: str) -> Callable[[MainWindow], QWidget]:
    """The agenda as a month or as a week."""

    def open_it(window: MainWindow) -> QWidget:
        window.open_page("deadlines", face)
        return window

    return open_it


def dialog(make: Callable[[MainWindow], QDialog]) -> Callable[[MainWindow], QWidget]:
    """Opens a dialog beside the window, without waiting for an answer."""

    def open_it(window: MainWindow) -> QWidget:
        made = make(window)
        made.show()
        return made

    return open_it


def _what_is_due(window: MainWindow) -> QDialog:
    refused = _somebody(window, PersonStatus.REFUSED)
    return RetentionDialog(window.shell, window, refused)


def _an_erasure(window: MainWindow) -> QDialog:
    refused = _somebody(window, PersonStatus.REFUSED)
    seen = erasure.look(window.shell.office, refused)
    return EraseDialog(window.shell.office, seen, window)


def _verified(window: MainWindow) -> QDialog:
    """A register beside a head that it does not hold."""
    made = VerifyDialog(window.shell, window)
    made.written.setText("0123 4567 89ab cdef")
    made.verify()
    while window.shell.tasks.is_busy():
        QApplication.processEvents()
    return made


def _a_crash(window: MainWindow) -> QDialog:
    try:
        raise RuntimeError
    except RuntimeError as error:
        return CrashDialog(crash_report(error), window)


def _a_passphrase(window: MainWindow) -> QDialog:
    """After a wrong one."""
    return PassphraseDialog("Bureau de Lévis.imp", StorageError("wrong_key"), window)


def _a_new_passphrase(window: MainWindow) -> QDialog:
    """One that is guessed at once."""
    made = NewPassphraseDialog(window.shell, "set", window)
    for key in (NEW, AGAIN):
        made._lines[key].setText("quebec2024")
    made.estimate()
    return made


def _a_changed_passphrase(window: MainWindow) -> QDialog:
    copy = "2023-12-01_101112345-312-845-import.imp"
    return PassphraseToldDialog(changed_lines("change", (copy,), ()), window)


def _a_locked_window(window: MainWindow) -> QDialog:
    return LockedDialog("Bureau de Lévis.imp", lambda _typed: None, window)


_SERVER = ServerAddress((("registre.bureau.example", 5432),), "imp", "sophie")


def _a_server(window: MainWindow) -> QDialog:
    """After a wrong password, where there is a keyring."""
    error = StorageError("server_refused")
    return OpenServerDialog(_SERVER, window, error=error, has_keyring=True)


def _no_server(window: MainWindow) -> QDialog:
    """The first time, where there is no keyring."""
    return OpenServerDialog(None, window, has_keyring=False)


def _a_slow_server(window: MainWindow) -> QDialog:
    return ReachingDialog(Opening(_SERVER, ""), window)


def _a_locked_server(window: MainWindow) -> QDialog:
    return LockedDialog(_SERVER.told, lambda _typed: None, window, on_server=True)


def _import(step: int, list_name: str = "messy-2023.xlsx") -> Callable[[MainWindow], QWidget]:
    """Opens a step of the import of a list; the summary is of an import that was not done."""

    def open_it(window: MainWindow) -> QWidget:
        page = _imports(window)
        preview = page.flow.preview()
        if preview is None or preview.file_name != list_name:
            page.open_with(ROOT / "tests" / "files" / list_name)
            preview = page.flow.preview()
        page.show_flow()
        if step == import_session.SUMMARY and preview is not None:
            page.flow.summary.show_imported(Imported(ActId(1), preview))
        page.flow.show_step(step)
        return window

    return open_it


def _ambiguous(window: MainWindow) -> QWidget:
    page = _imports(window)
    path = window.shell.office.register_path.with_name("liste-mars.csv")
    path.write_text(
        "Réf. individuelle;Nom;Date de la lettre\nC7654321;Traoré;03/04/2023\n", encoding="utf-8"
    )
    page.open_with(path)
    return window


def _mending(window: MainWindow) -> QWidget:
    """The small window on the country that nobody knows."""
    check = _checked(window).flow.check
    popup = check.mend(*_bad_cell(check, "citizenship"))
    assert popup is not None
    return popup


def _mended(window: MainWindow) -> QWidget:
    """The check after one repair."""
    page = _checked(window)
    sheet = page.flow.preview().sheets[0].parsed.sheet
    page.flow.check.repair_asked.emit(Repair("letter_date", "2023-02-28", sheet, 10))
    return window


def _checked(window: MainWindow) -> ImportsPage:
    _import(import_session.CHECK)(window)
    return _imports_page(window)


def _bad_cell(check: CheckStep, field: str) -> tuple[int, str]:
    assert check.table is not None
    places = check.table.ids()
    shown = ((place, check.table.shown_row(at)) for at, place in enumerate(places))
    return next(place for place, row in shown if row is not None and field in row.marks), field


def _known(window: MainWindow) -> QWidget:
    """The check of a list that the register has."""
    page = _imports(window)
    page.open_with(ROOT / "data" / "demo" / "familles-2024-fr.xlsx")
    page.flow.go_on()
    page.flow.go_on()
    return window


def _by_hand(window: MainWindow) -> QWidget:
    """A file in which no list was recognised."""
    page = _imports(window)
    path = window.shell.office.register_path.with_name("envois.csv")
    rows = ("Clé;Qui;Prénom;Envoi postal", "C7654321;Traoré;Awa;2023-09-13",
            "C7654322;Diop;Aya;2023-09-14")  # fmt: skip
    path.write_text("\n".join(rows), encoding="utf-8")
    page.open_with(path)
    page.flow.go_on()
    return window


def _compared(window: MainWindow) -> QWidget:
    """A list against the last one, with one of each kind of difference."""
    page = _checked(window)
    preview = page.flow.preview()
    assert preview is not None
    first, second = preview.sheets[0].rows[:2]
    changes = (
        Difference("citizenship", "MLI", "MAR"),
        Difference("passport_expiry", date(2025, 4, 1), date(2032, 4, 1)),
    )
    changed = ChangedRow(first.sheet, first.row, 1, "Moreau, Chloé", changes)
    gone = Gone(1, "Nguyễn, Văn Đức", "C1070053")
    at = datetime(2024, 10, 3, 15, tzinfo=UTC)
    compared = Comparison(
        1, "liste-octobre.xlsx", at, ((second.sheet, second.row),), (changed,), (gone,)
    )
    return ComparedDialog(preview, compared, window)


def _review(window: MainWindow) -> QWidget:
    _imports(window).open_with("review")
    return window


def _imports_page(window: MainWindow) -> ImportsPage:
    page = window.open_page("imports")
    assert isinstance(page, ImportsPage)
    return page


def _imports(window: MainWindow) -> ImportsPage:
    page = _imports_page(window)
    page.show_history()
    return page


def _quota(section: str) -> Callable[[MainWindow], QWidget]:
    """Opens a section of the quota page."""

    def open_it(window: MainWindow) -> QWidget:
        page = window.open_page("quota")
        assert isinstance(page, QuotaPage)
        page.show_section(section)
        return window

    return open_it


def _somebody(window: MainWindow, status: PersonStatus) -> int:
    """The first person of the demo with a status."""
    wanted = people.PeopleFilter(status=status)
    return people.ids(window.shell.office, wanted)[0]


def _application(window: MainWindow, state: ApplicationState) -> int:
    """The first application of the demo in a state."""
    wanted = applications.ApplicationFilter(state=state, family=False)
    return applications.ids(window.shell.office, wanted)[0]


def _met() -> list[Meeting]:
    """What two desks have changed in one file: a number, a decision, a note."""
    at = datetime(2026, 11, 30, 19, 2, tzinfo=UTC)
    by = partial(Meeting, act=7, who="M. Roy", at=at)
    first = "Called: the receipt is on its way, and the passport will be renewed before winter."
    now = "Called back: the receipt has come. The passport is renewed, the copy comes by mail."
    return [
        by("person", 1, "phone", "514 555-0100", "514 555-0101", "438 555-0199"),
        by("application", 1, "outcome", None, "refused", "approved"),
        by("application", 1, "decided_on", None, "2026-11-27", "2026-11-26"),
        by("note", 1, "text", first, now, f"{first} They ask for a letter in French."),
    ]


def _two(window: MainWindow) -> tuple[int, int]:
    """Two files of the demo that say different things."""
    found = people.ids(window.shell.office, people.PeopleFilter(status=PersonStatus.PERMIT))
    return found[0], found[1]


def _two_people(window: MainWindow) -> QWidget:
    """Two files of the list chosen at once."""
    made = window.open_page("people")
    assert isinstance(made, PeoplePage)
    made.open_with(_two(window))
    made.table.selectAll()
    return window


def _settings(window: MainWindow) -> QDialog:
    pages = [(key, _(ENTRIES[key].title)) for key in window.page_keys()]
    return SettingsDialog(window.shell.settings, pages, window, str)


def _a_figure(
    kind: type[FigureDialog] | type[LookedUpDialog],
) -> Callable[[MainWindow], QDialog]:
    """A dialog on a fee of which one amount follows another."""

    def open_it(window: MainWindow) -> QDialog:
        office = window.shell.office
        listed = figures.listed(office)
        figure = next(one for one in listed if one.name == "fee_restoration_worker")
        if kind is LookedUpDialog:
            return LookedUpDialog(office, [figure], window)
        return FigureDialog(office, figure, window)

    return open_it


_FIGURES = """
[file]
format = 1
name = "Frais d’IRCC, décembre 2024"
issued = 2024-11-15
[[figures]]
figure = "fee_processing"
value = "165.00"
from = 2024-12-01
source = "Liste des frais d’IRCC"
[[figures]]
figure = "clock_biometrics"
value = 45
from = 2024-12-01
source = "Page d’IRCC sur les données biométriques"
[[countries]]
country = "MAR"
requirement = "eta"
from = 2025-01-01
source = "Avis d’IRCC"
"""


def _a_figure_file(window: MainWindow) -> QDialog:
    """A file that nobody has signed, with whom it touches."""
    path = window.shell.office.register_path.with_name("figures.toml")
    path.write_text(_FIGURES, encoding="utf-8")
    made = FigureFileDialog(window.shell, read_figures(window.shell.office, path), window)
    while window.shell.tasks.is_busy():
        QApplication.processEvents()
    return made


PROGRAMME = ROOT / "tests" / "files" / "programmes" / "north_pilot.toml"


def _welcome(window: MainWindow) -> QDialog:
    return WelcomeDialog(Welcome(Begin.OWN, i18n.current_language(), "Sophie Gagnon"), window)


def _entry_rules(window: MainWindow) -> QWidget:
    window.open_page("routes", "entry")
    return window


def _programmes(window: MainWindow) -> QWidget:
    window.open_page("routes", "programmes:imp_plus")
    return window


def _programme_board(window: MainWindow) -> QWidget:
    """The third programme, with those who may qualify."""
    office = window.shell.office
    library.take(office, PROGRAMME.read_bytes())
    person = _two(window)[0]
    details = RouteDetails(
        "north_pilot", RouteState.CONSIDERED, invited_on=office.clock.today() - timedelta(days=20)
    )
    routes.save(office, person, None, details)
    page = window.open_page("routes", "programmes:north_pilot")
    assert isinstance(page, RoutesPage)
    page.board.whom.choose("everybody")
    while window.shell.tasks.is_busy():
        QApplication.processEvents()
    page.board.table.select_id(person)
    return window


def _duplicates(window: MainWindow) -> QDialog:
    left, right = _two(window)
    pair = LikelyPair(
        PersonId(left), PersonId(right), "Nguyễn, Thị Ánh", "Nguyen, Thi Anh", 85,
        ("name_same", "birth_same"),
    )  # fmt: skip
    return DuplicatesDialog([pair], window)


def _a_member(window: MainWindow) -> int:
    return family.ids(window.shell.office, family.MemberFilter())[0]


def an_unfolded_person(window: MainWindow) -> QWidget:
    """Somebody with a permit, with the details of the file in view."""
    made = window.open_page("people")
    assert isinstance(made, PeoplePage)
    made.open_with(_somebody(window, PersonStatus.PERMIT))
    for key in ("applications", "letters", "residences", "history"):
        made.panel.open_section(key)
    return window


def a_followed_application(window: MainWindow) -> QWidget:
    """Somebody of whom IRCC has asked something, with requests, portal and permits in view."""
    made = window.open_page("people")
    assert isinstance(made, PeoplePage)
    office = window.shell.office
    found = (f for f in people.files(office, people.ids(office, people.PeopleFilter())))
    made.open_with(next(f.person.id for f in found if f.requests and len(f.portal_lines) > 2))
    for key in ("requests", "portal", "work"):
        made.panel.open_section(key)
    return window


def _a_deadline(window: MainWindow) -> DeadlineRow:
    office = window.shell.office
    return deadlines.rows(office, deadlines.ids(office, deadlines.DeadlineFilter())[:1])[0]


def _a_permit(window: MainWindow) -> int:
    return permits.ids(window.shell.office, permits.PermitFilter())[0]


def an_unfolded_block(key: str) -> Callable[[MainWindow], QWidget]:
    """The principal of a family that has applied, with one block of the file in view."""

    def open_it(window: MainWindow) -> QWidget:
        made = window.open_page("people")
        assert isinstance(made, PeoplePage)
        office = window.shell.office
        filed = applications.ids(office, applications.ApplicationFilter(family=True))
        made.open_with(person_file.application_of(office, filed[0]).person_id)
        made.panel.collapse()
        made.panel.open_section(key)
        return window

    return open_it


def a_person_explained(window: MainWindow) -> QWidget:
    """Somebody who waits, with every rule, its source and what sets the last safe day."""
    made = window.open_page("people")
    assert isinstance(made, PeoplePage)
    made.open_with(_somebody(window, PersonStatus.INVITED))
    made.panel.collapse()
    made.panel.explain()
    return window


def _a_history(office: Office, person: int, parent: QWidget) -> QDialog:
    return FieldHistoryDialog(office, person, "family_name", parent)


def _a_letter_to_many(window: MainWindow) -> QDialog:
    some = tuple(people.ids(window.shell.office, people.PeopleFilter())[:12])
    return WriteLettersDialog(window.shell, some, window)


def _a_named_template(window: MainWindow) -> QDialog:
    named = Named("Relance", "fr")
    return TemplateDialog(_("Add a template"), _("Add the template"), window, named)


def person_dialog(
    make: Callable[..., QDialog], status: PersonStatus = PersonStatus.INVITED
) -> Callable[[MainWindow], QWidget]:
    """A dialog about the first person with a status."""
    return dialog(lambda w: make(w.shell.office, _somebody(w, status), parent=w))


def application_dialog(
    make: Callable[..., QDialog], state: ApplicationState
) -> Callable[[MainWindow], QWidget]:
    """A dialog about the first application in a state."""
    return dialog(lambda w: make(w.shell.office, _application(w, state), parent=w))


def _year(window: MainWindow) -> int:
    return window.shell.today().year


def _past_people(window: MainWindow) -> QWidget:
    """The people as they were half a year ago."""
    page = window.open_page("people")
    assert isinstance(page, PeoplePage)
    page.past.make(window.shell.today() - timedelta(days=180))
    return window


def _past_year(known: str) -> Callable[[MainWindow], QWidget]:
    """The board of half a year ago, by what is known of it now or was then."""

    def open_it(window: MainWindow) -> QWidget:
        page = window.open_page("quota")
        assert isinstance(page, QuotaPage)
        page.show_section("board")
        page.past.show_day(window.shell.today() - timedelta(days=180))
        page.past.known.choose(known)
        return window

    return open_it


def _damaged(window: MainWindow) -> QDialog:
    """A register that is damaged, with its copies."""
    error = StorageError("damaged")
    return DamagedDialog(_with_copies(), error, None, window.shell.settings, window, begins=True)


def _choose_copy(window: MainWindow) -> QDialog:
    return ChooseCopyDialog(_with_copies(), window.shell.settings, window)


def _with_copies() -> Path:
    """A file with a proven copy, one not looked through and a faulty one."""
    folder = Path(tempfile.mkdtemp())
    path = folder / "Bureau.imp"
    path.write_bytes(bytes(4096))
    copies = folder / "Bureau.copies"
    copies.mkdir()
    noted = {}
    for days, count, fault in ((0, 312, None), (1, 311, ""), (9, 290, "copy_damaged")):
        made = datetime.now(UTC) - timedelta(days=days, hours=3)
        copy = copies / copy_files.name_for(made, count, count * 4, "day")
        copy.write_bytes(bytes(100))
        os.utime(copy, (made.timestamp(),) * 2)
        if fault is not None:
            noted[copy.name] = {
                "at": made.isoformat(), "size": 100, "people": count, "acts": count * 4,
                "head": "", "fault": fault,
            }  # fmt: skip
    (copies / "proven.json").write_text(json.dumps(noted), "utf-8")
    return path


def _as_of(window: MainWindow) -> QDialog:
    page = window.open_page("people")
    assert isinstance(page, PeoplePage)
    page.back_to_today()
    return page.asking_day()


def find(text: str) -> Callable[[MainWindow], QWidget]:
    """The box that finds anything, over the people, with something typed."""

    def open_it(window: MainWindow) -> QWidget:
        window.open_page("people")
        window.find_anything()
        window.finding.box.edit.setText(text)
        return window

    return open_it


SCREENS: tuple[Screen, ...] = (
    Screen("find", find("")),
    Screen("find-found", find("khoury 1979")),
    Screen("find-meant", find("shraibi")),
    *(
        Screen(key, page(key))
        for key in (
            "overview",
            "people",
            "applications",
            "permits",
            "family",
            "deadlines",
            "quota",
            "routes",
            "imports",
            "bin",
        )
    ),
    Screen("deadlines-month", agenda_face("month")),
    Screen("permits-ending", lambda w: w.open_page("permits", "ending")),
    Screen("deadlines-week", agenda_face("week")),
    Screen("imports-1-file", _import(import_session.FILE, "families-2024.xlsx")),
    Screen("imports-1-dates", _ambiguous),
    Screen("imports-2-columns", _import(import_session.COLUMNS)),
    Screen("imports-3-check", _import(import_session.CHECK)),
    Screen("imports-4-summary", _import(import_session.SUMMARY)),
    Screen("imports-mend", _mending),
    Screen("imports-mended", _mended),
    Screen("imports-by-hand", _by_hand),
    Screen("imports-known", _known),
    Screen("dialog-compared", _compared),
    Screen(
        "dialog-origins",
        dialog(lambda w: OriginsDialog(w.shell.office, _somebody(w, PersonStatus.PERMIT), w)),
    ),
    Screen("imports-review", _review),
    Screen("empty-overview", page("overview"), empty=True),
    Screen("empty-people", page("people"), empty=True),
    Screen("empty-imports", page("imports"), empty=True),
    Screen("people-unfolded", an_unfolded_person),
    Screen("people-why", a_person_explained),
    Screen("people-family", an_unfolded_block("family")),
    Screen("people-documents", an_unfolded_block("documents")),
    Screen("people-fees", an_unfolded_block("fees")),
    Screen("dialog-payment", person_dialog(PaymentDialog, PersonStatus.PERMIT)),
    Screen("dialog-person-add", dialog(lambda w: PersonDialog(w.shell.office, parent=w))),
    Screen("dialog-person", person_dialog(PersonDialog)),
    Screen("dialog-letter", person_dialog(LetterDialog)),
    Screen("dialog-write-letters", dialog(_a_letter_to_many)),
    Screen("dialog-letter-templates", dialog(lambda w: LetterTemplatesDialog(w.shell, w))),
    Screen("dialog-retention", dialog(_what_is_due)),
    Screen("dialog-erase", dialog(_an_erasure)),
    Screen("dialog-hold", dialog(lambda w: HoldDialog(w.shell.office, 1, "Tremblay, Marie", w))),
    Screen("dialog-incidents", dialog(lambda w: IncidentsDialog(w.shell, w))),
    Screen("dialog-incident", dialog(lambda w: IncidentDialog(w.shell.office, None, w))),
    Screen("dialog-privacy-desk", dialog(lambda w: DeskDialog(w.shell.office, w))),
    Screen("dialog-letterhead", dialog(lambda w: LetterheadDialog(w.shell.office, w))),
    Screen("dialog-template", dialog(_a_named_template)),
    Screen("dialog-residence", person_dialog(ResidenceDialog)),
    Screen("dialog-passport", person_dialog(PassportDialog)),
    Screen("dialog-wording", application_dialog(WordingDialog, ApplicationState.RECEIVED)),
    Screen("dialog-documents", person_dialog(DocumentsDialog)),
    Screen("dialog-note", person_dialog(NoteDialog)),
    Screen("people-past", _past_people),
    Screen("quota-past", _past_year("now")),
    Screen("quota-past-then", _past_year("then")),
    Screen("dialog-damaged", dialog(_damaged)),
    Screen("dialog-choose-copy", dialog(_choose_copy)),
    Screen("dialog-as-of", dialog(_as_of)),
    Screen("dialog-past-file", person_dialog(PastFileDialog)),
    Screen("dialog-field-history", person_dialog(_a_history)),
    Screen("dialog-remove-file", person_dialog(RemoveFileDialog)),
    Screen("dialog-arrival", person_dialog(ArrivalDialog, PersonStatus.PERMIT)),
    Screen(
        "dialog-member-arrival",
        dialog(lambda w: MemberArrivalDialog(w.shell.office, _a_member(w), w)),
    ),
    Screen("dialog-refund", application_dialog(RefundDialog, ApplicationState.RECEIVED)),
    Screen("dialog-passphrase", dialog(_a_passphrase)),
    Screen("dialog-passphrase-new", dialog(_a_new_passphrase)),
    Screen("dialog-passphrase-told", dialog(_a_changed_passphrase)),
    Screen("dialog-locked", dialog(_a_locked_window)),
    Screen("dialog-receive", person_dialog(ReceiveDialog)),
    Screen("dialog-extension", person_dialog(ReceiveDialog, PersonStatus.PERMIT)),
    Screen("dialog-decide", application_dialog(DecideDialog, ApplicationState.RECEIVED)),
    Screen("dialog-permit", application_dialog(PermitDialog, ApplicationState.APPROVED)),
    Screen("dialog-correct", application_dialog(CorrectDialog, ApplicationState.APPROVED)),
    Screen(
        "dialog-remove-permit",
        dialog(lambda w: RemovePermitDialog(w.shell.office, _a_permit(w), w)),
    ),
    Screen("dialog-number", application_dialog(NumberDialog, ApplicationState.RECEIVED)),
    Screen("dialog-member", person_dialog(MemberDialog, PersonStatus.PERMIT)),
    Screen(
        "dialog-member-receive",
        dialog(lambda w: MemberReceiveDialog(w.shell.office, _a_member(w), w)),
    ),
    Screen("people-path", a_followed_application),
    Screen("dialog-prepare", person_dialog(PrepareDialog)),
    Screen("dialog-state", application_dialog(StateDialog, ApplicationState.DRAFT)),
    Screen(
        "dialog-request",
        dialog(
            lambda w: RequestDialog(w.shell.office, _somebody(w, PersonStatus.APPLIED), None, w)
        ),
    ),
    Screen("dialog-pr-stage", person_dialog(PrStageDialog, PersonStatus.PERMIT)),
    Screen("dialog-portal", application_dialog(PortalDialog, ApplicationState.IN_PROCESS)),
    Screen("dialog-work", person_dialog(WorkDialog, PersonStatus.PERMIT)),
    Screen(
        "dialog-conditions",
        dialog(lambda w: PermitConditionsDialog(w.shell.office, _a_permit(w), w)),
    ),
    Screen(
        "dialog-deadline",
        dialog(lambda w: MoveDeadlineDialog(w.shell.office, _a_deadline(w), parent=w)),
    ),
    Screen("dialog-calendar", dialog(lambda w: CalendarDialog(42, w))),
    Screen("routes-entry", _entry_rules),
    Screen("routes-programmes", _programmes),
    Screen("routes-programme", _programme_board),
    Screen("people-two", _two_people),
    Screen("dialog-contact", person_dialog(ContactDialog)),
    Screen("dialog-rename", person_dialog(RenameDialog)),
    Screen("dialog-route", person_dialog(OtherRouteDialog)),
    Screen("dialog-clerk", dialog(lambda w: ClerkDialog(w.shell.office, _two(w)[0], w))),
    *(Screen(f"dialog-many-{name}", dialog(made)) for name, made in SHEETS.items()),
    Screen("dialog-meeting", dialog(lambda w: MeetingDialog(_met(), w))),
    Screen("dialog-merge", dialog(lambda w: MergeDialog(w.shell.office, *_two(w), parent=w))),
    Screen("dialog-duplicates", dialog(_duplicates)),
    Screen("dialog-journal", dialog(lambda window: JournalDialog(window.shell, window))),
    Screen("dialog-entry", dialog(lambda w: EntryRuleDialog(w.shell.office, w))),
    Screen("quota-overcap", _quota("overcap")),
    Screen("quota-reports", _quota("reports")),
    Screen("quota-pivot", _quota("pivot")),
    Screen("dialog-switch", dialog(lambda w: SwitchDialog(w.shell.office, _year(w), w))),
    Screen("dialog-window", dialog(lambda w: WindowDialog(w.shell.office, w))),
    Screen("dialog-cap", dialog(lambda w: CapDialog(w.shell.office, _year(w), w))),
    Screen("dialog-year-archive", dialog(lambda w: YearArchiveDialog(w.shell.office, w))),
    Screen("dialog-try-year", dialog(lambda w: TryYearDialog(w.shell.office, _year(w), w))),
    Screen("dialog-official", dialog(lambda w: OfficialDialog(w.shell.office, _year(w), w))),
    Screen("dialog-guide", dialog(GuideDialog)),
    Screen("dialog-shortcuts", dialog(lambda w: ShortcutsDialog(ACTIONS, w))),
    Screen("dialog-settings", dialog(_settings)),
    Screen("dialog-copies", dialog(lambda w: CopiesDialog(w.shell, w))),
    Screen("dialog-health", dialog(lambda w: HealthDialog(w.shell, w.menu_actions.action, w))),
    Screen("dialog-server", dialog(_no_server)),
    Screen("dialog-server-refused", dialog(_a_server)),
    Screen("dialog-server-slow", dialog(_a_slow_server)),
    Screen("dialog-server-locked", dialog(_a_locked_server)),
    Screen("dialog-server-copies", dialog(lambda w: ServerCopiesDialog(w.shell, w))),
    Screen("dialog-snapshot", dialog(lambda w: taking_along.asking(w.shell.office, w))),
    Screen("dialog-verify", dialog(lambda w: VerifyDialog(w.shell, w))),
    Screen("dialog-verified", dialog(_verified)),
    Screen("dialog-welcome", dialog(_welcome)),
    Screen("dialog-tour", dialog(TourDialog)),
    Screen("dialog-about", dialog(AboutDialog)),
    Screen("dialog-licences", dialog(LicencesDialog)),
    Screen("dialog-figures", dialog(lambda w: FiguresDialog(w.shell, w))),
    Screen("dialog-figure", dialog(_a_figure(FigureDialog))),
    Screen("dialog-figure-unchanged", dialog(_a_figure(LookedUpDialog))),
    Screen("dialog-holidays", dialog(lambda w: HolidaysDialog(w.shell, w))),
    Screen("dialog-office-day", dialog(lambda w: OfficeDayDialog(w.shell.office, w))),
    Screen("dialog-figure-file", dialog(_a_figure_file)),
    Screen("dialog-support", dialog(lambda w: SupportDialog(w.shell, w))),
    Screen("dialog-crash", dialog(_a_crash)),
)


def main(argv: list[str]) -> int:
    """Make the demo once, then draw each language in a process of its own."""
    options = _options(argv)
    folder = Path(options.folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="imp-plus-gallery-") as scratch:
        home = Path(scratch)
        os.environ["IMP_PLUS_HOME"] = str(home)
        i18n.use("fr")
        made = demo.make_demo(open_on, home / "demo")
        environment = {**os.environ, "QT_SCALE_FACTOR": str(options.scale / 100)}
        if os.environ["QT_QPA_PLATFORM"] == "offscreen":
            environment["QT_QPA_PLATFORM"] = f"offscreen:configfile={_a_screen(home, options)}"
        children = []
        for language in options.languages:
            register = home / language / "Bureau de Lévis.imp"
            register.parent.mkdir()
            shutil.copy(made.path, register)
            command = [sys.executable, __file__, str(folder), "--scale", str(options.scale)]
            command += ["--size", "{}x{}".format(*options.size)]
            command += ["--themes", *options.themes, "--draw", language, str(register)]
            command += ["--only", *options.only] if options.only else []
            own = {**environment, "IMP_PLUS_HOME": str(register.parent)}
            children.append(subprocess.Popen(command, env=own))
        codes = [child.wait() for child in children]
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    return max(codes)


def _a_screen(folder: Path, options: argparse.Namespace) -> Path:
    """A screen of the size of the pictures: dialogs make themselves as large as theirs allows."""
    width, height = (side * options.scale // 100 for side in options.size)
    screen = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height}
    told = folder / "screen.json"
    told.write_text(json.dumps({"screens": [screen | {"logicalDpi": 96, "dpr": 1}]}))
    return told


def open_on(path: Path, day: date) -> Office:
    """A register as it is opened on a day."""
    return open_office(path, today=day)


def draw(
    folder: Path,
    language: str,
    register: Path,
    scale: int,
    size: tuple[int, int],
    themes: Sequence[str] = THEMES,
    only: Sequence[str] = (),
) -> int:
    """Every screen in one language and the themes; 1 where one does not fit the size."""
    keep_singletons()
    app = QApplication([])
    i18n.use(language)
    mark = "" if scale == 100 else f"@{scale}"
    code = 0
    for empty in (False, True):
        path = register.with_name("vide.imp") if empty else register
        office = open_office(path, today=demo.DEMO_DAY)
        theme.apply(app, "light")
        window = MainWindow(office, inline_tasks=True)
        window.resize(*inside(size))
        window.show()
        for mode in themes:
            window.set_theme(mode, keep=False)
            for screen in SCREENS:
                if only and screen.name not in only:
                    continue
                if screen.empty is empty and _has(window, screen):
                    name = f"{language}-{mode}-{screen.name}{mark}.png"
                    for misfit in _take(app, window, screen, folder / name, size):
                        print(f"{language}-{mode}-{screen.name}: {misfit}", file=sys.stderr)
                        code = NO_ROOM
        window.close()
        office.close()
    return code


def inside(size: tuple[int, int]) -> tuple[int, int]:
    """What a title bar leaves of a small screen; the usual pictures have none."""
    return size if size == SIZE else (size[0], size[1] - TITLE_BAR)


def _has(window: MainWindow, screen: Screen) -> bool:
    key = screen.name.removeprefix("empty-")
    return screen.name.startswith("dialog-") or key.partition("-")[0] in window.page_keys()


def _take(
    app: QApplication, window: MainWindow, screen: Screen, path: Path, size: tuple[int, int]
) -> list[str]:
    """Picture a screen; what of it does not fit."""
    window.resize(*inside(size))  # one page must not leave the next one wider
    shown = screen.open(window)
    # Labels that wrap settle in a second pass of the layout.
    for _pass in range(6):
        app.processEvents()
    shown.grab().save(str(path), "PNG", 75)  # packed less tightly, in half the time
    found = misfits(shown, *inside(size))
    if shown is not window:
        shown.close()
        shown.deleteLater()
    return found


def _size(text: str) -> tuple[int, int]:
    width, _x, height = text.partition("x")
    return int(width), int(height)


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="gallery.py")
    parser.add_argument("folder")
    parser.add_argument("--scale", type=int, default=100, metavar="PERCENT")
    parser.add_argument("--size", type=_size, default=SIZE, metavar="WIDTHxHEIGHT")
    parser.add_argument("--themes", nargs="+", choices=THEMES, default=THEMES)
    parser.add_argument("--languages", nargs="+", default=i18n.available(), metavar="CODE")
    parser.add_argument("--only", nargs="+", default=(), metavar="SCREEN")
    parser.add_argument("--draw", nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


if __name__ == "__main__":
    chosen = _options(sys.argv[1:])
    if chosen.draw:
        language_, register_ = chosen.draw
        folder_, register_ = Path(chosen.folder), Path(register_)
        size_, only_ = chosen.size, chosen.only
        sys.exit(draw(folder_, language_, register_, chosen.scale, size_, chosen.themes, only_))
    sys.exit(main(sys.argv[1:]))
