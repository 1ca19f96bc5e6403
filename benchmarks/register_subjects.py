# SPDX-License-Identifier: Apache-2.0
"""The subjects of the register as a whole, each with the bounds of its ratios."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import lists
from benchmarks.measuring import ROOT, Figure, Ratio, paired, sample

FEW, MANY, MILLION = 300, 100_000, 1_000_000
_KEPT = ROOT / "build" / "benchmark-registers"
"""A million people take a quarter of an hour to be made: registers that are large stay there."""


def undo(pairs: int) -> Iterator[Ratio]:
    """The undo of an import beside that import, and its coming back."""
    with tempfile.TemporaryDirectory(prefix="imp-plus-benchmark-") as folder:
        path = lists.write(Path(folder) / "list.xlsx")
        taken = [sample("undo_import", path) for _ in range(pairs)]
    for name, bound in (("undo", 0.5), ("redo", 1)):
        both = [(one.figures[name], one.seconds) for one in taken]
        yield paired(f"{name} of an import : the import", bound, both)


def short_lists(pairs: int) -> Iterator[Ratio | Figure]:
    """300 new people imported into registers that are larger and larger, but for the copy before,
    beside the same into 300."""
    few = _people(FEW)
    for count in (lists.ROWS, MANY, MILLION):
        many = _people(count)
        sample("short_import", many)  # brings the register to today's shape
        taken = [(sample("short_import", many), sample("short_import", few)) for _ in range(pairs)]
        both = [(one.seconds, other.seconds) for one, other in taken]
        yield paired(f"300 new into {count:,} people : into {FEW}", 2, both)
        more = max(one.figures["peak_mib"] - other.figures["peak_mib"] for one, other in taken)
        yield Figure(f"memory that {count:,} people take more", more, 70, "MiB")


def copies(pairs: int) -> Iterator[Ratio]:
    """A verified copy of 100,000 people beside the engine's own copying."""
    with tempfile.TemporaryDirectory(prefix="imp-plus-benchmark-") as folder:
        register = Path(folder) / "office.imp"
        sample("make_office_register", MANY, register)
        taken = [sample("copies", register) for _ in range(pairs)]
    both = [(one.seconds, one.figures["beside"]) for one in taken]
    yield paired(f"verified copy : the engine's copying, {MANY:,} people", 1.5, both)


def _people(count: int) -> Path:
    """A register of so many people, made once."""
    register = _KEPT / f"people{count}.imp"
    if not register.exists():
        _KEPT.mkdir(parents=True, exist_ok=True)
        part = register.with_suffix(".part.imp")
        sample("make_people", count, part)
        part.rename(register)
    return register
