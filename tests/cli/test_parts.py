# SPDX-License-Identifier: Apache-2.0
"""Whether every module loads is found out by loading each, without a list of them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from imp_plus_desktop.cli import parts

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "imp_plus_desktop"
WITHOUT_A_DISPLAY = frozenset({"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})


def test_every_module_of_the_program_is_among_its_parts() -> None:
    files = {file.relative_to(ROOT).with_suffix("") for file in PACKAGE.rglob("*.py")}
    modules = {".".join(file.parts).removesuffix(".__init__") for file in files}
    assert len(modules) > 500
    assert set(parts.names()) == modules - {PACKAGE.name}


def test_each_part_loads_in_a_process_that_has_no_display(tmp_path: Path) -> None:
    kept = {name: os.environ[name] for name in os.environ if name not in WITHOUT_A_DISPLAY}
    environment = {**kept, "PYTHONPATH": str(ROOT), "IMP_PLUS_HOME": str(tmp_path)}
    code = (
        "import json; from imp_plus_desktop.cli import parts; print(json.dumps(parts.unloadable()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == []
    assert list(tmp_path.iterdir()) == [], "nothing is done by loading"


def test_a_part_that_does_not_load_is_named_and_the_others_are_still_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone = ["imp_plus_desktop.services.quota.overcap", "imp_plus_desktop.words.sheet_texts"]
    for name in gone:
        monkeypatch.setitem(sys.modules, name, None)  # as Python does with what it must not find
    assert [name for name in parts.unloadable() if name in gone] == gone
