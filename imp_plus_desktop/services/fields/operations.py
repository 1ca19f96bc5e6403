# SPDX-License-Identifier: Apache-2.0
"""What a plan is made of: one row to insert or to update. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Operation(NamedTuple):
    """One row to insert (`number` None) or to update, with the import fields that it carries.

    A tuple, because a list makes many thousands of them. A number below zero is a row that
    the plan itself inserts (`foreseen.py`).
    """

    entity: str
    number: int | None
    values: Mapping[str, object]
    fields: tuple[str, ...]


Values = Mapping[str, Any]
"""Typed values by import field."""
