# SPDX-License-Identifier: Apache-2.0
"""Broken files by the thousand: none may crash the reader, hang it or be imported in part.

Each case is made from its number. Most are read in one worker process after the other, under the
limits of the real child; a worker that dies has its case tried in the real child, which must say
a code. Some cases go through the real child, some through the command line's import. By hand:
`python3 dev.py fuzz [--cases N] [--first N]`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from random import Random

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

import new_registers
from exchange_builders import FILES, parsed
from hostile_files import zipped
from odd_workbooks import odd_workbook

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.reader import read_workbook
from imp_plus_desktop.exchange.readers.reading import read_in_child
from imp_plus_desktop.exchange.sheets.sheets import Limits, Workbook

LONGEST = 10.0
PATIENCE = 90.0
PARSED = 25  # Of so many cases, one is taken for a list too, which takes ten times as long.
SOURCES = (
    "messy-2023.xlsx", "families-2024.xlsx", "invitations-2023-fr.xlsx", "messy-2023.xlsb",
    "excel-dates.xlsb", "legacy-2022.xls", "messy-2023-excel95.xls", "legacy-2022.ods",
    "messy-2023-indented.ods", "liste-excel-fr.csv",
)  # fmt: skip
_PIECES = (
    b"\x00", b"\xff\xff\xff\xff", b"<", b">", b"&", b'"', b"-", b"1e999", b"99999999999", b"<v>",
    b"</c>", b"]]>", b"<!--", b'r="XFD1048576"', b't="e"', b't="s"', b"\xef\xbb\xbf", b"\n", b";",
    b'table:number-rows-repeated="99999999"', b"</row>", b"<row>", b"PK\x03\x04", b"\x80",
)  # fmt: skip


def make_case(seed: int, folder: Path) -> bytes:
    """The file of a case; the same for the same number."""
    random = Random(seed)
    kind = random.randrange(6)
    if kind == 0:
        data = odd_workbook(folder, seed)
        return broken(random, data) if random.random() < 0.3 else within(random, data)
    data = (FILES / random.choice(SOURCES)).read_bytes()
    if kind in (1, 2, 3) and data.startswith(b"PK"):
        return within(random, data)
    return broken(random, data)


def broken(random: Random, data: bytes) -> bytes:
    """The bytes with some of them flipped, cut off, taken out, doubled or from another file."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5, 30))):
        at = random.randrange(len(changed) + 1)
        size = random.choice((1, 1, 4, 100, 5000))
        match random.randrange(6):
            case 0 | 1:
                changed[at : at + 1] = bytes([random.randrange(256)])
            case 2:
                changed[at : at + size] = b""
            case 3:
                changed[at:at] = random.choice(_PIECES)
            case 4:
                other = (FILES / random.choice(SOURCES)).read_bytes()
                start = random.randrange(len(other))
                changed[at : at + size] = other[start : start + size]
            case _:
                changed[at:at] = changed[at : at + size]
    if random.random() < 0.2:
        del changed[random.randrange(len(changed) + 1) :]
    return bytes(changed)


def within(random: Random, data: bytes) -> bytes:
    """A zip whose check sums are right again after some of its parts were broken."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in random.sample(sorted(parts), k=min(random.choice((1, 1, 1, 3)), len(parts))):
        if random.random() < 0.03:
            del parts[name]
        else:
            parts[name] = broken(random, parts[name])
    return zipped(parts, level=1)


def outcome_of(
    path: Path, read: Callable[[Path], Workbook] = read_workbook, *, whole: bool = True
) -> str:
    """`read`, or the code of what keeps the file from being read, or parsed when `whole`."""
    try:
        workbook = read(path)
        if whole:
            parsed(workbook)
    except ExchangeError as error:
        return error.code
    return "read"


def work(folder: Path) -> None:
    """A worker: for each number on its standard input, one line with what became of it."""
    if sys.platform != "win32":
        import resource

        most = Limits().memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
    path = folder / "case.bin"
    for line in sys.stdin:
        path.write_bytes(make_case(int(line), folder))
        start = time.process_time()
        try:
            outcome = outcome_of(path, whole=int(line) % PARSED == 0)
        except Exception as error:  # what a run is for
            trace = error.__traceback__
            while trace and trace.tb_next:
                trace = trace.tb_next
            where = f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else "?"
            outcome = f"crash {type(error).__name__} at {where}"
        seconds = time.process_time() - start
        print(json.dumps({"outcome": outcome, "seconds": round(seconds, 2)}), flush=True)


class Worker:
    """One worker process, and what it answers."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--work", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._answers: queue.Queue[bytes] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        line = b"-"
        while line:
            line = self._process.stdout.readline()
            self._answers.put(line)

    def ask(self, seed: int) -> tuple[str, float]:
        """Outcome and seconds of a case; `died` and `hang` end the worker."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{seed}\n".encode())
        self._process.stdin.flush()
        try:
            line = self._answers.get(timeout=PATIENCE)
        except queue.Empty:
            self.end()
            return "hang", PATIENCE
        if not line:
            self.end()
            return "died", 0.0
        answer = json.loads(line)
        return answer["outcome"], answer["seconds"]

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()


def run(seeds: range, folder: Path) -> Iterator[tuple[int, str, float]]:
    """Number, outcome and seconds of each case, read in workers."""
    worker = Worker(folder)
    try:
        for seed in seeds:
            outcome, seconds = worker.ask(seed)
            if outcome in ("died", "hang"):
                worker = Worker(folder)
            if outcome == "died":
                # What ends a worker must be a code of the real child.
                outcome = f"child: {in_child(seed, folder)}"
            yield seed, outcome, seconds
    finally:
        worker.end()


def in_child(seed: int, folder: Path) -> str:
    """The outcome of a case in the real child."""
    path = folder / "child.bin"
    path.write_bytes(make_case(seed, folder))
    return outcome_of(path, read_in_child)


def new_register(folder: Path) -> Path:
    """An empty register, for `by_command_line`."""
    return new_registers.new_register(folder / "empty.imp", is_file=True)


def by_command_line(seed: int, folder: Path, empty: Path) -> str:
    """Imports a case into a copy of an empty register; says what is wrong with that, or nothing."""
    register, path = folder / "one.imp", folder / "case.csv"
    for old in folder.glob("one.imp*"):
        old.unlink()
    shutil.copy(empty, register)
    before = _digest(register)
    path.write_bytes(make_case(seed, folder))
    done = _command(register, "import", str(path))
    if done.returncode not in (0, 1, 3):
        return f"exit {done.returncode}"
    if done.returncode == 3:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        same = _digest(register) == before
        return "" if same and len(lines) == 1 else f"exit 3, same {same}, {len(lines)} lines"
    counts = json.loads(done.stdout)
    people = json.loads(_command(register, "people", "--limit", "1").stdout)["total"]
    family = any(sheet["kind"] == "family" for sheet in counts["sheets"])
    whole = family or people == counts["new"]
    return "" if whole else f"{people} people of {counts['new']}"


def _command(register: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "imp_plus_desktop", "--register", str(register), "--json"]
    environment = {**os.environ, "PYTHONPATH": str(FILES.parents[1])}
    return subprocess.run(
        [*command, "--lang", "fr", "--today", "2024-11-20", *arguments],
        capture_output=True,
        check=False,
        env=environment,
        timeout=PATIENCE * 2,
    )


def _digest(register: Path) -> str:
    return hashlib.sha256(register.read_bytes()).hexdigest()


def bad(outcome: str, seconds: float) -> bool:
    """Whether an outcome is a finding."""
    return outcome.startswith(("crash", "hang", "child: timeout")) or seconds > LONGEST


def main(argv: list[str]) -> int:
    """Runs the cases and prints what became of them; 1 when something was found."""
    parser = argparse.ArgumentParser(prog="dev.py fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--children", type=int, default=300, help="cases for the real child")
    parser.add_argument("--imports", type=int, default=200, help="cases for the command line")
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    if arguments.work:
        work(arguments.work)
        return 0
    with tempfile.TemporaryDirectory() as name:
        seeds = range(arguments.first, arguments.first + arguments.cases)
        return _report(seeds, arguments.children, arguments.imports, Path(name))


def _report(seeds: range, children: int, imports: int, folder: Path) -> int:
    outcomes: Counter[str] = Counter()
    found: list[str] = []
    slowest = 0.0
    for done, (seed, outcome, seconds) in enumerate(run(seeds, folder), 1):
        outcomes[outcome] += 1
        slowest = max(slowest, seconds)
        if bad(outcome, seconds):
            found.append(f"case {seed}: {outcome} ({seconds:.1f} s)")
            print(found[-1], flush=True)
        if done % 250 == 0:
            print(f"{done} cases, {len(found)} findings", file=sys.stderr, flush=True)
    print(f"cases: {dict(outcomes.most_common())}; slowest {slowest:.1f} s of work", flush=True)
    through_child = Counter(
        in_child(seed, folder) for seed in range(seeds.start, seeds.start + children)
    )
    print(f"in the real child: {dict(through_child.most_common())}", flush=True)
    empty = new_register(folder)
    for seed in range(seeds.start, seeds.start + imports):
        if said := by_command_line(seed, folder, empty):
            found.append(f"import of case {seed}: {said}")
            print(found[-1], flush=True)
    print(f"imports by the command line: {imports}; findings: {len(found)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
