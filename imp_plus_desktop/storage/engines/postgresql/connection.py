# SPDX-License-Identifier: Apache-2.0
"""A register on a server: what the storage asks of it. How it is spoken to is in `line`.

It is imported when a server is asked for, never before.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines import notices
from imp_plus_desktop.storage.engines.database import Database, Desk, Part, Step, translated
from imp_plus_desktop.storage.engines.postgresql import failures, roots, tidying
from imp_plus_desktop.storage.engines.postgresql.address import ServerAddress
from imp_plus_desktop.storage.engines.postgresql.counters import ServerCounters
from imp_plus_desktop.storage.engines.postgresql.dialect import ServerDialect
from imp_plus_desktop.storage.engines.postgresql.line.acts import ActsDatabase
from imp_plus_desktop.storage.engines.postgresql.line.driving import (
    APPLICATION,
    SCHEMA,
    in_server_words,
)
from imp_plus_desktop.storage.engines.postgresql.rights import desk
from imp_plus_desktop.storage.engines.postgresql.rights.writing import WRITERS
from imp_plus_desktop.storage.engines.postgresql.search import ServerIndex
from imp_plus_desktop.storage.engines.postgresql.shape.making import COUNTED
from imp_plus_desktop.storage.engines.postgresql.together.asking import ServerDesks

__all__ = ["APPLICATION", "SCHEMA", "WRITERS", "ServerDatabase", "in_server_words", "unopened"]

_IS_TABLE = "SELECT CASE WHEN to_regclass(?) IS NULL THEN 0 ELSE 1 END"
_HOW_FAR = (
    "SELECT s.written, a.id, a.hash,"
    " CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS DOUBLE PRECISION) FROM register_state s"
    " LEFT JOIN (SELECT id, hash FROM act ORDER BY id DESC LIMIT 1) a ON TRUE"
)


@lru_cache(maxsize=64)
def _together(parts: tuple[Part, ...]) -> str:
    """One statement whose only row has the rows of each part, in its order."""
    told = (
        f"(SELECT json_agg(json_build_array({part.columns}) ORDER BY {part.order})"
        f" FROM {part.source})"
        for part in parts
    )
    return f"SELECT {', '.join(told)}"


class ServerDatabase(ActsDatabase, Database):
    """A register on a server."""

    dialect = ServerDialect()
    address: ServerAddress
    _has_other_format = False

    @cached_property
    def desk(self) -> Desk:
        return desk.of(self)

    @cached_property
    def counters(self) -> ServerCounters:
        return ServerCounters(self)

    @cached_property
    def search(self) -> ServerIndex:
        return ServerIndex(self)

    @property
    def desks(self) -> ServerDesks:
        return ServerDesks(self._rows, self.format)

    @contextmanager
    def _line(self) -> Iterator[Any]:
        if self._has_other_format:  # what would be read may have another shape
            raise StorageError("format_changed")
        try:
            with super()._line() as conn:
                yield conn
        except StorageError as error:
            self._has_other_format |= error.code == "format_changed"
            raise

    def _rows(self, sql: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
        with translated(self):
            rows: Sequence[Sequence[Any]] = self.execute_sql(sql, values).fetchall()
        return rows

    @property
    def asks_password(self) -> bool:
        return bool(self.connection().pgconn.used_password)

    @property
    def ahead(self) -> timedelta:
        return self.seen.ahead

    def code_of(self, error: BaseException) -> str | None:
        return failures.code_of(error)

    def table_exists(self, table_name: str, schema: str | None = None) -> bool:
        return bool(self.execute_sql(_IS_TABLE, (table_name,)).fetchone()[0])

    def parts(self, parts: Sequence[Part], of: Sequence[object]) -> list[Sequence[Sequence[Any]]]:
        if len(of) > 1:
            return super().parts(parts, of)
        # Of one file most parts are empty: each statement more costs both sides more than that.
        answer = self.execute_sql(_together(tuple(parts)), [*of] * len(parts)).fetchone()
        return [rows or () for rows in answer]

    def will_tell_table(self, name: str) -> Callable[[], bool]:
        if self._own.queue is None:
            return super().will_tell_table(name)
        answer = self._own.queue.add(in_server_words(_IS_TABLE), (name,))
        # What writes an act whole looks for itself.
        return lambda: not self.is_whole and bool(answer.fetchone()[0])

    def _counts(self, table: str, columns: Sequence[str]) -> bool:
        return table in COUNTED and "id" not in columns

    def execute_after_inserts(self, sql: str, params: Sequence[Any]) -> None:
        self.execute_sql(sql, params)

    def note_brought(self) -> None:
        self._own.is_bound = True
        self.execute_sql(
            "CREATE TEMPORARY TABLE IF NOT EXISTS brought (entity TEXT, id BIGINT,"
            " change_id BIGINT, place BIGINT, PRIMARY KEY (entity, id, change_id))"
        )
        self.execute_sql("DELETE FROM brought")
        self.execute_sql(
            "INSERT INTO brought (entity, id, change_id, place)"
            " SELECT r.value ->> 0, CAST(r.value -> 1 ->> 'id' AS BIGINT), c.id, r.place - 1"
            " FROM change c, json_array_elements(CAST(c.together AS JSON))"
            " WITH ORDINALITY AS r (value, place) WHERE c.together IS NOT NULL"
            " ON CONFLICT DO NOTHING"
        )
        self.execute_sql("ANALYZE brought")

    def how_far(self) -> tuple[int, int | None, bytes | None]:
        """How often anybody has written, the last act, and its hash."""
        written, act, seal, _at = self.execute_sql(_HOW_FAR).fetchone()
        return int(written), act, seal

    def will_tell_lists(self) -> None:
        self._own.told = notices.LISTS

    def data_version(self) -> int:
        asked = datetime.now(UTC)
        written, act, seal, at = self.execute_sql(_HOW_FAR).fetchone()
        self.seen.note(act, seal)
        self.seen.note_clock(asked, datetime.fromtimestamp(at, UTC), datetime.now(UTC))
        # What this connection wrote itself is news to nobody here.
        return int(written) - int(self._own.written)

    def fault(self) -> str | None:
        # A server looks after its pages itself, and says on any read that one does not hold.
        return None

    def facts(self) -> dict[str, str]:
        size = "pg_database_size(current_database())"
        asked = f"SELECT version, current_setting('server_version'), {size} FROM register_state"
        version, server, size = self.execute_sql(asked).fetchone()
        return {"version": str(version), "postgresql": str(server), "bytes": str(size)}

    def versions(self) -> dict[str, str]:
        asked = "SELECT current_setting('server_version')"
        return {"PostgreSQL": str(self.execute_sql(asked).fetchone()[0])}

    def shape_fault(self, passing: Collection[str] = ()) -> str | None:
        from imp_plus_desktop.storage.engines.postgresql.shape import making

        return making.fault(self, passing)

    @contextmanager
    def in_any_order(self) -> Iterator[None]:
        # Whoever owns the register carries a whole one into it; nothing is noted meanwhile.
        self._own.is_bound = True
        self.execute_sql("SELECT set_config('imp_plus.carrying', 'on', false)")
        try:
            yield
        finally:
            self.execute_sql("SELECT set_config('imp_plus.carrying', 'off', false)")

    def copy_into(self, part: Path, step: Step | None = None) -> None:
        from imp_plus_desktop.storage.engines.carrying import carry
        from imp_plus_desktop.storage.engines.sqlite import opening

        made = opening.connect(part, passphrase=self.passphrase)
        try:
            with self.as_of_now(), made.in_any_order(), made.writing():
                carry(self, made, None if step is None else lambda n, whole: step(n, 2 * whole))
            made.settle_in_file()
        finally:
            made.close()

    @contextmanager
    def as_of_now(self) -> Iterator[None]:
        """While this lasts, all that is read is as it was at its beginning."""
        with self.atomic():
            self.execute_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        with self.atomic():
            self.execute_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield

    def paging(self) -> AbstractContextManager[object]:
        transaction: AbstractContextManager[object] = self.atomic()
        return nullcontext() if self.in_transaction() else transaction

    def pages(self, sql: str, at_once: int) -> Iterator[list[Any]]:
        with self.paging():
            self._own.pages += 1
            name = f"pages_{self._own.pages}"
            self.execute_sql(f"DECLARE {name} NO SCROLL CURSOR FOR {sql}")
            while rows := self.execute_sql(f"FETCH {at_once} FROM {name}").fetchall():
                yield rows
            self.execute_sql(f"CLOSE {name}")

    def lock_others_out(self) -> None:
        self._own.is_bound = True
        self.execute_sql(f"SELECT pg_advisory_lock({WRITERS})")

    @contextmanager
    def only_one(self, what: str) -> Iterator[bool]:
        self._own.is_bound = True  # the lock goes with the connection
        number = zlib.crc32(f"imp_plus {what}".encode())
        got = self.execute_sql(f"SELECT CASE WHEN pg_try_advisory_lock({number}) THEN 1 ELSE 0 END")
        is_alone = bool(got.fetchone()[0])
        try:
            yield is_alone
        finally:
            if is_alone:
                with suppress(StorageError):  # a connection that is lost has let go of it
                    self.execute_sql(f"SELECT pg_advisory_unlock({number})")

    def settle_in_file(self) -> None:
        """There is no file."""

    def look_through(self) -> None:
        # Without it the first lists are planned as if nobody were there.
        if self.desk.owns:
            self.execute_sql("VACUUM (ANALYZE)")

    def drop_for_good(self, table: str) -> None:
        self.execute_sql(f"DROP TABLE {table}")

    def shredding(self) -> AbstractContextManager[object]:
        # A server writes nothing over: `sweep` leaves nothing behind.
        return nullcontext()

    def sweep(self) -> bool:
        # Whoever may not may still find that it was done since.
        return tidying.tidy(self) if self.desk.owns else not tidying.untidied(self)

    def leave_in_log(self) -> None:
        """A commit ends when the log has it."""

    def follow_log(self) -> None:
        """See `leave_in_log`."""


def unopened(address: ServerAddress, password: str = "", **more: Any) -> ServerDatabase:
    """Return the database of an address, not yet connected."""
    hosts = ",".join(host for host, _port in address.hosts)
    ports = ",".join(str(port) for _host, port in address.hosts)
    settings: dict[str, Any] = {
        "host": hosts,
        "port": ports,
        "application_name": APPLICATION,
        "connect_timeout": 10,
        "target_session_attrs": "read-write",
        # A line that says nothing any more, not even that it was cut, holds whoever waits so long.
        "keepalives_idle": 4,
        "keepalives_interval": 1,
        "keepalives_count": 3,
        "tcp_user_timeout": 5_000,
        **_secured(address),
        **more,
    }
    if address.user:
        settings["user"] = address.user
    if password:
        settings["password"] = password
    made = ServerDatabase(address.database, prefer_psycopg3=True, autoconnect=False, **settings)
    made.address = address
    return made


def _secured(address: ServerAddress) -> dict[str, str]:
    """What keeps others from reading along, and from taking the server's place."""
    if address.is_here:
        return {"sslmode": "prefer"}
    secured = {"sslmode": "verify-full"}
    folder = Path(os.environ.get("APPDATA", "")) if os.name == "nt" else Path.home()
    own = folder / ("postgresql" if os.name == "nt" else ".postgresql") / "root.crt"
    if "PGSSLROOTCERT" not in os.environ and not own.exists():
        secured["sslrootcert"] = roots.SYSTEM
    return secured
