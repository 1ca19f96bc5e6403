# SPDX-License-Identifier: Apache-2.0
"""The settings file, the folders and the log file."""

import json
import logging
import logging.handlers
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from imp_plus_desktop import logs, paths
from imp_plus_desktop.settings import MAX_RECENT, Settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before = list(root.handlers)
    logs.start_logging(tmp_path / "logs")
    yield tmp_path / "logs" / logs.LOG_NAME
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()


def test_without_a_file_every_setting_has_its_default(file: Path) -> None:
    settings = Settings(file)
    assert settings.language == ""
    assert settings.theme == "system"
    assert settings.last_register == ""
    assert settings.recent_registers == ()
    assert isinstance(settings.user_name, str)
    assert not file.exists()


def test_what_is_set_is_there_the_next_time(file: Path) -> None:
    settings = Settings(file)
    settings.language = "fr"
    settings.theme = "dark"
    settings.user_name = "Bureau 3"
    settings.keep_layout("people", "AAAA")

    again = Settings(file)

    assert (again.language, again.theme, again.user_name) == ("fr", "dark", "Bureau 3")
    assert again.layout("people") == "AAAA"
    assert again.layout("permits") == ""
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "stored",
    [
        '{"language": "vi", "theme": 3, "recent_registers": "x", "layouts": {"a": 1}}',
        "[1, 2]",
        "{ not json",
        "\udcff",
    ],
)
def test_a_bad_stored_value_falls_back_to_the_default(file: Path, stored: str) -> None:
    file.parent.mkdir()
    file.write_bytes(stored.encode("utf-8", "surrogateescape"))
    settings = Settings(file)
    assert settings.language == ""
    assert settings.theme == "system"
    assert settings.recent_registers == ()
    assert settings.layout("a") == ""


def test_a_bad_value_is_refused(file: Path) -> None:
    settings = Settings(file)
    with pytest.raises(ValueError, match="theme"):
        settings.theme = "pink"
    with pytest.raises(KeyError):
        settings.put("colour", "pink")


def test_recent_registers_are_few_and_the_latest_comes_first(file: Path, tmp_path: Path) -> None:
    settings = Settings(file)
    registers = [tmp_path / f"{n}.imp" for n in range(MAX_RECENT + 2)]
    for register in [*registers, registers[5]]:
        settings.remember_register(register)

    again = Settings(file)

    assert again.last_register == str(registers[5])
    assert again.recent_registers[:2] == (str(registers[5]), str(registers[-1]))
    assert len(again.recent_registers) == MAX_RECENT
    again.forget_register(registers[5])
    assert again.last_register == ""
    assert str(registers[5]) not in again.recent_registers


def test_a_setting_holds_although_the_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    settings = Settings(tmp_path / "taken" / "settings.json")
    settings.theme = "dark"
    assert settings.theme == "dark"


def test_a_newer_version_keeps_what_it_does_not_know(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"of_another_version": 1}', encoding="utf-8")
    Settings(file).theme = "light"
    assert json.loads(file.read_text("utf-8")) == {"of_another_version": 1, "theme": "light"}


def test_one_variable_moves_all_of_the_users_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    assert paths.register_file() == tmp_path / "registre.imp"
    assert paths.settings_file() == tmp_path / "settings.json"
    assert paths.logs_folder() == tmp_path / "logs"


def test_without_the_variable_the_platform_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(paths.HOME_VARIABLE)
    assert paths.register_file().name == "registre.imp"
    assert paths.APPLICATION in str(paths.register_file())
    assert paths.APPLICATION in str(paths.logs_folder())


def test_shipped_files_are_found_from_a_checkout() -> None:
    assert paths.resource("locale", "fr", "LC_MESSAGES", "imp_plus.mo").is_file()
    assert paths.data_file().name == "data"


def test_the_log_names_types_and_places_but_no_values(log: Path) -> None:
    def fail() -> None:
        raise ValueError("Anna Nowak")

    try:
        try:
            fail()
        except ValueError as error:
            raise RuntimeError("in the file of Anna Nowak") from error
    except RuntimeError:
        logging.getLogger("imp").exception("row %d of %s", 12, "Anna Nowak.xlsx")
    logging.getLogger("imp").info("Anna Nowak")

    text = log.read_text("utf-8")

    assert "Nowak" not in text
    assert "row 12 of <str>" in text
    assert "ValueError" in text
    assert "RuntimeError" in text
    assert "in fail" in text


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"user_name": "\\ud800"}',
        b'{"user_name": "a\\u0000b"}',
        b"\xff",
    ],
    ids=["lists", "tables", "surrogate", "nul", "no-utf8"],
)
def test_settings_that_nobody_can_have_written_are_left_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setenv("LOGNAME", "marie")
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    settings = Settings(file)
    assert settings.user_name == "marie"
    settings.theme = "dark"
    assert Settings(file).theme == "dark"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_in_place_of_the_settings_or_the_log_is_not_waited_for(tmp_path: Path) -> None:
    for name in ("settings.json", logs.LOG_NAME):
        os.mkfifo(tmp_path / name)
    settings = Settings(tmp_path / "settings.json")
    assert settings.theme == "system"
    settings.theme = "dark"
    assert Settings(tmp_path / "settings.json").theme == "dark"
    logs.start_logging(tmp_path)
    logging.getLogger("test").warning("nobody reads this")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such file names")
def test_a_register_whose_path_is_no_utf8_is_remembered(tmp_path: Path) -> None:
    path = Path(os.fsdecode(b"/home/\xe9/office.imp"))
    Settings(tmp_path / "settings.json").remember_register(path)
    assert Settings(tmp_path / "settings.json").last_register == str(path)
