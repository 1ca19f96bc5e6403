#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Says how much of each package the tests run, and fails where that is less than its floor.

Reads the `.coverage` that the tests have left in the current folder: those of every day (with
`--every-day`), or those and the long ones together. A floor holds what there is: raise it when
there is more, never lower it to let a change pass.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath

import coverage
import coverage.exceptions

PACKAGE = "imp_plus_desktop"
WHOLE = "all"
FLOORS: Mapping[str, float] = {
    WHOLE: 95,
    "cli": 92,
    "domain": 99,
    "exchange": 92,
    "services": 97,
    "storage": 95,
    "words": 93,
}
"""Percent of statements and branches. A package that is not named here has the least of these."""
EVERY_DAY: Mapping[str, float] = {
    WHOLE: 90,
    "cli": 85,
    "domain": 97,
    "exchange": 88,
    "services": 92,
    "storage": 88,
    "words": 88,
}
"""The same for the tests of every day alone."""


class Share:
    """What of a package was run: statements and branches alike count as one."""

    def __init__(self) -> None:
        self.run = 0
        self.there = 0

    def add(self, summary: Mapping[str, int]) -> None:
        """Count one module's figures as well."""
        self.run += summary["covered_lines"] + summary.get("covered_branches", 0)
        self.there += summary["num_statements"] + summary.get("num_branches", 0)

    @property
    def percent(self) -> float:
        """The share in percent; a package without code is wholly run."""
        return 100 * self.run / self.there if self.there else 100.0


def packages_of(module: str) -> Iterator[str]:
    """The rows of the table that a module counts in."""
    yield WHOLE
    parts = PurePath(module.replace("\\", "/")).parts
    inside = parts[parts.index(PACKAGE) + 1 :]
    if len(inside) > 1:
        yield inside[0]


def shares(files: Mapping[str, Mapping[str, Mapping[str, int]]]) -> dict[str, Share]:
    """The share of each package, from the files of coverage's JSON report."""
    found: dict[str, Share] = {}
    for module, report in files.items():
        for package in packages_of(module):
            found.setdefault(package, Share()).add(report["summary"])
    return found


def without_servers(
    files: Mapping[str, Mapping[str, Mapping[str, int]]],
) -> dict[str, Mapping[str, Mapping[str, int]]]:
    """The report without what only a server runs, where none was there: not a line of the engine
    was run then, since nothing else loads it."""
    own = {name for name in files if _SERVERS in name.replace("\\", "/")}
    run = sum(files[name]["summary"]["covered_lines"] for name in own if name.endswith(_FIRST))
    return {name: report for name, report in files.items() if run or name not in own}


_SERVERS, _FIRST = "/storage/engines/postgresql/", "connection.py"


def floor_of(package: str, floors: Mapping[str, float] = FLOORS) -> float:
    """What a package may not fall below."""
    return floors.get(package, min(floors.values()))


def below(found: Mapping[str, Share], floors: Mapping[str, float] = FLOORS) -> list[str]:
    """The packages under their floor, also those that were not measured at all."""
    missing = [package for package in floors if package not in found]
    low = [name for name, share in found.items() if share.percent < floor_of(name, floors)]
    return sorted(missing + low)


def measured() -> dict[str, Share]:
    """What the last run of the tests has left."""
    data = coverage.Coverage()
    data.load()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "coverage.json")
        data.json_report(outfile=str(report))
        files = json.loads(report.read_text(encoding="utf-8"))["files"]
    kept = without_servers(files)
    if len(kept) < len(files):
        print("left out: the engine for servers, since no PostgreSQL was there")
    return shares(kept)


def main(arguments: Sequence[str] = ()) -> int:
    """Print the table; 1 where a package is under its floor."""
    floors = EVERY_DAY if "--every-day" in arguments else FLOORS
    try:
        found = measured()
    except coverage.exceptions.NoDataError:
        print("nothing was measured: python3 dev.py test")
        return 1
    print("coverage (statements and branches, in the tests' own processes)")
    for package in sorted(found):
        print(
            f"  {package:<10} {found[package].percent:6.2f} %  floor {floor_of(package, floors)} %"
        )
    low = below(found, floors)
    if low:
        print(f"under the floor: {', '.join(low)}")
        print("lines not run: .venv/bin/python -m coverage report --show-missing --skip-covered")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
