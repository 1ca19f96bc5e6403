# SPDX-License-Identifier: Apache-2.0
"""A connection to a register on a server: the driver, its settings, and what its errors mean.

Only this module makes connections. It is imported when a server is asked for, never before.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property, lru_cache, partial
from pathlib import Path
from threading import local
from typing import Any

import peewee
import psycopg
from psycopg.adapt import Dumper, Loader
from psycopg.types.numeric import Int8Dumper

from imp_plus_desktop.domain.values.errors import InvalidInput, StorageError
from imp_plus_desktop.storage.engines.database import Database, Desk, Step, told
from imp_plus_desktop.storage.engines.postgresql import bulk, failures
from imp_plus_desktop.storage.engines.postgresql.address import ServerAddress
from imp_plus_desktop.storage.engines.postgresql.counters import ServerCounters
from imp_plus_desktop.storage.engines.postgresql.dialect import ServerDialect
from imp_plus_desktop.storage.engines.postgresql.rights import desk
from imp_plus_desktop.storage.engines.postgresql.rights.writing import WRITERS
from imp_plus_desktop.storage.engines.postgresql.search import ServerIndex
from imp_plus_desktop.storage.engines.postgresql.shape.making import COUNTED

SCHEMA = "imp_plus"
"""All that is ours on a server stands in a schema of this name."""
APPLICATION = "IMP+ Desktop"
"""What a server's administrator sees of a desk, beside the name of its user."""
_SETTINGS = {
    "search_path": f"{SCHEMA}, pg_catalog",
    "lock_timeout": "15s",
    "timezone": "UTC",
    "datestyle": "ISO",
    "bytea_output": "hex",
    "standard_conforming_strings": "on",
    "client_min_messages": "warning",
    # A plan made for any value would not use an index on a part of a table.
    "plan_cache_mode": "force_custom_plan",
    "jit": "off",  # it takes longer than what it would make quicker
}
_SET = f"SELECT {', '.join(['set_config(%s, %s, false)'] * len(_SETTINGS))}"
_TEXTS_PARTED = "'"


class _Flag(Dumper):
    """True and False as they are kept."""

    oid = psycopg.postgres.types["int8"].oid

    def dump(self, obj: bool) -> bytes:
        return b"1" if obj else b"0"


class _AsKept(Loader):
    """A condition that a query tells, as SQLite tells it."""

    def load(self, data: Any) -> int:
        return int(bytes(data) == b"t")


class _Sum(Loader):
    """A sum of whole numbers, which PostgreSQL tells as a decimal one."""

    def load(self, data: Any) -> int | float:
        told = bytes(data)
        return float(told) if b"." in told else int(told)


@lru_cache(maxsize=4_096)
def in_server_words(sql: str) -> str:
    """A statement with its parameters marked as the driver wants them."""
    parts = sql.replace("%", "%%").split(_TEXTS_PARTED)
    # Every other part is a text in quotes.
    parts[::2] = [part.replace("?", "%s") for part in parts[::2]]
    return _TEXTS_PARTED.join(parts)


class _Adapter(peewee.Psycopg3Adapter):
    """peewee's own, which was loaded before the driver."""

    txn_idle = psycopg.pq.TransactionStatus.IDLE
    txn_inerror = psycopg.pq.TransactionStatus.INERROR
    txn_unknown = psycopg.pq.TransactionStatus.UNKNOWN


class _Held:
    """That a thread still has its connection. It goes with the thread, and with the database."""


class ServerDatabase(peewee.PostgresqlDatabase, Database):
    """A register on a server. Each thread that uses it has a connection of its own."""

    param = "?"  # as all our statements have it
    psycopg3_adapter = psycopg2_adapter = _Adapter
    dialect = ServerDialect()
    address: ServerAddress

    @cached_property
    def _own(self) -> local:
        return local()

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
    def asks_password(self) -> bool:
        return bool(self.connection().pgconn.used_password)

    def code_of(self, error: BaseException) -> str | None:
        return failures.code_of(error)

    def _connect(self) -> Any:
        made = psycopg.connect(dbname=self.database, autocommit=True, **self.connect_params)
        try:
            _adapt(made)
            made.execute(_SET, [part for pair in _SETTINGS.items() for part in pair])
        except BaseException:
            made.close()
            raise
        # Whoever ends without closing leaves nothing open on the server, and nothing to garbage.
        self._own.held = held = _Held()
        weakref.finalize(held, made.close)
        return made

    def _close(self, conn: Any) -> None:
        super()._close(conn)  # type: ignore[misc]
        self._own.held = None

    def _initialize_connection(self, conn: Any) -> None:
        self._own.written = 0

    def execute_sql(self, sql: Any, params: Any = None) -> Any:
        try:
            return super().execute_sql(in_server_words(sql), params)
        except UnicodeEncodeError:
            # Half a character, from a file name or a pasted text: also in what is looked for.
            raise InvalidInput("unwritable_text") from None
        except psycopg.DataError as error:
            raise _unwritable(error) from None
        except peewee.DataError as error:
            raise _unwritable(error) from None
        except peewee.IntegrityError as error:
            raise _refused(error) from None
        except (peewee.PeeweeException, psycopg.Error) as error:
            code = self.code_of(error)
            if code is None:
                raise
            raise told(code) from None

    def table_exists(self, table_name: str, schema: str | None = None) -> bool:
        asked = "SELECT CASE WHEN to_regclass(?) IS NULL THEN 0 ELSE 1 END"
        return bool(self.execute_sql(asked, (table_name,)).fetchone()[0])

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self.atomic():
            self.execute_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")
            yield
            noted = self.execute_sql(_NOTE_WRITTEN).fetchone()
        if noted is not None:
            self._own.written += 1

    def insert_rows(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> None:
        try:
            counts = table in COUNTED and "id" not in columns
            last = partial(self.counters.last, table) if counts else None
            bulk.insert(self.connection(), table, columns, rows, last)
        except UnicodeEncodeError:
            raise InvalidInput("unwritable_text") from None
        except psycopg.DataError as error:
            raise _unwritable(error) from None
        except psycopg.IntegrityError as error:
            raise _refused(error) from None
        except psycopg.Error as error:
            code = self.code_of(error)
            if code is None:
                raise
            raise told(code) from None

    def execute_after_inserts(self, sql: str, params: Sequence[Any]) -> None:
        self.execute_sql(sql, params)

    def note_brought(self) -> None:
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

    def data_version(self) -> int:
        written = self.execute_sql("SELECT written FROM register_state").fetchone()[0]
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

    def lock_others_out(self) -> None:
        self.execute_sql(f"SELECT pg_advisory_lock({WRITERS})")

    def settle_in_file(self) -> None:
        """There is no file."""

    def drop_for_good(self, table: str) -> None:
        self.execute_sql(f"DROP TABLE {table}")

    def shredding(self) -> AbstractContextManager[object]:
        # A server writes nothing over: `sweep` leaves nothing behind.
        return nullcontext()

    def sweep(self) -> bool:
        if not self.desk.owns:
            return False  # a server lets only the owner of a table tidy it
        self.execute_sql("SET lock_timeout = '1s'")  # it can wait for another time
        try:
            self.execute_sql("VACUUM (FULL)")
        except StorageError:
            return False
        finally:
            self.execute_sql(f"SET lock_timeout = '{_SETTINGS['lock_timeout']}'")
        return True

    def leave_in_log(self) -> None:
        """A commit ends when the log has it."""

    def follow_log(self) -> None:
        """See `leave_in_log`."""


_NOTE_WRITTEN = (
    "UPDATE register_state SET written = written + 1"
    " WHERE pg_current_xact_id_if_assigned() IS NOT NULL RETURNING written"
)
"""Only where anything was written in this transaction."""


def _adapt(made: Any) -> None:
    """Give and take values as they are kept: whole numbers, texts and bytes."""
    made.adapters.register_dumper(int, Int8Dumper)
    made.adapters.register_dumper(bool, _Flag)
    made.adapters.register_loader("bool", _AsKept)
    made.adapters.register_loader("numeric", _Sum)


def _refused(error: BaseException) -> peewee.IntegrityError:
    """What a constraint refuses, without the row that a server tells along with it."""
    own: Any = getattr(error, "orig", error)
    return peewee.IntegrityError(own.diag.message_primary)


def _unwritable(error: BaseException) -> Exception:
    """What a server says of a text with a NUL or with half a character; any other error is ours."""
    own = getattr(error, "orig", error)
    is_text = getattr(own, "sqlstate", None) in ("22021", "22P05") or "NUL" in str(own)
    return InvalidInput("unwritable_text") if is_text else error  # type: ignore[return-value]


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
        "keepalives_idle": 30,
        "tcp_user_timeout": 15_000,
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
        secured["sslrootcert"] = "system"
    return secured
