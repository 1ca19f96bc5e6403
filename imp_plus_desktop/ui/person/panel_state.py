# SPDX-License-Identifier: Apache-2.0
"""How a list leaves the person's page, how wide it is, and which acts are seen on it. Holds no
widget."""

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.touched import FILE, PROGRAMME, Touched

WIDTH = 30.2
"""The least width, in sizes of the body's type."""


@dataclass(frozen=True, slots=True)
class PanelState:
    """Whose page it was, which blocks were expanded, and how far down it stood. The last three
    hold only while the same person is shown."""

    person_id: int | None = None
    opened: frozenset[str] = frozenset()
    explained: bool = False
    whole_history: bool = False
    scrolled: int = 0


FIRST_OPENED = frozenset({"passports", "letters", "portal"})
"""What is open the first time: of each stage what is asked for most (`section_order.py`)."""

_OWN_ALONE = frozenset({"note", "contact", "former_name", "document", "payment", "deadline_mark"})
ACROSS = (FILE - _OWN_ALONE) | PROGRAMME | {"entry_rule"}
"""Kinds of rows that are seen on the pages of others too: one number in two files, a spouse who
has a file of their own, what a nationality needs to enter."""


def is_seen(touched: Touched, person_id: int | None) -> bool:
    """Whether what was touched may be seen on a person's page."""
    return touched.reaches(person_id) or touched.concerns(ACROSS)
