# SPDX-License-Identifier: Apache-2.0
"""The floors under what the tests run of each package."""

import subprocess
import sys
from pathlib import Path

import coverage_floors
from coverage_floors import EVERY_DAY, FLOORS, WHOLE, Share, below, shares, without_servers

TOOL = Path(coverage_floors.__file__)
PACKAGE = TOOL.parents[1] / "imp_plus_desktop"


def a_module(lines: int, branches: int = 0, run: int = 0) -> dict[str, dict[str, int]]:
    summary = {"num_statements": lines, "num_branches": branches}
    return {"summary": {**summary, "covered_lines": run, "covered_branches": 0}}


def a_share(percent: float) -> Share:
    share = Share()
    share.run, share.there = round(percent * 100), 10000
    return share


def test_the_layers_that_hold_the_rules_and_the_register_have_high_floors() -> None:
    assert all(FLOORS[name] >= 90 for name in ("domain", "services", "storage", WHOLE))
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert FLOORS.keys() - {WHOLE} <= packages


def test_a_module_counts_in_its_package_and_in_the_whole_with_its_branches() -> None:
    found = shares(
        {
            "imp_plus_desktop/domain/letters/letters.py": a_module(60, 40, run=50),
            "imp_plus_desktop\\domain\\csq\\terms.py": a_module(100, run=100),
            "imp_plus_desktop/paths.py": a_module(100, run=0),
        }
    )
    assert {name: round(share.percent, 1) for name, share in found.items()} == {
        WHOLE: 50.0,
        "domain": 75.0,
    }


def test_the_engine_for_servers_counts_only_where_a_server_was() -> None:
    place = "imp_plus_desktop/storage/engines/postgresql/"
    other = {"imp_plus_desktop/storage/tables/models.py": a_module(100, run=100)}
    never = {f"{place}connection.py": a_module(90), f"{place}address.py": a_module(50, run=50)}
    assert without_servers(other | never) == other
    tried = never | {f"{place}connection.py": a_module(90, run=80)}
    assert without_servers(other | tried) == other | tried


def test_a_package_at_its_floor_holds_and_a_hair_under_it_fails() -> None:
    held = {name: a_share(floor) for name, floor in FLOORS.items()}
    assert below(held) == []
    held["storage"] = a_share(FLOORS["storage"] - 0.01)
    assert below(held) == ["storage"]


def test_every_day_is_held_to_floors_of_its_own_which_are_lower() -> None:
    assert EVERY_DAY.keys() == FLOORS.keys()
    assert all(FLOORS[name] - 7 <= floor <= FLOORS[name] for name, floor in EVERY_DAY.items())
    found = {name: a_share(EVERY_DAY[name]) for name in FLOORS}
    assert below(found, EVERY_DAY) == []
    assert below(found) == [name for name in sorted(FLOORS) if EVERY_DAY[name] < FLOORS[name]]


def test_a_package_that_was_not_measured_fails_and_a_new_one_has_the_least_floor() -> None:
    held = {name: a_share(100) for name in FLOORS if name != "domain"}
    least = min(FLOORS.values())
    held["fresh"], held["poor"] = a_share(least), a_share(least - 1)
    assert below(held) == ["domain", "poor"]


def run_tool(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(TOOL)], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_tool_names_what_a_run_has_measured_too_little(tmp_path: Path) -> None:
    package = tmp_path / "imp_plus_desktop" / "domain"
    package.mkdir(parents=True)
    (package / "letters.py").write_text("DAYS = 90\n", "utf-8")
    measure = ["-m", "coverage", "run", "--branch", str(package / "letters.py")]
    subprocess.run([sys.executable, *measure], cwd=tmp_path, check=True)
    answer = run_tool(tmp_path)
    assert answer.returncode == 1
    assert "domain     100.00 %" in answer.stdout
    assert "under the floor: cli, exchange, services, storage, words" in answer.stdout


def test_the_tool_fails_where_nothing_was_measured(tmp_path: Path) -> None:
    answer = run_tool(tmp_path)
    assert (answer.returncode, answer.stderr) == (1, "")
    assert "nothing was measured" in answer.stdout
