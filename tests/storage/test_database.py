# SPDX-License-Identifier: Apache-2.0
"""A register is made by its migrations, and what is not a sound register is refused untouched."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from office_builders import invite, receive
from openpyxl import Workbook
from sqlcipher3 import dbapi2 as driver
from tampering import columns_of as columns_in
from tampering import references_of, tables_of

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.archive.archive import ArchivedRow
from imp_plus_desktop.storage.engines.sqlite import connection, opening
from imp_plus_desktop.storage.files import synced_folders
from imp_plus_desktop.storage.journal.journal import ChangeRecord
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.migrations.steps import APPLICATION_ID, LATEST
from imp_plus_desktop.storage.tables import schema
from imp_plus_desktop.storage.tables.columns import Table, columns_of
from imp_plus_desktop.storage.tables.records import RECORDS, ChangeTable, SourceRowTable

PAGE = 4096


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(StorageError) as caught:
        call()
    return caught.value.code


def a_database(path: Path, *statements: str) -> Path:
    connection = driver.connect(str(path))
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A register with someone in it, closed."""
    path = tmp_path / "made.imp"
    office = open_office(path, today=date(2023, 11, 22))
    invite(office)
    office.close()
    return path


@pytest.mark.of_a_file("the settings of a file")
def test_a_new_register_is_made_by_the_migrations(register: Register) -> None:
    db = register.db
    assert db.execute_sql("PRAGMA user_version").fetchone()[0] == LATEST
    assert db.execute_sql("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert db.execute_sql("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert db.execute_sql("PRAGMA foreign_keys").fetchone()[0] == 1
    assert db.execute_sql("PRAGMA synchronous").fetchone()[0] == 2
    assert db.execute_sql("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_each_model_has_the_columns_of_its_table(register: Register) -> None:
    for name, model in schema.ENTITIES.items():
        assert model._meta.table_name == name
        assert set(columns_in(register.db, name)) == set(schema.COLUMNS[name]), name


@pytest.mark.parametrize("model", [*schema.ENTITIES.values(), *RECORDS], ids=lambda m: m.__name__)
def test_each_model_knows_what_may_be_empty_in_its_table(
    register: Register, model: type[Table]
) -> None:
    """The orders of lists ask the models where to say what comes of what is empty."""
    stored = columns_in(register.db, model._meta.table_name)
    known = {name: field.null for name, field in model._meta.columns.items()}
    assert known == stored
    assert set(columns_of(model)) == set(stored)


def test_each_table_has_a_model(register: Register) -> None:
    models = (*schema.ENTITIES.values(), *RECORDS)
    assert set(tables_of(register.db)) == {model._meta.table_name for model in models}


def test_what_is_written_by_its_own_record_fills_each_column_of_its_table() -> None:
    assert {"id", "act_id", "salt", "digest", *ChangeRecord._fields} == set(columns_of(ChangeTable))
    assert columns_of(SourceRowTable) == ("act_id", "sheet", *ArchivedRow._fields, "cells")


def test_every_reference_to_a_row_is_known_as_a_child(register: Register) -> None:
    """Undo asks CHILDREN before it removes a row: a forgotten one would be an SQL error."""
    found = set()
    for table in schema.ENTITIES:
        for column, parent in references_of(register.db, table):
            if parent != "act":
                found.add((parent, table, column))
    known = {
        (parent, table, column)
        for parent, linked in schema.CHILDREN.items()
        for table, column in linked
    }
    # A column that was added to a table later refers without a foreign key.
    assert known - found == {("letter", "letter", "supersedes_id")}
    assert found <= known


def test_opening_again_keeps_what_is_there(made: Path) -> None:
    office = open_office(made)
    assert people.count(office) == 1
    office.close()


@pytest.mark.of_a_file("what a file is that is opened")
def test_a_newer_register_is_refused_with_both_versions_and_left_alone(made: Path) -> None:
    a_database(made, f"PRAGMA user_version = {LATEST + 7}")
    before = made.read_bytes()
    with pytest.raises(StorageError) as caught:
        Register(made)
    assert caught.value.code == "newer"
    assert caught.value.parameters == {"found": LATEST + 7, "known": LATEST}
    assert made.read_bytes() == before


@pytest.mark.parametrize("version", [0, LATEST, LATEST + 9])
@pytest.mark.of_a_file("what a file is that is opened")
def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path, version: int) -> None:
    path = a_database(
        tmp_path / "music.db",
        "CREATE TABLE song (title TEXT)",
        "INSERT INTO song VALUES ('Alouette')",
        f"PRAGMA user_version = {version}",
    )
    before = path.read_bytes()
    assert code_of(lambda: Register(path)) == "not_a_register"
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["music.db"]


@pytest.mark.of_a_file("what a file is that is opened")
def test_a_text_file_is_not_a_register(tmp_path: Path) -> None:
    path = tmp_path / "notes.imp"
    path.write_text("Alouette, gentille alouette\n" * 40, encoding="utf-8")
    before = path.read_bytes()
    assert code_of(lambda: Register(path)) == "not_a_register"
    assert path.read_bytes() == before


@pytest.mark.of_a_file("what a file is that is opened")
def test_a_workbook_is_not_a_register(tmp_path: Path) -> None:
    path = tmp_path / "list.imp"
    Workbook().save(path)
    assert code_of(lambda: Register(path)) == "not_a_register"


@pytest.mark.of_a_file("what a file is that is opened")
def test_noise_may_be_an_encrypted_register_and_asks_for_its_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "noise.imp"
    path.write_bytes(os.urandom(4 * PAGE))
    assert code_of(lambda: Register(path)) == "passphrase_needed"
    assert code_of(lambda: Register(path, passphrase="alouette")) == "wrong_key"


@pytest.mark.of_a_file("passphrases are those of files")
def test_an_encrypted_register_opens_with_its_passphrase_only(tmp_path: Path) -> None:
    path = tmp_path / "secret.imp"
    office = open_office(path, passphrase="a l'oubli")
    invite(office)
    office.close()
    assert code_of(lambda: Register(path)) == "passphrase_needed"
    assert code_of(lambda: Register(path, passphrase="oubli")) == "wrong_key"
    again = open_office(path, passphrase="a l'oubli")
    assert people.count(again) == 1
    again.close()


@pytest.mark.parametrize("start", [0, 16, 100])
@pytest.mark.of_a_file("the pages of a file")
def test_a_damaged_first_page_is_damage(made: Path, start: int) -> None:
    content = bytearray(made.read_bytes())
    content[start:PAGE] = bytes(b ^ 0x5A for b in content[start:PAGE])
    made.write_bytes(content)
    assert code_of(lambda: Register(made)) == "damaged"


@pytest.mark.of_a_file("the pages of a file")
def test_a_truncated_register_is_damage(made: Path) -> None:
    content = made.read_bytes()
    made.write_bytes(content[: len(content) // 2 // PAGE * PAGE])

    def use() -> None:
        office = open_office(made)
        try:
            people.file(office, 1)
        finally:
            office.close()

    assert code_of(use) == "damaged"


@pytest.mark.of_a_file("the pages of a file")
def test_damage_found_while_reading_is_said_as_such(made: Path) -> None:
    """Also past the first pages: a read must not end as a bug of the program."""
    office = open_office(made)
    try:
        root = office.register.db.execute_sql(
            "SELECT rootpage FROM sqlite_master WHERE name = 'person'"
        ).fetchone()[0]
    finally:
        office.close()
    content = bytearray(made.read_bytes())
    content[(root - 1) * PAGE : root * PAGE] = b"\xff" * PAGE
    made.write_bytes(content)
    office = open_office(made)
    try:
        assert code_of(lambda: people.file(office, 1)) == "damaged"
        assert code_of(lambda: invite(office, 2)) == "damaged"
    finally:
        office.close()


@pytest.mark.of_a_file("what a file is that is opened")
def test_a_folder_is_not_a_register(tmp_path: Path) -> None:
    assert code_of(lambda: Register(tmp_path)) == "not_a_file"


@pytest.mark.of_a_file("what a file is that is opened")
def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("x", encoding="utf-8")
    assert code_of(lambda: Register(tmp_path / "plain" / "register.imp")) == "cannot_open"


@pytest.mark.of_a_file("a register on a server is made by `server init` alone")
def test_a_missing_register_is_made_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "new" / "register.imp"
    assert code_of(lambda: Register(path, create=False)) == "not_found"
    assert not path.parent.exists()
    Register(path).close()
    assert path.exists()


@pytest.mark.parametrize(
    "folder",
    ["OneDrive", "OneDrive - Office", "Dropbox", "Dropbox (Personal)", "Google Drive",
     "GoogleDrive", "iCloud Drive", "Nextcloud", "dropbox", "Mon Drive", "My Drive", "iCloudDrive",
     "OneDrive – Personnel", "pCloudDrive", "MEGAsync", "Library/CloudStorage/Box-Box",
     "Library/Mobile Documents/x"],
)  # fmt: skip
@pytest.mark.of_a_file("where a file lies")
def test_a_synced_folder_is_refused(tmp_path: Path, folder: str) -> None:
    path = tmp_path / folder / "deep" / "register.imp"
    assert code_of(lambda: Register(path)) == "unsafe_place"
    assert not path.parent.exists()


@pytest.mark.parametrize(
    "folder",
    ["drive", "office", "my dropboxes", "one drive", "Dropbox Tremblay", "OneDriveau",
     "Martin Mondrive", "Nextcloudier", "Mega", "Box", "Benali - Documents", "Sync"],
)  # fmt: skip
def test_an_ordinary_folder_is_not_refused(tmp_path: Path, folder: str) -> None:
    assert not synced_folders.is_synced(tmp_path / folder / "register.imp")


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("name", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_a_folder_that_onedrive_says_it_keeps_is_refused(
    at_home: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    register = at_home / "Nuage" / "deep" / "register.imp"
    assert not synced_folders.is_synced(register)
    monkeypatch.setenv(name, str(at_home / "Nuage"))
    assert synced_folders.is_synced(register)
    assert not synced_folders.is_synced(at_home / "Nuages" / "register.imp")


def test_a_library_of_sharepoint_is_refused_under_the_name_of_the_organisation(
    at_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = at_home / "Cabinet Roy" / "Équipe - Documents" / "register.imp"
    assert not synced_folders.is_synced(register)
    monkeypatch.setenv("OneDriveCommercial", str(at_home / "OneDrive - Cabinet Roy"))
    assert synced_folders.is_synced(register)
    monkeypatch.delenv("OneDriveCommercial")
    (at_home / "OneDrive - Cabinet Roy").mkdir()
    assert synced_folders.is_synced(register)
    assert not synced_folders.is_synced(at_home / "Clients" / "Roy - Documents" / "register.imp")


def test_a_folder_that_dropbox_says_it_keeps_is_refused(at_home: Path) -> None:
    (at_home / ".dropbox").mkdir()
    note = at_home / ".dropbox" / "info.json"
    told = {"personal": {"path": str(at_home / "Boîte")}, "business": {"path": None}, "x": 1}
    note.write_text(json.dumps(told), encoding="utf-8")
    assert synced_folders.is_synced(at_home / "Boîte" / "register.imp")
    note.write_text("[" * 100_000, encoding="utf-8")
    assert not synced_folders.is_synced(at_home / "Boîte" / "register.imp")


@pytest.mark.parametrize("mark", [".dropbox.cache", ".tmp.driveupload", ".sync_0123abc.db"])
def test_a_folder_with_the_marks_of_a_service_is_refused(at_home: Path, mark: str) -> None:
    kept = at_home / "Dossiers"
    kept.mkdir()
    assert not synced_folders.is_synced(kept / "deep" / "register.imp")
    (kept / mark).touch()
    assert synced_folders.is_synced(kept / "deep" / "register.imp")
    assert not synced_folders.is_synced(at_home / "register.imp")


def test_the_marks_are_found_where_one_may_not_list_a_folder(
    at_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(folder: Path) -> list[str]:
        raise PermissionError(folder)

    kept = at_home / "Dossiers"
    kept.mkdir()
    monkeypatch.setattr(os, "listdir", refused)
    assert not synced_folders.is_synced(kept / "register.imp")
    (kept / ".dropbox").touch()
    assert synced_folders.is_synced(kept / "register.imp")


@pytest.mark.parametrize("name", ["MEGA", "Box", "kDrive"])
def test_some_words_mean_a_service_only_in_the_users_own_folder(at_home: Path, name: str) -> None:
    assert synced_folders.is_synced(at_home / name / "register.imp")
    assert not synced_folders.is_synced(at_home / "Clients" / name / "register.imp")


def test_two_threads_each_have_a_connection_and_see_each_others_writes(office: Office) -> None:
    seen: list[int] = []

    def work() -> None:
        person = invite(office, 2)
        seen.append(people.count(office))
        seen.append(receive(office, person).place or 0)
        office.register.release()

    invite(office, 1)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [2, 1]
    assert people.count(office) == 2


def test_two_threads_may_write_at_the_same_time(office: Office) -> None:
    errors: list[BaseException] = []

    def work(first: int) -> None:
        try:
            for number in range(first, first + 10):
                invite(office, number)
        except BaseException as error:
            errors.append(error)
        finally:
            office.register.release()

    threads = [threading.Thread(target=work, args=(start,)) for start in (1, 101)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert people.count(office) == 20


@pytest.mark.of_a_file("the log of a file")
def test_whoever_opens_a_new_register_at_the_same_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, refused = connection.RegisterDatabase.execute_sql, list[str]()

    def busy(self: connection.RegisterDatabase, sql: str, params: object = None) -> object:
        if "journal_mode = wal" in sql and len(refused) < 3:
            refused.append(sql)
            raise StorageError("locked")
        return real(self, sql, params)

    monkeypatch.setattr(connection.RegisterDatabase, "execute_sql", busy)
    Register(tmp_path / "new.imp").close()
    assert len(refused) == 3
    refused.clear()
    monkeypatch.setattr(opening, "BUSY_TIMEOUT_MS", -1)
    assert code_of(lambda: Register(tmp_path / "other.imp")) == "locked"
