# SPDX-License-Identifier: Apache-2.0
"""The self-test passes on a sound program, says which step fails on another, and cleans up."""

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from new_registers import is_on_a_server

from imp_plus_desktop import paths, private
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.demo.selftest import PARTS, STEP_NAMES, SelfTest, self_test
from imp_plus_desktop.services.office.office import Office

NOT_ON_A_SERVER = {"backup": "only_of_a_file"} if is_on_a_server() else {}
"""What the self-test, which has a file, does at its end: it restores a copy."""


def failed(done: SelfTest) -> dict[str, str]:
    """The steps that did not pass, with why."""
    assert done.passed == all(step.passed for step in done.steps)
    return {step.name: step.detail_code for step in done.steps if not step.passed}


def open_on(register: Path, today: date) -> Office:
    return open_office(register, today=today)


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders go, but for the process's own, which goes with the process."""
    with private.scratch_folder():
        pass  # makes it, unless an earlier test has
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_every_step_passes_and_nothing_is_left_behind(scratch: Path) -> None:
    done = self_test(open_on)

    assert failed(done) == NOT_ON_A_SERVER
    assert tuple(step.name for step in done.steps) == STEP_NAMES
    assert list(scratch.iterdir()) == []
    assert not paths.settings_file().exists()
    assert not paths.register_file().exists()


def test_without_the_shipped_list_the_import_fails_and_the_rest_is_still_told(
    scratch: Path,
) -> None:
    def without_data(register: Path, today: date) -> Office:
        return replace(open_office(register, today=today), data_folder=scratch / "nowhere")

    done = self_test(without_data)

    assert not done.passed
    expected = {"import": "file_not_found", "import_again": "file_not_found"}
    assert failed(done) == {**expected, **NOT_ON_A_SERVER}


def test_a_register_that_cannot_be_made_fails_the_test_and_does_not_raise(scratch: Path) -> None:
    def refused(register: Path, today: date) -> Office:
        raise StorageError("unsafe_place")

    done = self_test(refused)

    assert not done.passed
    assert done.steps[-1].name == "register"
    assert done.steps[-1].detail_code == "unsafe_place"


@pytest.mark.long
def test_a_part_that_does_not_load_fails_the_test_of_a_built_program_by_its_name(
    scratch: Path,
) -> None:
    whole = self_test(open_on, list)
    assert failed(whole) == NOT_ON_A_SERVER
    assert [step.name for step in whole.steps] == [*STEP_NAMES[:2], PARTS, *STEP_NAMES[2:]]

    done = self_test(open_on, lambda: ["imp_plus_desktop.ui.pages.bin"])
    assert failed(done) == {PARTS: "not_loaded_imp_plus_desktop.ui.pages.bin", **NOT_ON_A_SERVER}
