# SPDX-License-Identifier: Apache-2.0
"""A register on a server beside one in a file, and beside the driver alone: PostgreSQL started in a
folder of its own, on this machine.

The window's clock counts here, not the processor's: half of the work is the server's.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import servers

if TYPE_CHECKING:
    from imp_plus_desktop.domain.reads.filters import PeopleFilter
    from imp_plus_desktop.services.office.office import Office

TODAY = date(2024, 11, 20)
Figures = dict[str, float]
_BARE = (
    "CREATE TABLE bare_index AS SELECT person_id, words FROM imp_plus.person_search",
    "CREATE INDEX ON bare_index USING GIN (words)",
    "ANALYZE bare_index",
)
"""The words with one index of everybody."""
_FOUND = "SELECT person_id FROM public.bare_index WHERE words @@ CAST(%s AS TSQUERY)"
_KEYS = (
    *("m", "ma", "mar", "mari", "marie", "b", "ba", "ben", "tr", "tre", "1", "12", "110", "1990"),
    *("c10", "336", "sofia k", "nguyen zoe", "sofia kim", "kim 1990"),
)
"""What stands in the line: beginnings of names and numbers that few have, many, or everybody."""
_TURNS = 5


def server_import(path: str) -> Figures:
    """A whole import into a register on a server, and the same into a file, each to the end of its
    commit."""
    _loaded()
    with _cluster() as cluster, tempfile.TemporaryDirectory() as folder:
        there, here = _made(cluster, "bench"), Path(folder) / "register.imp"
        return {"seconds": _imported(there, Path(path)), "beside": _imported(here, Path(path))}


def server_move(register: str) -> Figures:
    """A register taken from a file to a server, with where everybody stands, to its end: how long,
    and the most memory that the process has held."""
    from benchmarks.registers import peak
    from imp_plus_desktop.services.office import summary

    with _cluster() as cluster, tempfile.TemporaryDirectory() as folder:
        began = perf_counter()
        office = _moved(cluster, Path(register), Path(folder))
        told = {"seconds": perf_counter() - began, "peak_mib": peak()}
        if summary.stale_count(office):
            raise RuntimeError("the lines of the lists stayed behind")
        office.close()
    return told


def server_window_memory(register: str) -> Figures:
    """What the process of a window holds on a register that was taken to a server."""
    from benchmarks.measuring import sample

    with _cluster() as cluster, tempfile.TemporaryDirectory() as folder:
        office = _moved(cluster, Path(register), Path(folder))
        office.close()
        return {**sample("window_memory", office.register.server).figures, "seconds": 0.0}


def server_lists(register: str) -> Figures:
    """Everybody by name, by reference and by letter, those of one verdict, and each key of a search
    among the people of a register that was moved to a server, beside what the driver takes for the
    bare query and the bare question of the index. `slowest` is of the keys of the search."""
    from imp_plus_desktop.domain.search.typed import read
    from imp_plus_desktop.services.office import summary
    from imp_plus_desktop.services.people import people
    from imp_plus_desktop.services.search import finding

    with _cluster() as cluster, tempfile.TemporaryDirectory() as folder:
        office = _moved(cluster, Path(register), Path(folder))
        summary.refresh(office)
        database = office.register.db.connection()
        told: Figures = {}
        for name, (wanted, sort, bare) in _lists().items():
            told[name] = _median(lambda w=wanted, s=sort: people.ids(office, w, s))
            told[f"{name} beside"] = _median(lambda b=bare: database.execute(b).fetchall())
        for statement in _BARE:
            cluster.sql(statement, "bench")
        asked, index = [], []
        for text in _KEYS:
            words = office.register.db.search.expression(read(text), "")
            index.append(_median(lambda words=words: database.execute(_FOUND, (words,)).fetchall()))
            asked.append(_median(lambda text=text: finding.find(office, text)))
        office.close()
    told["seconds"] = told["name"]
    return {**told, "find": sum(asked), "index": sum(index), "slowest": max(asked)}


def _lists() -> dict[str, tuple[PeopleFilter, str, str]]:
    """What is listed: whom, in which order, and the query that the driver is given for the same."""
    from imp_plus_desktop.domain.reads.filters import PeopleFilter
    from imp_plus_desktop.domain.rules.findings import VerdictCode

    everybody, one = PeopleFilter(), PeopleFilter(verdict=VerdictCode.NOT_ELIGIBLE)
    bare = "SELECT s.person_id FROM standing s"
    return {
        "name": (everybody, "name", f"{bare} ORDER BY s.sort_key, s.person_id"),
        "reference": (
            *(everybody, "reference"),
            f"{bare} JOIN person p ON p.id = s.person_id"
            " ORDER BY p.individual_reference NULLS FIRST, s.sort_key, s.person_id",
        ),
        "letter": (
            *(everybody, "letter"),
            f"{bare} ORDER BY s.letter_date NULLS FIRST, s.sort_key, s.person_id",
        ),
        "verdict": (
            *(one, "name"),
            f"{bare} WHERE s.verdict = '{one.verdict}' ORDER BY s.sort_key, s.person_id",
        ),
    }


def server_receipts(register: str) -> Figures:
    """How many receipts a second eight processes record in a register on a server, and how many
    guarded rows eight insert there, each safe on the disk."""
    from benchmarks.registers import receipts_beside

    with _cluster(safe=True) as cluster, tempfile.TemporaryDirectory() as folder:
        office = _moved(cluster, Path(register), Path(folder))
        address = office.register.server
        office.close()
        cluster.sql("CREATE TABLE receipt (place BIGINT PRIMARY KEY, person BIGINT)", "bench")
        cluster.sql("CREATE TABLE places (used BIGINT)", "bench")
        cluster.sql("INSERT INTO places VALUES (0)", "bench")
        return receipts_beside(address, _insert)


@contextmanager
def _cluster(*, safe: bool = False) -> Iterator[servers.Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="imp-plus-bench-server-"))
    folder.chmod(0o755)
    inside = folder / "cluster"
    inside.mkdir(mode=0o700)
    cluster = servers.Cluster(inside, safe=safe)
    cluster.make()
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.end()


def _made(cluster: servers.Cluster, name: str) -> Any:
    from imp_plus_desktop.bootstrap import load_programme
    from imp_plus_desktop.services.servers import setting_up

    address = cluster.address(name)
    setting_up.init(address, load_programme())
    return address


def _loaded() -> None:
    """What both need is there before the clock of the first one runs."""
    from imp_plus_desktop import bootstrap  # noqa: F401
    from imp_plus_desktop.services.imports import imports  # noqa: F401


def _imported(where: Any, path: Path) -> float:
    from imp_plus_desktop.bootstrap import open_office
    from imp_plus_desktop.services.imports import imports

    office = open_office(where, today=TODAY)
    began = perf_counter()
    imports.commit(office, imports.open_file(office, path, with_rows=False))
    took = perf_counter() - began
    office.close()
    return took


def _moved(cluster: servers.Cluster, register: Path, folder: Path) -> Office:
    """An office on a register of a file that was taken to a server."""
    from imp_plus_desktop.bootstrap import on_server, open_office
    from imp_plus_desktop.services.servers import moving

    address = _made(cluster, "bench")
    office = open_office(Path(shutil.copy(register, folder / "register.imp")), today=TODAY)
    target = on_server(address)
    moving.to_server(office, target, str(address))
    target.close()
    office.close()
    return open_office(address, today=TODAY)


def _insert(address: Any, people: list[int], start: Any) -> None:
    import psycopg

    from benchmarks.registers import PATIENCE

    host, port = address.hosts[0]
    with psycopg.connect(
        host=host, port=port, dbname=address.database, user=address.user, autocommit=True
    ) as connection:
        start.wait(PATIENCE)
        for person in people[1:]:
            with connection.transaction():
                taken = connection.execute(
                    "UPDATE places SET used = used + 1 WHERE used < 100000 RETURNING used"
                ).fetchone()
                assert taken is not None
                connection.execute("INSERT INTO receipt VALUES (%s, %s)", (taken[0], person))


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _turn in range(_TURNS):
        began = perf_counter()
        work()
        taken.append(perf_counter() - began)
    return statistics.median(taken)
