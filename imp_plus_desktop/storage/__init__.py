# SPDX-License-Identifier: Apache-2.0
"""The register: a file or a database on a server, its schema, its journal and its queries.

The only package that knows peewee and SQL. Must not know spreadsheets, services or any screen.
"""

import sys

if "peewee" not in sys.modules and "psycopg" not in sys.modules:
    # peewee loads every driver that it finds, half a second and all that asks a network: the one
    # for servers is loaded by whoever opens a register there.
    sys.modules["psycopg"] = None  # type: ignore[assignment]
    try:
        import peewee  # noqa: F401
    finally:
        del sys.modules["psycopg"]
