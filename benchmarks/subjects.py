# SPDX-License-Identifier: Apache-2.0
"""The subjects: what is set beside what, and the bound that each ratio is to keep."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import lists, register_subjects, starts, window_subjects
from benchmarks.measuring import ROOT, Figure, Ratio, Sample, figure, paired, sample

FEW, MANY, MORE = 300, 100_000, 199_999
_ACTS = ("act:", "undo", "refresh after", "verdict", "open a file")
_LIKE_AMONG_FEW = 1.6
"""What an act may cost among many: a disk's flush is a third of it, and never twice the same."""
_WAIT = 1000
"""How long the window may make somebody wait for a page, in milliseconds."""
_LIBRARIES = ROOT / "build" / "benchmark-libraries"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What could not be measured here, and why; no bound is missed by it."""

    name: str
    why: str
    holds: bool = True

    def line(self) -> str:
        return f"| {self.name} | – | | | left out: {self.why} | |"


Answer = Ratio | Figure | LeftOut


@contextmanager
def _files(*counts: int) -> Iterator[list[Path]]:
    with tempfile.TemporaryDirectory(prefix="imp-plus-benchmark-") as folder:
        yield [lists.write(Path(folder) / f"list{count}.xlsx", count) for count in counts]


def imports(pairs: int) -> Iterator[Answer]:
    """A whole import beside the floor; the same list again, and the very same bytes."""
    with _files(lists.ROWS) as (path,):
        sorted_otherwise = lists.write(path.with_name("again.xlsx"), reverse=True)
        taken = [
            (sample("floor_import", path), sample("whole_import", path, sorted_otherwise),
             sample("whole_import", path, path))
            for _ in range(pairs)
        ]  # fmt: skip
    whole = [(one, floor) for floor, one, _ in taken]
    yield _ratio("import, whole : floor", 5, whole, asked=4)
    yield _ratio("the same list again : floor", 3, [
        (_again(one), floor) for floor, one, _ in taken], asked=2.5)  # fmt: skip
    yield _ratio("the same bytes again : first import", 0.1, [
        (_again(both), both) for _, _, both in taken])  # fmt: skip


def histories(pairs: int) -> Iterator[Answer]:
    """Whole histories beside their own floor: people with an application and a permit each, and
    their families; the same file again."""
    with tempfile.TemporaryDirectory(prefix="imp-plus-benchmark-") as folder:
        path = lists.write_history(Path(folder) / "history.xlsx")
        again = lists.write_history(Path(folder) / "again.xlsx", reverse=True)
        taken = [
            (sample("floor_import", path), sample("whole_import", path, again))
            for _ in range(pairs)
        ]
    yield _ratio("whole histories : floor", 6, [(one, floor) for floor, one in taken])
    yield _ratio("the same histories again : floor", 3, [
        (_again(one), floor) for floor, one in taken])  # fmt: skip


def pandas(pairs: int) -> Iterator[Answer]:
    """A whole import beside pandas with openpyxl, which checks nothing."""
    libraries = _pandas()
    with _files(lists.ROWS) as (path,):
        yield _ratio("import, whole : pandas", 1, [
            (sample("whole_import", path), sample("pandas_import", path, libraries=libraries))
            for _ in range(pairs)
        ])  # fmt: skip


def scale(pairs: int) -> Iterator[Answer]:
    """The cost of a row in a list seven times as long."""
    with _files(lists.ROWS, MANY) as (few, many):
        taken = [(sample("whole_import", many), sample("whole_import", few)) for _ in range(pairs)]
    scaled = lists.ROWS / MANY
    yield _ratio(f"a row of {MANY:,} : a row of {lists.ROWS:,}", 1.2, taken, scaled)
    peak = max(many.figures["peak_mib"] for many, _ in taken)
    yield figure(f"peak memory of an import of {MANY:,} rows", peak, 500, "MiB")
    with _files(MORE) as (more,):
        peak = sample("whole_import", more).figures["peak_mib"]
    yield figure(f"peak memory of an import of {MORE:,} rows", peak, 750, "MiB", asked=450)


def exports(pairs: int) -> Iterator[Answer]:
    """An export beside openpyxl's write-only mode with the same cells, and its memory."""
    with _files(lists.ROWS) as (path,), tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "register.imp"
        sample("make_register", path, register)
        taken = [
            (sample("export_people", register), sample("openpyxl_write", register))
            for _ in range(pairs)
        ]
        flat = sample("write_rows", lists.ROWS).figures["peak_mib"]
        ten = sample("write_rows", lists.ROWS * 10).figures["peak_mib"]
    yield _ratio("export of people : openpyxl, write-only", 0.7, taken)
    yield figure("memory that ten times the rows take more", ten - flat, 20, "MiB")


def window(pairs: int) -> Iterator[Answer]:
    """The longest time that the window stands still: by itself, at an export, at an import, while
    all files are brought to the day."""
    with _files(lists.ROWS) as (path,), tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "register.imp"
        sample("make_register", path, register)
        for what in ("idle", "export", "import", "files"):
            stalls = [
                sample("window_stall", what, register, path).figures["stall_ms"]
                for _ in range(pairs)
            ]
            stall = sorted(stalls)[len(stalls) // 2]
            bound, asked = (100, 50) if what == "import" else (50, None)
            yield figure(f"longest stall of the window, {what}", stall, bound, "ms", asked=asked)


def days(pairs: int) -> Iterator[Answer]:
    """The start of a new day beside another start on the same day, in time of the processor."""
    for count in (lists.ROWS, MANY):
        with tempfile.TemporaryDirectory() as folder:
            register = Path(folder) / "office.imp"
            sample("make_office_register", count, register)
            taken = [
                (sample("start_of_day", register, 1), sample("start_of_day", register, 0))
                for _ in range(pairs)
            ]
        yield _ratio(f"a new day : the same day again, {count:,} people", 1.2, taken)


def boards(pairs: int) -> Iterator[Answer]:
    """The quota's board of a full year beside the driver's GROUP BY, in time of the processor."""
    for count in (lists.ROWS, MANY):
        taken = [sample("year_board", count) for _ in range(pairs)]
        both = [(one.seconds, one.figures["beside"]) for one in taken]
        yield paired(f"board of a year with {count:,} receipts : GROUP BY", 2, both)


def acts(pairs: int) -> Iterator[Answer]:
    """An office's acts among many people beside the same among few, and the window's waits."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few.imp", Path(folder) / "many.imp"
        sample("make_office_register", FEW, few)
        sample("make_office_register", MANY, many)
        taken = [(sample("day_of_acts", many), sample("day_of_acts", few)) for _ in range(pairs)]
        seen = [sample("day_of_pages", many) for _ in range(pairs)]
    for name in taken[0][0].figures:
        both = [(m.figures[name] / 1000, f.figures[name] / 1000) for m, f in taken]
        bound = _LIKE_AMONG_FEW if name.startswith(_ACTS) else float("inf")
        yield paired(f"{name}, {MANY:,} people : {FEW} people", bound, both)
    for name in seen[0].figures:
        waits = sorted(one.figures[name] for one in seen)
        yield figure(f"{name}, {MANY:,} people", waits[len(waits) // 2], _WAIT, "ms")


_GESTURES = {
    "next person, one step": 30,
    "next person, key held down": 30,
    "another language": 300,
    "another theme": 300,
    "all chosen": 100,
}
"""What each may take of the window's thread until it is painted, in milliseconds."""


def gestures(pairs: int) -> Iterator[Answer]:
    """What a gesture in the window takes until it is painted, among 14,700 and 100,000 people."""
    for count in (lists.ROWS, MANY):
        with tempfile.TemporaryDirectory() as folder:
            register = Path(folder) / "office.imp"
            sample("make_office_register", count, register)
            taken = [sample("gestures", register).figures for _ in range(pairs)]
        for name, bound in _GESTURES.items():
            waits = sorted(one[name] for one in taken)
            yield figure(f"{name}, {count:,} people", waits[pairs // 2], bound, "ms")
    both = [(one["order shown"], one["order asked"]) for one in taken]
    yield paired(f"another order of a list : its query, {MANY:,} people", 2, both)


def refreshes(pairs: int) -> Iterator[Answer]:
    """What the window takes after an act until its page shows it, whichever page is in front."""
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "office.imp"
        sample("make_office_register", MANY, register)
        taken = [sample("refreshes", register).figures for _ in range(pairs)]
    for name in taken[0]:
        waits = sorted(one[name] for one in taken)
        yield figure(f"after an act, {name}", waits[pairs // 2], _REFRESHED, "ms")


_REFRESHED = 50
"""What the window may take of its own thread after an act, in milliseconds."""


def start(pairs: int) -> Iterator[Answer]:
    """Whole processes: the command line beside the interpreter with the driver, the first painted
    window beside an empty one of Qt; in time of the processor."""
    counts = (FEW, lists.ROWS, MANY, register_subjects.MILLION)
    registers = {count: register_subjects.people_register(count) for count in counts}
    for register in registers.values():
        sample("worked_out", register)
    few, some = registers[FEW], registers[lists.ROWS]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        commands = {
            "--help": (3, None, ["--help"]),
            "people --limit 1": (7.5, 5, _people(few)),
        }
        for name, (bound, asked, words) in commands.items():
            starts.command(home, *words)
            taken = [
                (starts.command(home, *words), starts.program(starts.PLAIN, home, few))
                for _ in range(pairs)
            ]
            yield paired(f"{name} : Python with the driver", bound, taken, asked=asked)
        for count, register in registers.items():
            yield _first_window(pairs, home, register, f"{count:,} people", 4.6)
        name = f"{lists.ROWS:,} people, begun with their list"
        yield _first_window(pairs, home, some, name, 6.8, "people")
        taken = [
            (starts.first_window(home, registers[counts[-1]]), starts.first_window(home, some))
            for _ in range(pairs)
        ]
        yield paired(f"first painted window, {counts[-1]:,} people : {lists.ROWS:,}", 1.3, taken)
        yield from _built(pairs, home, few)


def _first_window(
    pairs: int, home: Path, register: Path, name: str, bound: float, page: str = ""
) -> Ratio:
    starts.first_window(home, register, page)
    taken = [
        (starts.first_window(home, register, page), starts.program(starts.BARE, home))
        for _ in range(pairs)
    ]
    return paired(f"first painted window, {name} : an empty one", bound, taken, asked=4)


def _built(pairs: int, home: Path, register: Path) -> Iterator[Answer]:
    """Starts of the built program beside the same of Python with the project's files."""
    options = ["--register", register, "--today", starts.DAY]
    kinds: dict[str, tuple[_Start, _Start, list[object]]] = {
        "people --limit 1": (starts.built_command, starts.command, _people(register)),
        "window until it rests": (starts.built_window, starts.window, options),
    }
    for name, (built, unbuilt, words) in kinds.items():
        named = f"{name}, built : not built"
        if not starts.BUILT.is_dir():
            yield LeftOut(named, "no built program (python3 dev.py build)")
        elif built is starts.built_window and not starts.CAN_WAIT:
            yield LeftOut(named, "the system does not tell when a window rests")
        else:
            built(home, *words)
            unbuilt(home, *words)
            taken = [(built(home, *words), unbuilt(home, *words)) for _ in range(pairs)]
            yield paired(named, _BUILT, taken)


_Start = Callable[..., float]
_BUILT = 1.3
"""What a start of the built program may cost beside one that is not built."""


def _people(register: Path) -> list[object]:
    options = ["--register", register, "--today", starts.DAY, "--json"]
    return [*options, "people", "--limit", 1]


def search(pairs: int) -> Iterator[Answer]:
    """Each key of a search beside the full-text query of its words, in the service and in the
    window; and among ten times the people."""
    with tempfile.TemporaryDirectory() as folder:
        some, many = Path(folder) / "some.imp", Path(folder) / "many.imp"
        sample("make_office_register", MANY // 10, some)
        sample("make_office_register", MANY, many)
        taken = [(sample("keystrokes", many), sample("keystrokes", some)) for _ in range(pairs)]
        boxes = [sample("box_keystrokes", many) for _ in range(pairs)]
    asked = [(m.figures["find"] / 1000, m.figures["peer"] / 1000) for m, _s in taken]
    yield paired(f"keys of a search : full-text query, {MANY:,} people", 3, asked)
    ten = [(m.figures["p95"] / 1000, s.figures["p95"] / 1000) for m, s in taken]
    yield paired("the slowest keys (p95), ten times the people", 2.5, ten, asked=2)
    for name in ("median", "p95"):
        waits = sorted(one.figures[name] for one in boxes)
        yield figure(f"a key in the window ({name}), its own thread", waits[pairs // 2], 16, "ms")


SUBJECTS: dict[str, Callable[[int], Iterator[Answer]]] = {
    subject.__name__: subject
    for subject in (
        imports,
        histories,
        pandas,
        scale,
        exports,
        window,
        days,
        boards,
        acts,
        gestures,
        refreshes,
        start,
        search,
        register_subjects.undo,
        register_subjects.short_lists,
        register_subjects.whole,
        register_subjects.order,
        register_subjects.desks,
        register_subjects.server,
        register_subjects.encrypted,
        window_subjects.memory,
        window_subjects.scrolling,
        window_subjects.lists_shown,
    )
}


def _again(taken: Sample) -> Sample:
    return Sample(taken.figures["again_seconds"], taken.figures)


def _ratio(
    name: str,
    bound: float,
    taken: list[tuple[Sample, Sample]],
    scaled: float = 1.0,
    asked: float | None = None,
) -> Ratio:
    both = [(one.seconds, other.seconds) for one, other in taken]
    return paired(name, bound, both, scaled, asked=asked)


def _pandas() -> Path:
    """A folder with pandas, installed there when it is needed first: no part of the program."""
    if not (_LIBRARIES / "pandas").is_dir():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--target", str(_LIBRARIES), "pandas", "openpyxl"], check=True)
    return _LIBRARIES
