# SPDX-License-Identifier: Apache-2.0
"""`pytest --engine server`: every register that a test opens by its path lies on a server instead.

The tests stay as they are, and so does the program: only where a register lies is another place. A
path of which there is a file (a copy, a list's register of an earlier day) stays that file.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
import servers

import dev
from imp_plus_desktop.storage.journal.register import Register

is_chosen = False


def choose() -> None:
    """Let registers lie on the tests' own server from now on."""
    global is_chosen
    is_chosen = True
    opened = Register.__init__

    @wraps(opened)
    def on_the_server(self: Register, path: Path, **options: Any) -> None:
        is_part = not options.get("copy_first", True) or options.get("as_it_is", False)
        if not (is_part or "server" in options or path.exists()):
            server = servers.database_for(path, create=options.get("create", True))
            if server is not None:
                options = {**options, "server": server, "passphrase": ""}
        opened(self, path, **options)

    Register.__init__ = on_the_server  # type: ignore[method-assign]
    _let_tests_alter_rows()


def _let_tests_alter_rows() -> None:
    """A test that alters rows outside any act does so as the server's administrator might."""
    from imp_plus_desktop.storage.engines.postgresql.connection import ServerDatabase

    executed = ServerDatabase.execute_sql

    @wraps(executed)
    def outside_acts(self: ServerDatabase, sql: Any, params: Any = None) -> Any:
        if self.in_transaction() or not str(sql).startswith(("INSERT", "UPDATE", "DELETE")):
            return executed(self, sql, params)
        with self.in_any_order():
            return executed(self, sql, params)

    ServerDatabase.execute_sql = outside_acts  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _databases_are_emptied() -> Iterator[None]:
    # What modules and the whole session share was made before this.
    shared = servers.made_so_far()
    yield
    if is_chosen:
        servers.empty_databases(shared)


def sort_out(items: list[pytest.Item]) -> None:
    """Leave out the tests that are marked to be of a file, each with its reason, and those that
    start a server themselves: they do in every run. The others are long, but for what every day's
    run tries on a server too."""
    for item in items:
        mark = item.get_closest_marker("of_a_file")
        if mark is not None:
            item.add_marker(pytest.mark.skip(reason=f"of a file: {mark.args[0]}"))
        elif getattr(getattr(item, "module", None), "servers", None) is servers:
            item.add_marker(pytest.mark.skip(reason="has a server of its own in every run"))
        if not item.nodeid.startswith(dev.EVERY_DAY_ON_A_SERVER):
            item.add_marker(pytest.mark.long)
