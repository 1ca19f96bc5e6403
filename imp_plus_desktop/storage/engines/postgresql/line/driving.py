# SPDX-License-Identifier: Apache-2.0
"""The driver and its settings: how statements and values are written for it."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

import peewee
import psycopg
from psycopg.adapt import Dumper, Loader
from psycopg.types.numeric import Int8Dumper

from imp_plus_desktop.storage.engines.postgresql.rights.naming import SHOWN

SCHEMA = "imp_plus"
"""All that is ours on a server stands in a schema of this name."""
APPLICATION = "IMP+ Desktop"
"""What a server's administrator sees of a desk, beside the name of its user."""
SETTINGS = {
    "lock_timeout": "15s",
    # Whoever administers a server may have set others for its users.
    "default_transaction_isolation": "read committed",
    "client_encoding": "UTF8",
    "timezone": "UTC",
    "datestyle": "ISO",
    "bytea_output": "hex",
    "standard_conforming_strings": "on",
    "client_min_messages": "warning",
    # A plan made for any value would not use an index on a part of a table.
    "plan_cache_mode": "force_custom_plan",
    "jit": "off",  # it takes longer than what it would make quicker
}
_PATH = f"{SCHEMA}, pg_catalog"
_SEES_ALL = (
    "SELECT has_table_privilege(c.oid, 'SELECT') FROM pg_catalog.pg_class c"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    f" WHERE n.nspname = '{SCHEMA}' AND c.relname = 'person'"
)
"""Nothing where there is no register yet."""
SET = (
    f"SELECT set_config('search_path', CASE WHEN COALESCE(({_SEES_ALL}), TRUE) THEN '{_PATH}'"
    # Who only reads has views of some tables.
    f" ELSE '{SHOWN}, {_PATH}' END, false),"
    f" {', '.join(['set_config(%s, %s, false)'] * len(SETTINGS))}"
)
LET_IN = (
    "SELECT COALESCE((SELECT has_schema_privilege(n.oid, 'USAGE')"
    f" FROM pg_catalog.pg_namespace n WHERE n.nspname = '{SCHEMA}'), TRUE)"
)
LOCK = (
    "SELECT pg_advisory_xact_lock(%s), set_config('plan_cache_mode', 'auto', true),"
    # A plan is kept as long as the connection, and a table may hold few rows today and many
    # tomorrow: a reference of each of them would be looked for in all.
    " set_config('enable_seqscan', 'off', true)"
)
"""What acts ask is asked by id, over and over, and so is each reference of a list: most of the time
would go into new plans."""
FORMAT = "SELECT format_is(%s)"
NOTE_WRITTEN = (
    "UPDATE register_state SET written = written + 1"
    " WHERE pg_current_xact_id_if_assigned() IS NOT NULL RETURNING written"
)
NOTE_AND_TELL = f"{NOTE_WRITTEN}, pg_notify(%s, %s)"
"""What begins and ends a transaction that writes; noted only where it has written anything."""
_TEXTS_PARTED = "'"
# What it says of an error tells of rows.
logging.getLogger("psycopg").setLevel(logging.CRITICAL)


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


def adapt(made: Any) -> None:
    """Give and take values as they are kept: whole numbers, texts and bytes."""
    made.adapters.register_dumper(int, Int8Dumper)
    made.adapters.register_dumper(bool, _Flag)
    made.adapters.register_loader("bool", _AsKept)
    made.adapters.register_loader("numeric", _Sum)


class Adapter(peewee.Psycopg3Adapter):
    """peewee's own, which was loaded before the driver."""

    txn_idle = psycopg.pq.TransactionStatus.IDLE
    txn_inerror = psycopg.pq.TransactionStatus.INERROR
    txn_unknown = psycopg.pq.TransactionStatus.UNKNOWN
