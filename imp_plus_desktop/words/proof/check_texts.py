# SPDX-License-Identifier: Apache-2.0
"""What is said of a check, and of the head of the journal. Holds no rule and reads nothing."""

from __future__ import annotations

from imp_plus_desktop.i18n import N_, _, format_number, ngettext

_GROUP = 8
_SHORT, _SPOKEN = 16, 4
"""Digits that are enough, as `services.proof.checking` knows, and how many are said at once."""

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


_FAULTS = {
    "integrity": N_("Pages of the file are damaged."),
    "ledger": N_("The places that are taken do not add up to what the journal tells."),
    "journal": N_("From act no. {found} on, the journal is not what was written."),
    "search": N_("The index of the search lacks something, or has too much."),
    "rows": N_("A file is not what the journal tells of it."),
    "attachments": N_("A scan or a letter is not what went in."),
    "schema": N_("A table, an index or a trigger is not the program’s."),
    "derived": N_("What a list shows is not what the file says."),
    "archive": N_("An imported list is not what came in."),
}


def fault_text(part: str, found: str) -> str:
    """What is wrong with a part that was looked at, with what whoever mends it is to be told."""
    if part == "against":
        return unknown_text()
    said = _(_FAULTS[part])
    if part == "journal":
        return said.format(found=found.partition(": ")[2])
    return _("{sentence} ({detail})").format(sentence=said, detail=found)


def part_line(part: str, found: str) -> str:
    """A part that was looked at with what was found: `ok`, or what is wrong."""
    said = _("in order") if found == "ok" else fault_text(part, found)
    return _("{name}: {value}").format(name=_(PARTS[part]), value=said)


def verdict_text(parts_at_fault: int) -> str:
    """What came of the whole check."""
    if not parts_at_fault:
        return _("Everything is as the journal tells it.")
    return ngettext(
        "{count} thing is not as it should be. Write down what it says, change nothing, and restore"
        " a copy that is proven.",
        "{count} things are not as they should be. Write down what they say, change nothing, and"
        " restore a copy that is proven.",
        parts_at_fault,
    ).format(count=format_number(parts_at_fault))


def head_text(head: str) -> str:
    """A head as it is printed and typed again: its digits in groups."""
    return " ".join(head[at : at + _GROUP] for at in range(0, len(head), _GROUP))


def short_head_text(head: str) -> str:
    """As much of a head as tells it from any other, to be read aloud and written down."""
    short = head[:_SHORT]
    return " ".join(short[at : at + _SPOKEN] for at in range(0, len(short), _SPOKEN))


def head_line(head: str) -> str:
    """The line of a paper by which it can be told later whether the journal was written anew."""
    return _("Head of the journal: {head}").format(head=head_text(head)) if head else ""


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
