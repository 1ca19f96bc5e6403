# SPDX-License-Identifier: Apache-2.0
"""What tells one state of the programme's figures from another, the same in every process."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import lru_cache

from imp_plus_desktop.domain.values.programme import Programme


@lru_cache(maxsize=8)
def fingerprint(programme: Programme) -> str:
    """SHA-256 of every figure of a programme, those that the office has set included."""
    figures = json.dumps(asdict(programme), default=_plain, sort_keys=True)
    return hashlib.sha256(figures.encode()).hexdigest()


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)
