# SPDX-License-Identifier: Apache-2.0
"""Files that somebody names: pipes, devices and folders are said to be no files, at once; and a
disk that is full is said to be full, by exports too."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from disks import a_disk
from office_builders import a_list, a_row, invite

from imp_plus_desktop import logs
from imp_plus_desktop.domain.values.codes import DocumentType
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.plain_files import Kind, kind_of
from imp_plus_desktop.services.agenda import agenda
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.people import attachments

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")


class Silent(Progress):
    """Takes what is told of the progress."""

    def step(self, done: int, total: int) -> None:
        """Nothing is shown."""


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    made = tmp_path / "list.xlsx"
    os.mkfifo(made)
    return made


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with room for a name and no more."""
    with a_disk(tmp_path, "64k") as disk:
        (disk / "fill").write_bytes(bytes(shutil.disk_usage(disk).free))
        yield disk


def code_of(call: object) -> str:
    with pytest.raises(ExchangeError) as caught:
        call()  # type: ignore[operator]
    return caught.value.code


def test_what_stands_at_a_path_is_told_without_opening_it(tmp_path: Path, pipe: Path) -> None:
    assert kind_of(pipe) is Kind.SPECIAL
    assert kind_of(Path("/dev/null")) is Kind.SPECIAL
    assert kind_of(tmp_path) is Kind.FOLDER
    assert kind_of(tmp_path / "none") is Kind.MISSING
    assert kind_of(tmp_path / "a\x00b") is Kind.MISSING
    assert kind_of(tmp_path / ("a" * 5000)) is Kind.MISSING


@pytest.mark.timeout(20)
def test_a_pipe_or_a_device_is_no_list_and_no_scan(office: Office, pipe: Path) -> None:
    person = invite(office)
    for path in (pipe, Path("/dev/zero"), pipe.parent):
        assert code_of(lambda path=path: imports.open_file(office, path)) == "not_a_file"  # type: ignore[misc]
        attach = lambda path=path: attachments.attach(  # type: ignore[misc]  # noqa: E731
            office, person, DocumentType.PASSPORT, path
        )
        assert code_of(attach) == "not_a_file"


def test_no_export_takes_the_place_of_a_device(office: Office, pipe: Path) -> None:
    invite(office)
    assert (
        code_of(lambda: exports.export(office, "people", pipe, progress=Silent())) == "not_a_file"
    )
    assert kind_of(pipe) is Kind.SPECIAL
    assert [path.name for path in pipe.parent.glob(".*.tmp")] == []


def test_an_export_to_a_full_disk_says_so_and_leaves_nothing(
    office: Office, full_disk: Path, tmp_path: Path
) -> None:
    invite(office)
    target = full_disk / "out.xlsx"
    assert code_of(lambda: exports.export(office, "people", target, progress=Silent())) == "full"
    assert code_of(lambda: agenda.save_calendar(office, full_disk / "days.ics")) == "full"
    preview = imports.open_file(office, a_list(tmp_path / "bad.xlsx", [a_row(2, letter_date="?")]))
    assert code_of(lambda: imports.save_rejects(office, preview, full_disk / "back.xlsx")) == "full"
    assert code_of(lambda: exports.template(office, full_disk / "new.xlsx")) == "full"
    assert [path.name for path in full_disk.iterdir()] == ["fill"]


def test_a_log_on_a_full_disk_stops_nothing_and_shows_nothing(
    full_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    before = list(root.handlers)
    logs.start_logging(full_disk)
    logging.getLogger("test").warning("Benali")
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    assert capsys.readouterr().err == ""
