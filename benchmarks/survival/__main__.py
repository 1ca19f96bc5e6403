# SPDX-License-Identifier: Apache-2.0
"""`kills` and `faults`: do trials, tell what is not as it should be, and count."""

from __future__ import annotations

import argparse
import errno
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from benchmarks.survival import shim
from benchmarks.survival.shim import CHANGES, EDGES, KILL, READS, Call

if TYPE_CHECKING:
    from benchmarks.survival.trial import Outcome, Trials
    from benchmarks.survival.works import Work

ERRORS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO}
SAID = {
    errno.ENOSPC: {"full", "perhaps_kept"},
    errno.EIO: {"no_answer", "cannot_open", "perhaps_kept"},
}
"""What may be said of a disk: of one that is full and of one that does not answer."""
OF_READS = {"no_answer", "misread", "cannot_copy", "perhaps_kept"}
"""A copy that cannot be read again was not made."""


def main(arguments: list[str]) -> int:
    """Do what is asked; 1 where something did not survive."""
    asked = _parser().parse_args(arguments)
    if lacking := shim.lacking():
        print(f"left out: {lacking}")
        return 0
    shim.ready("benchmarks.survival", arguments)
    from benchmarks.survival.trial import Trials

    # No folder that goes by itself: it would go with each of the processes that end.
    where = Path(tempfile.mkdtemp(prefix="survival-"))
    try:
        trials, works = Trials(where, shim.Shim()), _works(asked.work)
        done = (
            kills(trials, works, asked) if asked.what == "kills" else faults(trials, works, asked)
        )
        return _report(asked.what, _until(done, asked.seconds))
    finally:
        shutil.rmtree(where, ignore_errors=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py kills|faults")
    parser.add_argument("what", choices=("kills", "faults"))
    parser.add_argument("--count", type=int, help="so many at random (kills) or of each work")
    parser.add_argument(
        "--edges", action="store_true", help="each edge too, where a count is given"
    )
    parser.add_argument("--seed", type=int, default=None, help="the same ones again")
    parser.add_argument("--work", action="append", default=[], help="only works that begin so")
    parser.add_argument("--part", default="1/1", help="only the n-th of m parts: 2/4")
    parser.add_argument("--seconds", type=int, help="stop after so long, and tell")
    parser.add_argument("--kinds", help="faults of these calls only: SYNC,RENAME")
    return parser


def _works(names: Sequence[str]) -> list[Work]:
    from benchmarks.survival.works import WORKS

    return [
        work for name, work in WORKS.items() if not names or any(name.startswith(n) for n in names)
    ]


def kills(trials: Trials, works: list[Work], asked: argparse.Namespace) -> Iterator[Outcome]:
    """Each edge of the main works and of each migration once, then so many calls at random."""
    from benchmarks.survival.trial import Blow

    calls: dict[str, int] = {}
    for work in works if asked.count is None or asked.edges else []:
        whole = trials.once(work, Blow(EDGES))
        yield whole
        for at in _part(asked.part, range(1, whole.calls + 1)):
            yield trials.once(work, Blow(EDGES, at, KILL))
    chance = random.Random(f"{asked.seed} {asked.part}" if asked.seed else None)
    kinds = list(_by_kind(works).values())
    for _time in _part(asked.part, range(asked.count if asked.count is not None else 1000)):
        work = chance.choice(chance.choice(kinds))
        if work.name not in calls:
            calls[work.name] = trials.once(work, Blow(CHANGES)).calls
        yield trials.once(work, Blow(CHANGES, chance.randint(1, calls[work.name] + 1), KILL))


def faults(trials: Trials, works: list[Work], asked: argparse.Namespace) -> Iterator[Outcome]:
    """Each call fails once with each error, and from each on for good as on a full disk."""
    from benchmarks.survival.trial import Blow

    chance = random.Random(f"{asked.seed} {asked.part}" if asked.seed else None)
    changes, reads = CHANGES, READS
    if asked.kinds:
        kinds = reduce(or_, (Call[name] for name in asked.kinds.split(",")))
        changes, reads = kinds & ~READS, kinds & READS
    for work in works:
        whole = trials.once(work, Blow(changes))
        yield whole
        blows = [
            Blow(changes, at, number, lasting)
            for at in range(1, (whole.calls if changes else 0) + 1)
            for number, lasting in ((errno.ENOSPC, False), (errno.ENOSPC, True), (errno.EIO, False))
        ]
        if reads:
            count = trials.once(work, Blow(reads)).calls
            blows += [Blow(reads, at, errno.EIO) for at in range(1, count + 1)]
        if asked.count is not None:
            blows = chance.sample(blows, min(asked.count, len(blows)))
        for blow in _part(asked.part, blows):
            yield _judged(trials.once(work, blow))


def _until(done: Iterator[Outcome], seconds: int | None) -> Iterator[Outcome]:
    given_up = monotonic() + seconds if seconds else float("inf")
    for outcome in done:
        yield outcome
        if monotonic() > given_up:
            return


def _by_kind(works: Sequence[Work]) -> dict[str, list[Work]]:
    """The works that come as often as each other's kind: all acts of services together are one of
    a dozen."""
    found: dict[str, list[Work]] = {}
    for work in works:
        found.setdefault(_kind(work.name), []).append(work)
    return found


def _kind(name: str) -> str:
    if name.startswith("shape-"):
        return "an earlier register"
    return "an act of a service" if name.startswith("act:") else name


def _judged(outcome: Outcome) -> Outcome:
    """A failure that was said must be the one that was."""
    blow = outcome.blow
    if outcome.code and outcome.code not in (OF_READS if blow.kinds == READS else SAID[blow.does]):
        outcome.faults.append(f"said {outcome.code}")
    return outcome


def _part(part: str, all_of_it: Sequence) -> Sequence:
    number, parts = map(int, part.split("/"))
    return all_of_it[number - 1 :: parts]


def _report(what: str, done: Iterator[Outcome]) -> int:
    hit: Counter[str] = Counter()
    said: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for outcome in done:
        kind = _kind(outcome.work)
        hit[kind] += outcome.was_hit
        said[outcome.code or "nothing"] += outcome.was_hit
        for fault in outcome.faults:
            blow = outcome.blow
            failed[f"{kind}: {fault}"] += 1
            name = errno.errorcode.get(blow.does, "the end")
            print(f"{outcome.work}, call {blow.at} of {blow.kinds!r} {name}: {fault}", flush=True)
    for kind, count in hit.items():
        print(f"{kind:<22} {count}")
    if what == "faults":
        print(", ".join(f"{code}: {count}" for code, count in said.most_common()))
    print(f"{what}: {hit.total()}, not survived: {failed.total()}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
