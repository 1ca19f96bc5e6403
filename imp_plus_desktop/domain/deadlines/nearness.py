# SPDX-License-Identifier: Apache-2.0
"""How near a last day is when it is marked, wherever one is shown: the practice of offices.

The days on which the agenda warns are the programme's (`programme.py`); these only colour and word.
"""

from __future__ import annotations

NEAR_DAYS = 30
"""So near, a last day presses."""

SOON_DAYS = 90
"""So near, it is worth a warning."""

LAST_HOUR_DAYS = 7
"""So near, its last hour is told (source WORK24: IRCC's days end at midnight UTC)."""
