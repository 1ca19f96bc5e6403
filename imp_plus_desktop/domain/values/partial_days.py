# SPDX-License-Identifier: Apache-2.0
"""What is known of a day of which not all is: `1985`, or `1985-03`.

Such a text is the beginning of the day's ISO text. A rule that needs the day counts it as unknown;
only what no day of the year or month could be is said to be wrong.
"""

from __future__ import annotations

import re
from datetime import date

_KNOWN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")


def is_partial(text: str) -> bool:
    """Whether a text is a year, or a year and a month, as the register keeps them."""
    return _KNOWN.fullmatch(text) is not None


def first_day(known: str) -> date:
    """The first day that it may be."""
    year, _dash, month = known.partition("-")
    return date(int(year), int(month or 1), 1)


def agrees(one: date | str, other: date | str) -> bool:
    """Whether two may be the same day, each known whole or in part."""
    first, second = str(one), str(other)
    return first.startswith(second) or second.startswith(first)


def born_text(birth_date: date | None, birth_known: str | None) -> str | None:
    """What is known of a birth as ISO text, None for nothing."""
    return birth_known if birth_date is None else birth_date.isoformat()
