# SPDX-License-Identifier: Apache-2.0
"""What is said of a check, and of the head of the journal. Holds no rule and reads nothing."""

from __future__ import annotations

from imp_plus_desktop.i18n import N_, _, format_number, ngettext

_GROUP = 8

PARTS = {
    "integrity": N_("The file of the register"),
    "ledger": N_("Places of the cap, letters and permits"),
    "journal": N_("Chain of the journal"),
    "search": N_("Index of the search"),
    "rows": N_("Files as the journal tells them"),
    "attachments": N_("Scans and letters"),
    "schema": N_("Tables of the register"),
    "derived": N_("What lists and search rest on"),
    "archive": N_("Imported lists"),
    "against": N_("Head that was kept elsewhere"),
}
"""What a check looks at, in its order."""


def head_text(head: str) -> str:
    """A head as it is printed and typed again: its digits in groups."""
    return " ".join(head[at : at + _GROUP] for at in range(0, len(head), _GROUP))


def since_text(count: int) -> str:
    """How many acts came after a head that the chain holds."""
    return ngettext(
        "The chain holds this head; {count} act came after it.",
        "The chain holds this head; {count} acts came after it.",
        count,
    ).format(count=format_number(count))


def unknown_text() -> str:
    """That the chain does not hold a head."""
    return _(
        "The chain does not hold this head: the journal was written anew, or an older register"
        " stands in the place of this one."
    )
