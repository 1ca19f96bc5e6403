# SPDX-License-Identifier: Apache-2.0
"""The built program, where nothing of the project can help it. Skipped until one is built."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from exchange_builders import locked_xlsx

import contents
import dev
from imp_plus_desktop import __version__
from imp_plus_desktop.services.support.notices import notices

FILES = Path(__file__).parent / "files"
REGISTER = ("--json", "--today", "2024-12-20", "--register", "a.imp")

pytestmark = [
    pytest.mark.frozen,
    pytest.mark.skipif(not dev.PROGRAM.exists(), reason="nothing is built: python3 dev.py build"),
]


def run_program(
    folder: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(dev.PROGRAM), *arguments],
        cwd=folder,
        env={**dev.bare_environment(), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_built_program_passes_its_own_test(tmp_path: Path) -> None:
    answer = run_program(tmp_path, "--json", "self-test")
    assert answer.returncode == 0, answer.stderr
    told = json.loads(answer.stdout)
    assert told["passed"] is True
    assert {"step": "parts", "passed": True, "detail": ""} in told["steps"]


def test_the_built_program_holds_each_module_and_what_each_imports() -> None:
    assert contents.lacking(dev.PROGRAM_FOLDER, dev.ROOT / "build") == []


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
    first = run_program(tmp_path, *REGISTER, "import", "known.csv")
    assert json.loads(first.stdout)["new"] == 1, first.stderr
    second = run_program(tmp_path, *REGISTER, "import", str(FILES / "near.csv"))
    assert json.loads(second.stdout)["review"] == 1, second.stderr


def people_of(folder: Path) -> set[tuple[str, str]]:
    """Family and given names of everybody in the register of the test."""
    answer = run_program(folder, *REGISTER, "people")
    people = json.loads(answer.stdout)["people"]
    return {(person["family_name"], person["given_names"]) for person in people}


def test_the_built_program_opens_a_protected_workbook_with_its_password(tmp_path: Path) -> None:
    locked_xlsx(tmp_path / "locked.xlsx", "Érable-7")

    without = run_program(tmp_path, *REGISTER, "import", "locked.xlsx")
    assert without.returncode == 3, without.stderr
    password = {"IMP_PLUS_FILE_PASSWORD": "Érable-7", "LC_ALL": "C.UTF-8"}
    answer = run_program(tmp_path, *REGISTER, "import", "locked.xlsx", **password)

    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["new"] == 1
    assert people_of(tmp_path) == {("Moreau", "Chloé 1")}


def test_the_built_program_opens_by_itself_what_office_opens_without_asking(tmp_path: Path) -> None:
    locked_xlsx(tmp_path / "locked.xlsx", "VelvetSweatshop")
    answer = run_program(tmp_path, *REGISTER, "import", "locked.xlsx")
    assert json.loads(answer.stdout)["new"] == 1, answer.stderr


def test_the_built_program_puts_garbled_characters_right(tmp_path: Path) -> None:
    garbled = str(FILES / "letters-already-garbled.csv")
    answer = run_program(tmp_path, *REGISTER, "import", garbled, "--repair-letters")
    assert json.loads(answer.stdout)["rejected"] == 0, answer.stderr
    assert ("Bélanger", "Élodie") in people_of(tmp_path)


def test_the_built_program_reads_the_code_page_of_ms_dos(tmp_path: Path) -> None:
    answer = run_program(tmp_path, *REGISTER, "import", str(FILES / "excel-csv-msdos-cp850.csv"))
    assert json.loads(answer.stdout)["encoding"] == "cp850", answer.stderr


def test_the_built_program_carries_no_width_of_characters_in_terminals() -> None:
    assert not list(dev.PROGRAM_FOLDER.rglob("*_wcwidth_c*"))


def test_the_built_program_carries_the_licence_of_each_library_in_it() -> None:
    page = (dev.ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    carried = page.partition("## In the program")[2].partition("\n## ")[0]
    licences = dict(re.findall(r"^\| ([\w.-]+) \| [\d.]+ \| ([^|]+) \|", carried, re.MULTILINE))
    folder = next(dev.PROGRAM_FOLDER.rglob("licences"))
    texts = {file.relative_to(folder).parts[0] for file in folder.rglob("*") if file.is_file()}

    assert len(licences) > 20
    lacking = [name for name in licences if texts.isdisjoint((name, f"{name}.txt"))]
    assert {licences[name].strip() for name in lacking} <= {"LGPL-3.0", "LGPL-2.1"}, lacking
    assert {"LICENSE", "LGPL-3.0.txt", "GPL-3.0.txt", "LGPL-2.1.txt"} <= texts


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere it takes none along")
def test_the_built_program_tells_whose_each_library_of_the_system_is_and_its_licence() -> None:
    folder = next(dev.PROGRAM_FOLDER.rglob("licences"))
    told = dict(
        line.split() for line in (folder / "system-libraries.txt").read_text("utf-8").splitlines()
    )
    inside = folder.parent
    of_wheels = re.compile(r"lib(Qt6|pyside6|shiboken6|icu|python3).*")
    # What a wheel brings stands in a folder of its own, and beside it is a way there.
    found = (path for path in inside.glob("lib*.so*") if not path.is_symlink())
    loose = {path.name for path in found if not of_wheels.match(path.name)}
    assert loose <= told.keys()
    made = {one.name: one.texts for one in notices(folder)}
    assert [package for package in told.values() if not any(made[package])] == []
    assert all(one.texts for one in notices(folder) if one.licence)


def test_the_built_program_shows_the_licences_that_it_carries() -> None:
    made = notices(next(dev.PROGRAM_FOLDER.rglob("licences")))
    assert {one.name for one in notices()} <= {one.name for one in made}
