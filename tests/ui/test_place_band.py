# SPDX-License-Identifier: Apache-2.0
"""The band over a register that can only be read, and the way on from it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from office_builders import TODAY, invite
from pytestqt.qtbot import QtBot
from shares import another_desk, close, make_share

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.storage.files import copies, leases, network_drives
from imp_plus_desktop.ui.bars.place_band import PlaceBand
from imp_plus_desktop.ui.dialogs.register.mending.kept_copies import ChooseCopyDialog
from imp_plus_desktop.ui.window.main_window import MainWindow

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="by its mounts")


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    yield make_share(tmp_path / "share", monkeypatch)
    network_drives._is_remote.cache_clear()


def window_on(path: Path, qtbot: QtBot, tmp_path: Path, *, inline_tasks: bool = True) -> MainWindow:
    settings = Settings(tmp_path / "settings.json")
    settings.language = "en"
    made = MainWindow(open_office(path, today=TODAY, settings=settings), inline_tasks=inline_tasks)
    qtbot.addWidget(made)
    made.show()
    return made


def band_of(window: MainWindow) -> PlaceBand:
    assert window.bands.place is not None
    return window.bands.place


def test_a_register_as_usual_has_no_band(qtbot: QtBot, office: Office) -> None:
    window = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(window)
    assert window.bands.place is None


def test_the_second_window_reads_and_writes_once_the_first_has_left(
    qtbot: QtBot, tmp_path: Path, mounts: Path, empty_register: Path
) -> None:
    path = tmp_path / "share" / "office.imp"
    shutil.copyfile(empty_register, path)
    with another_desk(path, mounts, acts=(1, 2)) as writer:
        window = window_on(path, qtbot, tmp_path)
        band = band_of(window)
        assert band.isVisible()
        assert "Anna is writing in it" in band.words()
        assert "it stood as it is shown here." in band.words()
        again, _restore, away = band.buttons()
        assert again.isVisible()
        assert not away.isVisible()
        again.click()
        assert window.shell.office.reading is not None
        close(writer)
        band.ask()
        said = "Anna has closed this register. Try again to write in it."
        qtbot.waitUntil(lambda: said in band.words())
        again.click()
    assert window.shell.office.reading is None
    assert not band.isVisible()
    invite(window.shell.office, 3)
    assert people.count(window.shell.office) == 3
    window.shell.office.close()


def test_work_away_from_the_window_gives_up_neither_writing_nor_reading(
    qtbot: QtBot, tmp_path: Path, mounts: Path, empty_register: Path
) -> None:
    """Each thread that has done its work closes its own connection, and nothing else."""
    path = tmp_path / "share" / "office.imp"
    shutil.copyfile(empty_register, path)

    def ask_twice(window: MainWindow) -> list[int]:
        shell, found = window.shell, list[int]()
        for asked in range(2):
            shell.start("", lambda _progress: people.count(shell.office), found.append)
            qtbot.waitUntil(lambda asked=asked: len(found) > asked)
            qtbot.waitUntil(lambda: not shell.tasks.is_busy())
        return found

    writes = window_on(path, qtbot, tmp_path, inline_tasks=False)
    invite(writes.shell.office, 1)
    assert ask_twice(writes) == [1, 1]
    assert leases.path_of(path).exists()
    invite(writes.shell.office, 2)
    writes.shell.office.close()
    with another_desk(path, mounts):
        reads = window_on(path, qtbot, tmp_path, inline_tasks=False)
        assert ask_twice(reads) == [2, 2]
        assert people.count(reads.shell.office) == 2
        reads.shell.office.close()


def test_what_was_found_is_said_until_it_is_put_away(
    qtbot: QtBot, tmp_path: Path, mounts: Path, empty_register: Path
) -> None:
    path = tmp_path / "share" / "office.imp"
    shutil.copyfile(empty_register, path)
    with another_desk(path, mounts):
        pass
    window = window_on(path, qtbot, tmp_path)
    band = band_of(window)
    assert band.words() == "▲ Anna had not closed this register; you write in it now."
    again, _restore, away = band.buttons()
    assert not again.isVisible()
    away.click()
    assert not band.isVisible()
    window.shell.office.close()


def test_an_older_file_is_told_with_the_way_to_the_copies(
    qtbot: QtBot, tmp_path: Path, empty_register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "office.imp"
    shutil.copyfile(empty_register, path)
    office = open_office(path, today=TODAY)
    invite(office, 1)
    invite(office, 2)
    office.close()
    older = path.read_bytes()
    office = open_office(path, today=TODAY)
    for number in range(3, 6):
        invite(office, number)
    office.close()
    path.write_bytes(older)
    window = window_on(path, qtbot, tmp_path)
    band = band_of(window)
    assert "This file is older than the one that was here: 3 acts are missing." in band.words()
    again, restore, _away = band.buttons()
    assert restore.isVisible()
    assert not again.isVisible()
    offered: list[int] = []
    monkeypatch.setattr(
        ChooseCopyDialog, "ask", lambda dialog: offered.append(dialog.copies.count())
    )
    restore.click()
    assert offered == [len(copies.paths_of(path))]
    assert offered[0] > 0
    window.shell.office.close()


def test_a_passphrase_is_not_asked_for_again(
    qtbot: QtBot, tmp_path: Path, mounts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = tmp_path / "share" / "office.imp", "quatre mots bien longs"
    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", key)
    with another_desk(path, mounts, acts=(1, 1)) as writer:
        window = window_on(path, qtbot, tmp_path)
        assert window.shell.office.is_encrypted
        monkeypatch.delenv("IMP_PLUS_PASSPHRASE")
        close(writer)
        band_of(window).buttons()[0].click()
    assert window.shell.office.reading is None
    assert window.shell.office.is_encrypted
    window.shell.office.close()
