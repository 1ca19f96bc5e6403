# SPDX-License-Identifier: Apache-2.0
"""The built program, where nothing of the project can help it. Skipped until one is built."""

import json
import subprocess
from pathlib import Path

import pytest

import dev
from imp_plus_desktop import __version__

pytestmark = [
    pytest.mark.frozen,
    pytest.mark.skipif(not dev.PROGRAM.exists(), reason="nothing is built: python3 dev.py build"),
]


def run_program(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(dev.PROGRAM), *arguments],
        cwd=folder,
        env=dev.bare_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_built_program_passes_its_own_test(tmp_path: Path) -> None:
    answer = run_program(tmp_path, "--json", "self-test")
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["passed"] is True


def test_the_built_program_knows_its_version(tmp_path: Path) -> None:
    assert __version__ in run_program(tmp_path, "--version").stdout


def test_the_built_program_carries_only_the_languages_it_speaks() -> None:
    names = {file.stem for file in dev.PROGRAM_FOLDER.rglob("*.qm")}
    assert names <= {"qtbase_fr", "qtbase_en"}
    assert len(list(dev.PROGRAM_FOLDER.rglob("imp_plus.mo"))) == 2


def test_the_built_program_carries_no_sqlite_of_qt() -> None:
    assert not list(dev.PROGRAM_FOLDER.rglob("*qsqlite*"))


def test_the_built_program_counts_edits_by_compiled_code_and_carries_no_more_of_it() -> None:
    folder = next(dev.PROGRAM_FOLDER.rglob("rapidfuzz"))
    compiled = {file.name.split(".")[0] for file in folder.rglob("*") if file.is_file()}
    counting = {"_feature_detector_cpp", "_initialize_cpp", "metrics_cpp", "utils_cpp"}
    assert counting - {"utils_cpp"} <= compiled <= counting


def test_the_built_program_holds_rows_that_are_slips_of_somebody(tmp_path: Path) -> None:
    known = (
        "Nom;Prénom;Date de naissance;Citoyenneté;N° de référence individuel;Date de la lettre\n"
    )
    known += "Khoury;Élie;1979-11-05;Liban;C3000001;2024-11-01\n"
    (tmp_path / "known.csv").write_text(known, encoding="utf-8")
    near = Path(__file__).parent / "files" / "near.csv"
    register = ("--json", "--today", "2024-12-20", "--register", "a.imp")
    first = run_program(tmp_path, *register, "import", "known.csv")
    assert json.loads(first.stdout)["new"] == 1, first.stderr
    second = run_program(tmp_path, *register, "import", str(near))
    assert json.loads(second.stdout)["review"] == 1, second.stderr
