# SPDX-License-Identifier: Apache-2.0
"""Takes samples in turn, each in a fresh process, and tells the median of their ratios.

On a shared machine the speed drifts: two things are only comparable when they ran one after the
other. So a ratio is taken pair by pair, and the median of the pairs is the figure.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Sample:
    """What one process told: seconds of what is measured, and other figures by name."""

    seconds: float
    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Bound:
    """What a figure must hold, and what it was asked to: where that is less, the README says why
    it is no nearer."""

    holds: float
    asked: float | None = None

    def said(self, unit: str = "") -> str:
        held = f"≤ {self.holds:g}{unit}"
        return held if self.asked is None else f"asked {self.asked:g}{unit}, holds {held}"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure beside its bound: the median of the pairs, with the smallest and the largest."""

    name: str
    bound: Bound
    pairs: Sequence[float]
    seconds: float
    beside: float

    @property
    def median(self) -> float:
        return statistics.median(self.pairs)

    @property
    def holds(self) -> bool:
        return self.median <= self.bound.holds

    def line(self) -> str:
        spread = f"{min(self.pairs):.2f}–{max(self.pairs):.2f}"
        verdict = "holds" if self.holds else "does not hold"
        return (
            f"| {self.name} | {self.median:.2f} | {spread} | {self.bound.said()} | {verdict} |"
            f" {self.seconds:.2f} s : {self.beside:.2f} s |"
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that stands alone beside its bound."""

    name: str
    value: float
    bound: Bound
    unit: str

    @property
    def holds(self) -> bool:
        return self.value <= self.bound.holds

    def line(self) -> str:
        verdict = "holds" if self.holds else "does not hold"
        limit = self.bound.said(f" {self.unit}")
        return f"| {self.name} | {self.value:.0f} {self.unit} | | {limit} | {verdict} | |"


def figure(name: str, value: float, bound: float, unit: str, asked: float | None = None) -> Figure:
    """A figure alone, with what it must hold and, where that is less, what it was asked to."""
    return Figure(name, value, Bound(bound, asked), unit)


def sample(
    name: str, *arguments: object, libraries: Path | None = None, passphrase: str = ""
) -> Sample:
    """Run one sample of `benchmarks.samples` in a process of its own; registers are encrypted
    where there is a passphrase."""
    command = [sys.executable, "-m", "benchmarks.samples", name, *map(str, arguments)]
    path = [str(ROOT), str(ROOT / "tests"), *([str(libraries)] if libraries is not None else [])]
    with tempfile.TemporaryDirectory(prefix="imp-plus-home-") as home:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path),
            "QT_QPA_PLATFORM": "offscreen",
            "IMP_PLUS_PASSPHRASE": passphrase,
            "IMP_PLUS_HOME": home,  # what somebody set or left open is nobody's else
        }
        done = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, check=True, cwd=ROOT
        )
    told: dict[str, float] = json.loads(done.stdout)
    return Sample(told.pop("seconds"), told)


def paired(
    name: str,
    bound: float,
    pairs: Sequence[tuple[float, float]],
    scale: float = 1.0,
    *,
    asked: float | None = None,
) -> Ratio:
    """A ratio from pairs of (what is measured, what it is measured by)."""
    return Ratio(
        name,
        Bound(bound, asked),
        [one / other * scale for one, other in pairs],
        statistics.median(one for one, _ in pairs),
        statistics.median(other for _, other in pairs),
    )
