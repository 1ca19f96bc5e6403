# SPDX-License-Identifier: Apache-2.0
"""What one database engine alone knows, a package an engine; the rest of the storage asks here.

    Database                   an open register: statements that every engine reads, its `dialect`,
                               `counters`, `search` index, bulk inserts and transactions
    derived_key, normalised    what opens a file in place of its passphrase; a passphrase as kept
    connect, connect_existing  open one; `identity` tells it from another in its place
    may_write, open_snapshot   whether one can be written; a private copy of one that cannot
    alone                      holds a file that nobody has open
    copying, exporting, shape, swapping   what is done with a whole register
    translated, *_ERRORS       what an engine's errors mean

Nobody else imports an engine's own modules, so that a second engine changes nothing outside.
"""

from __future__ import annotations

from imp_plus_desktop.storage.engines.sqlite import copying, exporting, shape, swapping
from imp_plus_desktop.storage.engines.sqlite.access.keys import (
    SALT,
    bytes_of,
    derived_key,
    forget,
    is_raw,
    normalised,
)
from imp_plus_desktop.storage.engines.sqlite.access.unreadable import OTHER_KEY
from imp_plus_desktop.storage.engines.sqlite.connection import RegisterDatabase as Database
from imp_plus_desktop.storage.engines.sqlite.connection import translated
from imp_plus_desktop.storage.engines.sqlite.failures import (
    CONSTRAINT_ERRORS,
    DRIVER_ERRORS,
    may_write,
)
from imp_plus_desktop.storage.engines.sqlite.migrating import is_older, migrate
from imp_plus_desktop.storage.engines.sqlite.opening import (
    connect,
    connect_existing,
    identity,
    opens,
)
from imp_plus_desktop.storage.engines.sqlite.salvaging.salvage import Salvage
from imp_plus_desktop.storage.engines.sqlite.search import ALL, LISTED, NAMED
from imp_plus_desktop.storage.engines.sqlite.snapshots.alone import alone
from imp_plus_desktop.storage.engines.sqlite.snapshots.snapshot import open_snapshot

__all__ = [
    "ALL",
    "CONSTRAINT_ERRORS",
    "DRIVER_ERRORS",
    "LISTED",
    "NAMED",
    "OTHER_KEY",
    "SALT",
    "Database",
    "Salvage",
    "alone",
    "bytes_of",
    "connect",
    "connect_existing",
    "copying",
    "derived_key",
    "exporting",
    "forget",
    "identity",
    "is_older",
    "is_raw",
    "may_write",
    "migrate",
    "normalised",
    "open_snapshot",
    "opens",
    "shape",
    "swapping",
    "translated",
]
