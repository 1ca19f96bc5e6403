# SPDX-License-Identifier: Apache-2.0
"""The window on a register on a server: opened, remembered, locked, lost and found again."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import office_builders as build
import pytest
import servers
from line_proxy import Proxy
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
)
from pytestqt.qtbot import QtBot
from server_users import Kept, let_in, office_database
from servers import Cluster

from imp_plus_desktop import paths
from imp_plus_desktop.bootstrap import on_server, open_office
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.services.copies import copy_process, health, of_server
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.servers import moving, passwords
from imp_plus_desktop.services.servers.places import ServerAddress
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.storage.engines.postgresql.connection import ServerDatabase
from imp_plus_desktop.ui.bars.keeping import KeepingBar
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.care.server_copies import ServerCopiesDialog
from imp_plus_desktop.ui.dialogs.dialog import Dialog
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.secrecy.chosen_passphrase import ChosenPassphraseDialog
from imp_plus_desktop.ui.dialogs.secrecy.locked import LockedDialog
from imp_plus_desktop.ui.dialogs.servers.open_server import OpenServerDialog
from imp_plus_desktop.ui.dialogs.servers.reaching import ReachingDialog
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.paper import printing
from imp_plus_desktop.ui.search.command_rows import matching
from imp_plus_desktop.ui.shell.sole_window import SoleWindow
from imp_plus_desktop.ui.window import app
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.new_registers import new_office
from tests.ui.helpers import assert_accessible, cut_labels, type_text
from tests.ui.person_fixtures import texts

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))

D = TypeVar("D", bound=Dialog[object])
ANNE, BORIS = "desk_anne", "desk_boris"
SECRET, OTHER = "Sapin bleu, lune 7", "autre secret 22"


@pytest.fixture(scope="module")
def cluster() -> Cluster:
    return servers.a_cluster()


@pytest.fixture
def database(cluster: Cluster) -> str:
    made = office_database(cluster, "imp_window")
    let_in(cluster, made, ANNE, SECRET, Role.LEAD)
    let_in(cluster, made, BORIS, OTHER, Role.CLERK)
    return made


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv(paths.HOME_VARIABLE, str(folder))
    for name in ("PGPASSWORD", "PGPASSFILE"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def keyring() -> Iterator[Kept]:
    made = Kept()
    passwords.use(made)
    yield made
    passwords.use(None)


@pytest.fixture
def anne(cluster: Cluster, database: str, home: Path) -> Iterator[Office]:
    address = cluster.address(database, ANNE)
    made = open_office(address, today=build.TODAY, password=SECRET)
    yield made
    made.close()


@pytest.fixture
def boris(cluster: Cluster, database: str, home: Path) -> Iterator[Office]:
    made = open_office(cluster.address(database, BORIS), today=build.TODAY, password=OTHER)
    yield made
    made.close()


def shown(qtbot: QtBot, office: Office) -> MainWindow:
    window = MainWindow(office)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window


def asked(qtbot: QtBot, kind: type[D], do: Callable[[D], None], ask: Callable[[], object]) -> None:
    """Do what a dialog waits in, and answer the dialog once it is there."""
    failed: list[BaseException] = []

    def answer() -> None:
        found = QApplication.activeModalWidget()
        if not isinstance(found, kind):
            QTimer.singleShot(20, answer)
            return
        try:
            do(found)
        except BaseException as error:
            failed.append(error)
            found.done(0)

    QTimer.singleShot(0, answer)
    ask()
    if failed:
        raise failed[0]


def fill(dialog: OpenServerDialog, **values: str) -> None:
    for key, text in values.items():
        field = dialog.form.field(key)
        assert isinstance(field, QLineEdit)
        field.clear()
        type_text(field, text)


def ok(dialog: Dialog[object]) -> QPushButton:
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    return next(
        made
        for made in box.buttons()
        if box.buttonRole(made) == QDialogButtonBox.ButtonRole.AcceptRole
        and isinstance(made, QPushButton)
    )


def host_of(cluster: Cluster) -> str:
    return f"127.0.0.1:{cluster.port}"


def test_the_offices_register_is_opened_and_a_failure_keeps_what_was_typed(
    qtbot: QtBot, cluster: Cluster, database: str, home: Path, keyring: Kept, office: Office
) -> None:
    window = shown(qtbot, office)
    said: list[str] = []

    def answer(dialog: OpenServerDialog) -> None:
        assert not ok(dialog).isEnabled()
        fill(dialog, host="127.0.0.1:1", database="none_such", user=ANNE, password="x" + SECRET)
        for key in ("host", "database", "password"):
            qtbot.mouseClick(ok(dialog), Qt.MouseButton.LeftButton)
            said.append(dialog.form.finding(key))
            if key == "host":
                fill(dialog, host=host_of(cluster))
                cluster.sql(f"ALTER ROLE {ANNE} PASSWORD 'x{SECRET}'")
            elif key == "database":
                fill(dialog, database=database)
                cluster.sql(f"ALTER ROLE {ANNE} PASSWORD '{SECRET}'")
            assert dialog.form.values() | {"password": ""} == {
                "host": host_of(cluster),
                "database": "none_such" if key == "host" else database,
                "user": ANNE,
                "password": "",
                "remember": "no",
                "shown": "no",
            }
            assert cut_labels(dialog) == []
        assert_accessible(dialog)
        fill(dialog, password=SECRET)
        assert dialog.form.finding("password") == ""
        qtbot.mouseClick(ok(dialog), Qt.MouseButton.LeftButton)

    action = window.menu_actions.action("file.open_server")
    asked(qtbot, OpenServerDialog, answer, action.trigger)
    assert "server does not answer" in said[0]
    assert "no register of this name" in said[1]
    assert "does not let this user in" in said[2]
    now = window.shell.office
    assert now.server == cluster.address(database, ANNE)
    assert window.windowTitle() == f"{database} — {host_of(cluster)} – IMP+ Desktop"
    assert window.status.text() == f"Opened {database} — {host_of(cluster)}"
    assert keyring.kept == {}
    now.close()


def test_a_password_is_kept_by_the_keyring_alone(
    qtbot: QtBot, cluster: Cluster, database: str, home: Path, keyring: Kept, office: Office
) -> None:
    window = shown(qtbot, office)
    address = cluster.address(database, ANNE)

    def answer(dialog: OpenServerDialog) -> None:
        qtbot.waitUntil(dialog.remember().isEnabled)
        fill(dialog, host=host_of(cluster), database=database, user=ANNE, password=SECRET)
        dialog.remember().click()
        qtbot.mouseClick(ok(dialog), Qt.MouseButton.LeftButton)

    asked(qtbot, OpenServerDialog, answer, window.menu_actions.action("file.open_server").trigger)
    assert list(keyring.kept) == [(passwords.SERVICE, str(address))]
    window.shell.office.close()
    window.close()
    settings = Settings(paths.settings_file())
    assert settings.last_register == str(address)
    sole = SoleWindow(paths.open_registers_folder())
    again = app._open(None, build.TODAY, settings, sole)
    sole.stay(None)
    assert again is not None
    assert again.server == address
    again.close()
    files = [path for path in home.rglob("*") if path.is_file()]
    assert files
    assert not any(SECRET.encode() in path.read_bytes() for path in files)


def test_a_kept_password_need_not_be_typed_and_goes_where_another_is_not_to_be_kept(
    qtbot: QtBot, cluster: Cluster, database: str, home: Path, keyring: Kept
) -> None:
    address = cluster.address(database, ANNE)
    keyring.set_password(passwords.SERVICE, str(address), SECRET)
    for typed, left in (("", 1), (SECRET, 0)):
        dialog = OpenServerDialog(address)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(dialog.remember().isEnabled)
        fill(dialog, password=typed)
        ok(dialog).click()
        assert dialog.answer is not None
        dialog.answer.office.close()
        assert len(keyring.kept) == left


def test_without_a_keyring_that_is_said_and_the_box_is_grey(
    qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    dialog = OpenServerDialog(None)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "no keyring" in dialog.form.finding("remember"))
    assert not dialog.remember().isEnabled()
    assert cut_labels(dialog) == []
    assert_accessible(dialog)


def test_one_escape_gives_up_whatever_was_typed(qtbot: QtBot, home: Path) -> None:
    """As where a passphrase is asked for."""
    dialog = OpenServerDialog(None, has_keyring=False)
    qtbot.addWidget(dialog)
    dialog.show()
    fill(dialog, host="server.example", database="imp", user=ANNE, password=SECRET)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.answer is None


def test_a_server_that_keeps_silent_is_not_waited_for(qtbot: QtBot, home: Path) -> None:
    """Something takes the connection and says nothing, as a firewall does."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        dialog = OpenServerDialog(None)
        qtbot.addWidget(dialog)
        dialog.show()
        fill(dialog, host=f"127.0.0.1:{silent.getsockname()[1]}", database="imp", user=ANNE)
        begun = time.monotonic()

        def stop(waiting: ReachingDialog) -> None:
            assert "imp — 127.0.0.1" in waiting.findChildren(QLabel)[0].text()
            qtbot.mouseClick(waiting.stop, Qt.MouseButton.LeftButton)

        asked(qtbot, ReachingDialog, stop, ok(dialog).click)
        assert time.monotonic() - begun < 5
        assert dialog.isVisible()
        assert dialog.form.value("database") == "imp"
        assert not dialog.form.has_findings()


def test_recent_registers_are_of_both_kinds(
    qtbot: QtBot, cluster: Cluster, anne: Office, office: Office
) -> None:
    anne.settings.remember_register(anne.place)
    anne.settings.remember_register(office.register_path)
    window = shown(qtbot, anne)
    window._commands.on_register_shown()
    entries = window.menu_actions.menu("recent").actions()
    assert [one.text() for one in entries if one.data()] == [office.register_path.name]
    window.menu_actions.menu("recent").triggered.emit(entries[0])
    assert window.shell.office.server is None
    entries = window.menu_actions.menu("recent").actions()
    assert [one.text() for one in entries if one.data()] == [f"imp_window — {host_of(cluster)}"]
    window.shell.office.close()


def test_what_is_only_of_a_file_is_not_offered_and_the_reason_is(
    qtbot: QtBot, anne: Office
) -> None:
    window = shown(qtbot, anne)
    of_a_file = ["restore", "passphrase.set", "passphrase.key"]
    actions = [window.menu_actions.action(f"file.{name}") for name in of_a_file]
    assert not any(action.isVisible() or action.isEnabled() for action in actions)
    window.menu_actions.action("file.of_server").trigger()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert "each user’s password stands in place of a passphrase" in box.text()
    box.close()
    state, table = window.action_state(), window.menu_actions.table()
    rows = {row.title: row for row in matching(table, ["restore"], state, print)}
    (row,) = [row for title, row in rows.items() if title.startswith("Restore a copy")]
    assert not row.enabled
    assert row.detail == "not for a register on a server"
    items = {item.item: item for item in health.look(anne)}
    assert set(items) == {"checked", "server", "line", "copies", "versions"}
    assert items["copies"].case == "none_named"
    assert items["line"].case == "answers"
    with pytest.raises(StorageError, match="only_of_a_file"):
        copy_process.make(anne, None, _Nobody())


PHRASE = "quatre mots sans aucun lien, 9"


def finding_of(dialog: FormDialog[object], key: str) -> str:
    return dialog.form.finding(key)


def written(dialog: FormDialog[object], **values: str) -> None:
    for key, text in values.items():
        field = dialog.form.field(key)
        assert isinstance(field, QLineEdit)
        field.clear()
        type_text(field, text)


def test_a_snapshot_is_taken_along_and_says_so_on_every_page(
    qtbot: QtBot, boris: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.invite(boris, 1)
    window, path = shown(qtbot, boris), tmp_path / "along.imp"
    monkeypatch.setattr(files, "ask_save", lambda *_asked: path)
    action = window.menu_actions.action("file.take_along")
    assert action.isVisible()
    assert action.isEnabled()

    def choose(dialog: ChosenPassphraseDialog) -> None:
        assert not ok(dialog).isEnabled()
        written(dialog, new="motdepasse", again="motdepasse")
        ok(dialog).click()
        assert dialog.isVisible()
        assert finding_of(dialog, "new")
        written(dialog, new=PHRASE, again="something else")
        ok(dialog).click()
        assert finding_of(dialog, "again")
        written(dialog, new=PHRASE, again=PHRASE)
        assert not cut_labels(dialog)
        assert_accessible(dialog)
        ok(dialog).click()

    asked(qtbot, ChosenPassphraseDialog, choose, action.trigger)
    qtbot.waitUntil(path.exists, timeout=60_000)
    qtbot.waitUntil(lambda: not window.shell.tasks.is_busy(), timeout=10_000)
    assert "Snapshot of November 22, 2023 at" in window.status.text()
    window.close()

    laptop = shown(qtbot, open_office(path, today=build.TODAY, passphrase=PHRASE))
    band = laptop.bands.place
    assert band is not None
    for key in laptop.page_keys():
        laptop.open_page(key)
        assert band.isVisible()
        assert band.words().startswith("▲ Snapshot of November 22, 2023 at ")
        assert band.words().endswith(": to be read only")
    assert not any(button.isVisible() for button in band.buttons())
    laptop.set_language("fr")
    assert band.words().endswith("\u00a0: à lire seulement")
    laptop.set_language("en")
    assert not laptop.menu_actions.action("file.take_along").isVisible()
    laptop.open_page("people")
    laptop.menu_actions.enable(laptop.action_state())
    for name, can in (("file.print", True), ("file.export", False), ("file.import", False)):
        entry = laptop.menu_actions.action(name)
        assert entry.isEnabled() is can, name
        assert ("A snapshot is only read" in entry.toolTip()) is not can, name
    with pytest.raises(StorageError, match=r"^snapshot$"):
        build.invite(laptop.shell.office, 2)
    with pytest.raises(StorageError, match="not_from_snapshot"):
        printing.preview_letters(laptop, "letters", {1: None}, laptop.shell.office, tmp_path)
    paper = laptop.open_page("people").paper()
    assert paper is not None
    pages = printing.writing_pdf(tmp_path / "p.pdf", paper, laptop.shell.office)
    with pytest.raises(StorageError, match="not_from_snapshot"):
        list(pages)
    dated = printing.dated(paper, laptop.shell.office)
    assert dated.subtitle.startswith("Snapshot of November 22, 2023 at")
    laptop.shell.office.close()


def test_the_folder_and_the_passphrase_of_the_copies_are_asked_for_and_a_copy_is_made(
    qtbot: QtBot, cluster: Cluster, database: str, home: Path, keyring: Kept, tmp_path: Path
) -> None:
    let_in(cluster, database, "desk_eve", SECRET, Role.ADMIN)
    eve = open_office(cluster.address(database, "desk_eve"), today=build.TODAY, password=SECRET)
    build.invite(eve, 1)
    window, share = shown(qtbot, eve), tmp_path / "share"
    share.mkdir()

    def name(dialog: ServerCopiesDialog) -> None:
        assert not dialog.copy.isEnabled()
        written(dialog, place=str(tmp_path / "nowhere"), passphrase="", again="")
        ok(dialog).click()
        assert finding_of(dialog, "place")
        written(dialog, place=str(share), passphrase="motdepasse", again="motdepasse")
        ok(dialog).click()
        refused = finding_of(dialog, "passphrase")
        assert refused in [QLabel.text(one) for one in dialog.findChildren(QLabel)], "whole"
        assert any(str(share) in text for text in texts(dialog)), "the folder is named by now"
        written(dialog, passphrase=PHRASE, again=PHRASE)
        assert not cut_labels(dialog)
        assert_accessible(dialog)
        ok(dialog).click()

    action = window.menu_actions.action("file.copies")
    asked(qtbot, ServerCopiesDialog, name, action.trigger)
    assert of_server.folder(eve) == share
    assert PHRASE in keyring.kept.values()

    def copy(dialog: ServerCopiesDialog) -> None:
        dialog.copy.click()
        qtbot.waitUntil(lambda: list(share.rglob("*.imp")) != [], timeout=60_000)
        qtbot.waitUntil(lambda: dialog.copy.isEnabled(), timeout=10_000)
        assert any("Copy made and proven" in text for text in texts(dialog))
        dialog.reject()

    asked(qtbot, ServerCopiesDialog, copy, action.trigger)
    assert of_server.state(eve).proven == 1
    window.shell.office.close()


def test_the_window_makes_the_days_copy_and_shouts_where_one_is_missing(
    qtbot: QtBot, cluster: Cluster, database: str, home: Path, keyring: Kept, tmp_path: Path
) -> None:
    let_in(cluster, database, "desk_eve", SECRET, Role.ADMIN)
    eve = open_office(cluster.address(database, "desk_eve"), today=build.TODAY, password=SECRET)
    build.invite(eve, 1)
    share = tmp_path / "share"
    share.mkdir()
    of_server.set_folder(eve, share)
    of_server.keep_passphrase(eve, PHRASE)
    window = shown(qtbot, eve)
    window.keep_copies()
    qtbot.waitUntil(lambda: of_server.state(eve).proven == 1, timeout=60_000)
    # While one look goes on there is no other.
    qtbot.waitUntil(lambda: not window.shell.keeping.is_busy(), timeout=20_000)
    bar = window.findChild(KeepingBar)
    assert bar is not None
    assert not bar.isVisible()

    (made,) = share.rglob("*.imp")
    long_ago = time.time() - 3 * 86_400
    os.utime(made, (long_ago, long_ago))
    day = time.strftime("%Y-%m-%d", time.localtime(long_ago))
    proven = made.with_name("proven.json")
    older = made.with_name(day + made.name[10:])
    made.rename(older)
    proven.write_text(proven.read_text("utf-8").replace(made.name, older.name), "utf-8")
    of_server.forget_passphrase(eve)
    build.invite(eve, 2)
    keeping = window._keeping
    assert keeping is not None
    keeping.look()
    qtbot.waitUntil(bar.isVisible, timeout=20_000)
    assert bar.words().startswith("▲ No copy of the register was made since ")
    assert "does not know the passphrase" in bar.words()
    window.shell.office.close()


def test_the_window_locks_with_the_password_of_its_user(qtbot: QtBot, anne: Office) -> None:
    build.invite(anne, 1)
    window = shown(qtbot, anne)
    lock = window.menu_actions.action("file.lock")
    assert lock.isEnabled()
    lock.trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, LockedDialog)
    qtbot.waitUntil(lambda: anne.register.is_asleep, timeout=10_000)
    assert anne.register.password == ""
    field = dialog.form.field("passphrase")
    type_text(field, OTHER)
    dialog.accept()
    assert dialog.isVisible()
    assert "does not let this user in" in " ".join(texts(dialog))
    field.clear()
    type_text(field, SECRET)
    dialog.accept()
    qtbot.waitUntil(lambda: not window._commands._locking.is_locked)
    build.invite(anne, 2)
    assert people.count(anne) == 2


def test_what_one_desk_does_shows_on_the_other_within_a_second_and_disturbs_nothing(
    qtbot: QtBot, anne: Office, boris: Office
) -> None:
    for number in range(1, 41):
        build.invite(anne, number)
    window = shown(qtbot, anne)
    page = window.open_page("people")
    assert isinstance(page, PeoplePage)
    page.open_with(people.find(anne, "C1000003"))
    search = page.focus_search() and QApplication.focusWidget()
    assert isinstance(search, QLineEdit)
    type_text(search, "Ami")
    qtbot.wait(1200)
    before = page.current_person()
    people.edit(boris, people.find(boris, "C1000003"), {"family_name": "Zzz"})
    written = time.monotonic()
    qtbot.waitUntil(lambda: "Zzz" in window.status.news())
    qtbot.waitUntil(lambda: page.table.current_row().name.startswith("Zzz"))
    assert time.monotonic() - written < 2
    assert page.current_person() == before
    assert QApplication.focusWidget() is search
    assert search.text() == "Ami"


def test_a_line_that_is_cut_is_said_and_found_again(
    qtbot: QtBot, anne: Office, cluster: Cluster, database: str
) -> None:
    build.invite(anne, 1)
    window = shown(qtbot, anne)
    people_page = window.open_page("people")
    assert isinstance(people_page, PeoplePage)
    qtbot.wait(600)
    cluster.sql(f"ALTER DATABASE {database} ALLOW_CONNECTIONS false")
    cluster.sql(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"
    )
    qtbot.waitUntil(lambda: window.bands.lost is not None and window.bands.lost.isVisible())
    band = window.bands.lost
    assert band is not None
    assert "connection to the server is lost" in band.words()
    assert people_page.table.model().rowCount() == 1
    with pytest.raises(StorageError):
        build.invite(anne, 2)
    assert band.isVisible()
    cluster.sql(f"ALTER DATABASE {database} ALLOW_CONNECTIONS true")
    qtbot.mouseClick(band.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not band.isVisible())
    build.invite(anne, 2)
    window.refresh()
    assert people_page.table.model().rowCount() == 2


def test_while_nobody_gets_through_no_message_comes_over_what_is_typed(
    qtbot: QtBot, anne: Office, cluster: Cluster, database: str
) -> None:
    """A server that refuses new lines fails otherwise than a line that is cut; both are the band’s
    to say, whatever else asks meanwhile."""
    build.invite(anne, 1)
    near = cluster.address(database, ANNE)
    with Proxy(near.hosts[0][1]) as line:
        through = ServerAddress((("127.0.0.1", line.port),), database, ANNE)
        office = open_office(through, today=build.TODAY, password=SECRET)
        window = shown(qtbot, office)
        window.open_page("people")
        qtbot.wait(600)
        line.refuse(True)
        line.cut()
        qtbot.waitUntil(lambda: window.bands.lost is not None and window.bands.lost.isVisible())
        with pytest.raises(StorageError) as told:
            people.find(office, "C1000001")
        assert told.value.code == "server_unreachable"
        window.shell.reporter.report(told.value)
        window.shell.start_aside(lambda _job: people.find(office, "C1000001"), lambda _found: None)
        qtbot.wait(300)
        assert QApplication.activeModalWidget() is None
        assert window.bands.lost is not None
        assert window.bands.lost.isVisible()
        line.refuse(False)
        qtbot.mouseClick(window.bands.lost.button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: window.bands.lost is not None and not window.bands.lost.isVisible())
        window.close()
        office.close()


def test_an_older_server_that_answers_is_the_bands_to_say(
    qtbot: QtBot, anne: Office, cluster: Cluster, database: str
) -> None:
    """Over the line that says that the other one is lost, and without a message."""
    near = cluster.address(database, ANNE)
    with Proxy(near.hosts[0][1]) as line:
        through = ServerAddress((("127.0.0.1", line.port),), database, ANNE)
        office = open_office(through, today=build.TODAY, password=SECRET)
        window = shown(qtbot, office)
        window.open_page("people")
        qtbot.wait(600)
        line.refuse(True)
        line.cut()
        qtbot.waitUntil(lambda: window.bands.lost is not None and window.bands.lost.isVisible())
        band = window.bands.lost
        assert band is not None
        assert "is lost" in band.words()
        db = office.register.db
        assert isinstance(db, ServerDatabase)
        db.seen.note(1_000_000, b"of the server that took its place")
        line.refuse(False)
        qtbot.waitUntil(lambda: "another has taken its place" in band.words())
        assert band.isVisible()
        with pytest.raises(StorageError) as told:
            people.find(office, "C1000001")
        assert told.value.code == "server_older"
        window.shell.reporter.report(told.value)
        qtbot.wait(300)
        assert QApplication.activeModalWidget() is None
        assert cut_labels(band) == []
        window.close()
        office.close()


def test_a_register_that_was_moved_to_a_server_opens_there_from_its_band(
    qtbot: QtBot, cluster: Cluster, database: str, home: Path, keyring: Kept, tmp_path: Path
) -> None:
    office = new_office(tmp_path / "old.imp", build.TODAY)
    build.invite(office, 1)
    address = cluster.address(database, ANNE)
    keyring.set_password(passwords.SERVICE, str(address), SECRET)
    target = on_server(cluster.address(database))
    moving.to_server(office, target, str(address))
    target.close()
    office.close()
    office = open_office(tmp_path / "old.imp", today=build.TODAY)
    window = shown(qtbot, office)
    band = window.bands.place
    assert band is not None
    assert f"moved to {database} — {host_of(cluster)}" in band.words()
    again = band.buttons()[0]
    assert again.text() == "Open it there"
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert window.shell.office.server == address
    assert people.count(window.shell.office) == 1
    assert not band.isVisible()
    window.shell.office.close()


def test_a_server_that_does_not_answer_at_the_start_is_asked_about(
    qtbot: QtBot,
    cluster: Cluster,
    database: str,
    home: Path,
    keyring: Kept,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is tried again, and another one is opened: what was typed is not asked for twice."""
    settings = Settings(paths.settings_file())
    away = ServerAddress((("127.0.0.1", 1),), "bureau", ANNE)
    settings.remember_register(away)
    said, left = list[str](), ["Try again", "Open another register…", "On a server…"]

    def press(box: QMessageBox) -> int:
        said.append(f"{box.text()} {box.informativeText()}")
        name = left.pop(0)
        next(made for made in box.buttons() if made.text() == name).click()
        return 0

    def answer(dialog: OpenServerDialog) -> None:
        assert dialog.form.value("database") == "bureau"
        fill(dialog, host=host_of(cluster), database=database, password=SECRET)
        ok(dialog).click()

    monkeypatch.setattr(QMessageBox, "exec", press)
    sole = SoleWindow(paths.open_registers_folder())
    opened: list[Office | None] = []
    asked(
        qtbot,
        OpenServerDialog,
        answer,
        lambda: opened.append(app._open(None, build.TODAY, settings, sole)),
    )
    sole.stay(None)
    assert left == []
    assert all("bureau — 127.0.0.1:1 cannot be opened" in one for one in said[:2])
    assert "server does not answer" in said[0]
    (office,) = opened
    assert office is not None
    assert office.server == cluster.address(database, ANNE)
    office.close()


class _Nobody:
    """Whom nobody tells how far something is."""

    def step(self, done: int, total: int) -> None:
        return None
