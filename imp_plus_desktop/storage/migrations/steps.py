# SPDX-License-Identifier: Apache-2.0
"""The register's shape, step by step; a new register is made by running every step.

A step is a version and its statements, never edited once released. Nothing here reads the
models of `tables`: those follow today's shape, a step keeps the shape of its day.
"""

from __future__ import annotations

from imp_plus_desktop.storage.migrations.step_1 import FIRST
from imp_plus_desktop.storage.migrations.step_2 import SECOND
from imp_plus_desktop.storage.migrations.step_3 import THIRD
from imp_plus_desktop.storage.migrations.step_4 import FOURTH
from imp_plus_desktop.storage.migrations.step_5 import FIFTH
from imp_plus_desktop.storage.migrations.step_18 import EIGHTEENTH
from imp_plus_desktop.storage.migrations.steps_6_to_9 import EIGHTH, NINTH, SEVENTH, SIXTH
from imp_plus_desktop.storage.migrations.steps_10_to_12 import ELEVENTH, TENTH, TWELFTH
from imp_plus_desktop.storage.migrations.steps_13_to_17 import (
    FIFTEENTH,
    FOURTEENTH,
    SEVENTEENTH,
    SIXTEENTH,
    THIRTEENTH,
)
from imp_plus_desktop.storage.migrations.steps_19_to_20 import NINETEENTH, TWENTIETH
from imp_plus_desktop.storage.migrations.steps_21_to_28 import (
    TWENTY_EIGHTH,
    TWENTY_FIFTH,
    TWENTY_FIRST,
    TWENTY_FOURTH,
    TWENTY_SECOND,
    TWENTY_SEVENTH,
    TWENTY_SIXTH,
    TWENTY_THIRD,
)

APPLICATION_ID = 0x494D502B
"""`IMP+` in ASCII, written in the file's header so that other SQLite files are refused."""

MIGRATIONS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (1, FIRST),
    (2, SECOND),
    (3, THIRD),
    (4, FOURTH),
    (5, FIFTH),
    (6, SIXTH),
    (7, SEVENTH),
    (8, EIGHTH),
    (9, NINTH),
    (10, TENTH),
    (11, ELEVENTH),
    (12, TWELFTH),
    (13, THIRTEENTH),
    (14, FOURTEENTH),
    (15, FIFTEENTH),
    (16, SIXTEENTH),
    (17, SEVENTEENTH),
    (18, EIGHTEENTH),
    (19, NINETEENTH),
    (20, TWENTIETH),
    (21, TWENTY_FIRST),
    (22, TWENTY_SECOND),
    (23, TWENTY_THIRD),
    (24, TWENTY_FOURTH),
    (25, TWENTY_FIFTH),
    (26, TWENTY_SIXTH),
    (27, TWENTY_SEVENTH),
    (28, TWENTY_EIGHTH),
)
"""Version of the register → the statements that lead to it, in order."""

LATEST = MIGRATIONS[-1][0]
