# SPDX-License-Identifier: Apache-2.0
"""The twelfth step of the register's shape: acts are found by what they did.

The bin and the mergers are read from the acts of one service, however many others there are.
"""

from __future__ import annotations

TWELFTH: tuple[str, ...] = ("CREATE INDEX act_service ON act (service)",)
