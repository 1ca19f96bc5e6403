# SPDX-License-Identifier: Apache-2.0
"""E-mail addresses as cells have them: bare, in angle brackets, or as a link."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>().]{2,}")


def email_of(text: str) -> str | None:
    """The address of a text, None where it is none."""
    address = text.removeprefix("mailto:").strip("<>")
    return address if _EMAIL.fullmatch(address) else None


def is_plain_email(cell: str) -> bool:
    """Whether an address is written as it is kept."""
    return (
        cell.isascii()
        and cell.isprintable()
        and _EMAIL.fullmatch(cell) is not None
        and not cell.startswith(("mailto:", "#"))
    )
