# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL of the tests' own: a cluster in a folder that goes again, on a port nobody has.

    missing() -> str | None       why there can be none here
    Cluster(folder)               `.start()`, `.stop(kill=…)`, `.end()`, `.address(database, user)`
    a_cluster() -> Cluster        one for the whole process
    database_for(path) -> ServerAddress, or None; emptied by `empty_databases`
    copy_database(source, target) the database of one path copied for another

Must not need a server that somebody else has set up, nor leave one: beside each cluster a watcher
waits, which ends it when the process that started it is gone, however that went.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import socket
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from imp_plus_desktop.storage.engines import ServerAddress

OWNER, USER = "imp_owner", "imp-plus-tests"
"""The cluster's first role; and whom root becomes, since PostgreSQL refuses root."""
TEMPLATE = "imp_empty"
_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "max_wal_size": "512MB",
    "logging_collector": "off",
}
_SAFE = {"max_connections": "60", "shared_buffers": "32MB"}
_WATCHER = """
read -r _
cd /
folder=$1
shift
"$@"
rm -rf "$folder"
rmdir "$(dirname "$folder")"
"""
"""Waits for the end of a pipe that only the cluster's own process holds."""


@cache
def programs() -> Path | None:
    """The folder of PostgreSQL's own programs, of the newest version that is installed."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent  # where the others are, too
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    fitting = [one for one in folders if one.parent.name.isdigit() and (one / "initdb").exists()]
    newest = max(fitting, key=lambda one: int(one.parent.name), default=None)
    return newest if newest is not None and int(newest.parent.name) >= 15 else None


def missing() -> str | None:
    """Why no cluster can be started here, None where one can."""
    if os.name == "nt":
        return "the tests start PostgreSQL on Linux and macOS alone"
    return None if programs() is not None else "PostgreSQL 15 or later is not installed"


class Cluster:
    """A cluster of its own. With `safe` it keeps its promises when it is killed."""

    def __init__(self, folder: Path, *, safe: bool = False, more: dict[str, str] | None = None):
        self.folder, self._settings = folder, {**(_SAFE if safe else _FAST), **(more or {})}
        self.port = _free_port()
        self._watcher: subprocess.Popen[bytes] | None = None
        if os.geteuid() == 0:
            _make_user()
            shutil.chown(folder, USER)

    def make(self, *options: str) -> None:
        """Make an empty cluster in the folder."""
        self.run(
            "initdb",
            *("-N", "-D", str(self.folder), "-U", OWNER, "-A", "trust"),
            *("--no-locale", "-E", "UTF8", *options),
        )

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._watch()
        settings = {
            **self._settings,
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
        }
        told = " ".join(f"-c {name}={value!r}" for name, value in settings.items())
        log = str(self.folder / "log")
        self.run("pg_ctl", "-D", str(self.folder), "-l", log, "-w", "-o", told, "start")

    def stop(self, *, kill: bool = False) -> None:
        """Stop it; with `kill` as a power cut would."""
        if kill:
            process = int((self.folder / "postmaster.pid").read_text().split()[0])
            os.kill(process, 9)
            return
        self.run("pg_ctl", *self._stop(), check=False)

    def end(self) -> None:
        """Stop it for good: its folder goes, and the one around it where nothing else is there."""
        if self._watcher is not None:
            self._watcher.communicate()
            self._watcher = None

    def _watch(self) -> None:
        if self._watcher is not None:
            return
        stop = self._as_its_user("pg_ctl", *self._stop())
        self._watcher = subprocess.Popen(
            ["/bin/sh", "-c", _WATCHER, "watcher", str(self.folder), *stop],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # what ends the tests does not end it
        )

    def _stop(self) -> tuple[str, ...]:
        return ("-D", str(self.folder), "-m", "immediate", "-w", "stop")

    def _as_its_user(self, program: str, *arguments: str) -> list[str]:
        folder = programs()
        assert folder is not None
        command = [str(folder / program), *arguments]
        return ["runuser", "-u", USER, "--", *command] if os.geteuid() == 0 else command

    def run(self, program: str, *arguments: str, check: bool = True) -> None:
        """Run one of PostgreSQL's programs as the cluster's own user."""
        environment = {**os.environ, "LC_ALL": "C"}
        subprocess.run(
            self._as_its_user(program, *arguments),
            cwd=self.folder,
            env=environment,
            check=check,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )

    def address(self, database: str, user: str = OWNER) -> ServerAddress:
        """How the program is told of one of its databases."""
        from imp_plus_desktop.storage.engines import ServerAddress

        return ServerAddress((("127.0.0.1", self.port),), database, user)

    def connected(self, database: str) -> Any:
        """A connection of the cluster's owner."""
        import psycopg

        return psycopg.connect(
            host="127.0.0.1", port=self.port, dbname=database, user=OWNER, autocommit=True
        )

    def sql(self, statement: str, database: str = "postgres") -> Any:
        """Execute a statement as the cluster's owner; the first row of what it tells."""
        with self.connected(database) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchone() if cursor.description else None


@cache
def a_cluster() -> Cluster:
    """The cluster of this process, with an empty register to be copied."""
    from imp_plus_desktop.storage.engines.postgresql import opening

    folder = Path(tempfile.mkdtemp(prefix="imp-plus-server-", dir=reachable()))
    folder.chmod(0o755)
    inside = folder / "cluster"
    inside.mkdir(mode=0o700)
    cluster = Cluster(inside)
    cluster.make()
    cluster.start()
    atexit.register(cluster.end)
    cluster.sql(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
    made = opening.reached(cluster.address(TEMPLATE))
    opening.make(made)
    made.close()
    return cluster


_made: dict[str, str] = {}
"""Which database stands for which path."""
_free: list[str] = []
"""Empty databases: to make one anew takes a hundred times as long as to empty it."""
_EMPTIED = """
SELECT string_agg('DELETE FROM imp_plus.' || quote_ident(relname) || ';', ' ')
FROM pg_stat_user_tables WHERE schemaname = 'imp_plus' AND relname <> 'register_state'
"""
_TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = 'imp_plus'::regnamespace AND relkind = 'r'
"""
_OF_NO_ROW = 21
"""Bytes that COPY tells of an empty table."""
_SHAPE = """
WITH ours AS (SELECT oid, xmin FROM pg_class WHERE relnamespace = 'imp_plus'::regnamespace)
SELECT COUNT(*), MAX(CAST(CAST(made AS TEXT) AS BIGINT)) FROM (
    SELECT xmin AS made FROM ours
    UNION ALL SELECT xmin FROM pg_attribute WHERE attrelid IN (SELECT oid FROM ours)
    UNION ALL SELECT xmin FROM pg_trigger WHERE tgrelid IN (SELECT oid FROM ours)
    UNION ALL SELECT xmin FROM pg_constraint WHERE connamespace = 'imp_plus'::regnamespace
    UNION ALL SELECT xmin FROM pg_proc WHERE pronamespace = 'imp_plus'::regnamespace
) AS objects
"""
"""What changes with the shape of a register: how many parts it has, and when the last was made."""


def database_for(path: Path, *, create: bool) -> ServerAddress | None:
    """The database that stands for a path in this test; made where it is missing and may be."""
    cluster, whole = a_cluster(), _whole(path)
    if whole not in _made:
        if not create:
            return None
        if not _free:
            _free.append(_make_database(whole))
        _made[whole] = _free.pop()
    return cluster.address(_made[whole])


def copy_database(source: Path, target: Path) -> None:
    """Let what one path's database holds, which nobody is to have open, stand for another, too."""
    cluster, name = a_cluster(), _made[_whole(source)]
    _give_back(_whole(target))
    address = database_for(target, create=True)
    assert address is not None
    with cluster.connected(name) as read, cluster.connected(address.database) as made:
        tables = [table for (table,) in read.execute(_TABLES).fetchall()]
        with made.transaction():
            made.execute("SET LOCAL session_replication_role = replica")
            made.execute("DELETE FROM imp_plus.register_state")
            for table in tables:
                _copy_rows(read, made, table)


def _copy_rows(read: Any, made: Any, table: str) -> None:
    with read.cursor().copy(f"COPY imp_plus.{table} TO STDOUT (FORMAT binary)") as rows:
        content = b"".join(map(bytes, rows))
    if len(content) > _OF_NO_ROW:
        with made.cursor().copy(f"COPY imp_plus.{table} FROM STDIN (FORMAT binary)") as copy:
            copy.write(content)


def made_so_far() -> frozenset[str]:
    """What `empty_databases` is to leave alone: what tests share was made before each of them."""
    return frozenset(_made)


def empty_databases(shared: frozenset[str] = frozenset()) -> None:
    """Empty what was made for one test, for the next one."""
    for whole in [one for one in _made if one not in shared]:
        _give_back(whole)


def _give_back(whole: str) -> None:
    name = _made.pop(whole, None)
    if name is not None and _emptied(name):
        _free.append(name)


def _emptied(name: str) -> bool:
    """Whether a database is empty again; otherwise it is dropped."""
    cluster = a_cluster()
    if cluster.sql(_SHAPE, name) != _shape_at_first():
        cluster.sql(f"DROP DATABASE {name} WITH (FORCE)")
        return False
    _end_connections(name)
    deletes = cluster.sql(_EMPTIED, name)[0]
    cluster.sql(
        f"SET session_replication_role = replica; {deletes}"
        " UPDATE imp_plus.register_state SET written = 0",
        name,
    )
    return True


def _end_connections(name: str) -> None:
    a_cluster().sql(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    )


@cache
def _shape_at_first() -> Any:
    return a_cluster().sql(_SHAPE, TEMPLATE)


def _make_database(whole: str) -> str:
    name = f"t{hashlib.sha256(whole.encode()).hexdigest()[:20]}"
    a_cluster().sql(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
    return name


def _whole(path: Path) -> str:
    return str(path.absolute())


def reachable() -> Path:
    """A folder of temporary files that the cluster's user may pass through."""
    folder = Path(tempfile.gettempdir()).resolve()
    if os.geteuid() != 0:
        return folder
    ways = [folder, *folder.parents]
    closed = [way for way in ways if not way.stat().st_mode & 0o001]
    return closed[-1].parent if closed else folder


def _make_user() -> None:
    known = subprocess.run(["id", USER], capture_output=True, check=False).returncode == 0
    if not known:
        subprocess.run(["useradd", "--system", "--no-create-home", USER], check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    print(missing() or "")
