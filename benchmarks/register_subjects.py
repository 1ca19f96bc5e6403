# SPDX-License-Identifier: Apache-2.0
"""The subjects of the register as a whole, each with the bounds of its ratios."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import lists
from benchmarks.measuring import ROOT, Figure, Ratio, figure, paired, sample

FEW, MANY, MILLION = 300, 100_000, 1_000_000
_KEPT = ROOT / "build" / "benchmark-registers"
"""A million people take half an hour to be made: registers that are large stay there."""

_ENCRYPTED = 1.15


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
    few = people_register(FEW)
    for count in (lists.ROWS, MANY, MILLION):
        many = people_register(count)
        sample("short_import", many)  # brings the register to today's shape
        taken = [(sample("short_import", many), sample("short_import", few)) for _ in range(pairs)]
        both = [(one.seconds, other.seconds) for one, other in taken]
        yield paired(f"300 new into {count:,} people : into {FEW}", 2, both)
        more = max(one.figures["peak_mib"] - other.figures["peak_mib"] for one, other in taken)
        yield figure(f"memory that {count:,} people take more", more, 70, "MiB")


def whole(pairs: int) -> Iterator[Ratio]:
    """What is done with all of 100,000 people beside what an engine or a library does alone."""
    named = {
        "copies": ("verified copy : the engine's copying", 4, 1.5),
        "checks": ("check : the engine's integrity_check", 2.5, None),
        "export_all": ("export of everything : XlsxWriter, row by row", 1.5, None),
    }
    with tempfile.TemporaryDirectory(prefix="imp-plus-benchmark-") as folder:
        register = Path(folder) / "office.imp"
        sample("make_office_register", MANY, register)
        for name, (what, bound, asked) in named.items():
            taken = [sample(name, register) for _ in range(pairs)]
            both = [(one.seconds, one.figures["beside"]) for one in taken]
            yield paired(f"{what}, {MANY:,} people", bound, both, asked=asked)


def order(pairs: int) -> Iterator[Ratio]:
    """The ids of all people by name beside the driver's own query."""
    for count in (lists.ROWS, MANY, MILLION):
        sample("worked_out", people_register(count))
        taken = [sample("people_in_order", people_register(count)) for _ in range(pairs)]
        both = [(one.seconds, one.figures["beside"]) for one in taken]
        name = f"{count:,} people by name : the driver's query"
        yield paired(name, 1.5, both)


def desks(pairs: int) -> Iterator[Ratio]:
    """Guarded rows that eight processes insert in the time of the receipts that eight record."""
    taken = [sample("receipts", people_register(lists.ROWS)) for _ in range(pairs)]
    both = [(one.figures["beside"], one.seconds) for one in taken]
    yield paired("rows of eight desks in the time of a receipt", 4.5, both, asked=2)


_SERVER_LISTS = {
    "name": "by name",
    "reference": "by reference",
    "letter": "by letter",
    "verdict": "of one verdict",
}
"""What is listed on a server, by the figure that tells it."""


def server(pairs: int) -> Iterator[Ratio | Figure]:
    """A register on a server: an import beside the same into a file; lists, searches and receipts
    beside the driver alone."""
    register = people_register(lists.ROWS)
    with tempfile.TemporaryDirectory(prefix="imp-plus-benchmark-") as folder:
        listed = lists.write(Path(folder) / "list.xlsx")
        taken = [sample("server_import", listed) for _ in range(pairs)]
    both = [(one.seconds, one.figures["beside"]) for one in taken]
    yield paired("an import on a server : in a file", 1.8, both, asked=1.5)
    yield from _moves(pairs)
    slowest = []
    for count in (lists.ROWS, MANY):
        taken = [sample("server_lists", people_register(count)) for _ in range(pairs)]
        for name, said in _SERVER_LISTS.items():
            both = [(one.figures[name], one.figures[f"{name} beside"]) for one in taken]
            yield paired(f"{count:,} people on a server, {said} : the bare query", 2, both)
        both = [(one.figures["find"], one.figures["index"]) for one in taken]
        yield paired(f"keys of a search, {count:,} people on a server : the bare index", 5, both)
        slowest.append([one.figures["slowest"] for one in taken])
    both = list(zip(*reversed(slowest), strict=True))
    yield paired(f"slowest key on a server, {MANY:,} people : {lists.ROWS:,}", 2, both)
    taken = [sample("server_receipts", register) for _ in range(pairs)]
    both = [(one.figures["beside"], one.seconds) for one in taken]
    name = "rows of eight desks on a server in the time of a receipt"
    yield paired(name, 8, both, asked=2)


def _moves(pairs: int) -> Iterator[Ratio | Figure]:
    """A register taken to a server, with where everybody stands: a person of many beside one of
    few, and the memory that it takes."""
    taken = []
    for count in (MANY, lists.ROWS):
        sample("worked_out", people_register(count))
        taken.append([sample("server_move", people_register(count)) for _ in range(pairs)])
    each = [[one.seconds for one in some] for some in taken]
    name = f"a move to a server, a person of {MANY:,} : of {lists.ROWS:,}"
    yield paired(name, 1.5, list(zip(*each, strict=True)), lists.ROWS / MANY)
    held = [statistics.median(one.figures["peak_mib"] for one in some) for some in taken]
    yield figure(f"memory of a move of {MANY:,} people", held[0], 200, "MiB")
    yield figure(f"what it is more than of {lists.ROWS:,}", held[0] - held[1], 90, "MiB")


def encrypted(pairs: int) -> Iterator[Ratio]:
    """What is done in an encrypted register beside the same in a plain one."""
    taken: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory(prefix="imp-plus-benchmark-") as folder:
        listed = lists.write(Path(folder) / "list.xlsx")
        registers = [(Path(folder) / "kept.imp", "quatre mots bien longs")]
        registers.append((Path(folder) / "plain.imp", ""))
        for register, passphrase in registers:
            sample("make_office_register", lists.ROWS, register, passphrase=passphrase)
        for _ in range(pairs):
            told: dict[str, list[float]] = {}
            for register, passphrase in registers:
                imported = sample("whole_import", listed, passphrase=passphrase)
                started = sample("start_of_day", register, 0, passphrase=passphrase)
                day = sample("day_of_acts", register, passphrase=passphrase)
                acts = sum(took for name, took in day.figures.items() if name.startswith("act:"))
                told.setdefault("an import", []).append(imported.figures["cpu"])
                told.setdefault("a start", []).append(started.seconds)
                told.setdefault("a day's acts", []).append(acts / 1000)
            for name, (kept, plain) in told.items():
                taken.setdefault(name, []).append((kept, plain))
    held = {"an import": 1.15, "a start": 2, "a day's acts": 1.4}  # a start derives the key
    for name, both in taken.items():
        asked = None if held[name] == _ENCRYPTED else _ENCRYPTED
        yield paired(f"{name}, encrypted : plain", held[name], both, asked=asked)


def people_register(count: int) -> Path:
    """A register of so many people and where they stand, made once."""
    register = _KEPT / f"people{count}.imp"
    if not register.exists():
        _KEPT.mkdir(parents=True, exist_ok=True)
        part = register.with_suffix(".part.imp")
        sample("make_people", count, part)
        part.rename(register)
    return register
