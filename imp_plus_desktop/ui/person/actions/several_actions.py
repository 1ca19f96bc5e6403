# SPDX-License-Identifier: Apache-2.0
"""What can be done to many files at once: each opens its sheet, and one act comes of it.

    Chosen(shell, window, people, hidden=0)       the files that are chosen in a list
    assign, tag, note, contact, document, letter, residence, seen,      on them
    present, receive, decide
    answer(many, done, told)                      say what one act did to many

Must not hold a rule: sheets and services do the work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import format_number, ngettext
from imp_plus_desktop.ui.shell.shell import Shell

if TYPE_CHECKING:
    from imp_plus_desktop.services.several.many import Done
    from imp_plus_desktop.ui.dialogs.several.sheet import Many, ManySheet


@dataclass(frozen=True, slots=True)
class Chosen:
    """The files that are chosen in a list; a filter hides `hidden` of them."""

    shell: Shell
    window: QWidget
    people: tuple[int, ...]
    hidden: int = 0


def assign(chosen: Chosen) -> None:
    """Say who answers for the files."""
    from imp_plus_desktop.ui.dialogs.several.of_people import ClerkSheet

    _ask(chosen, ClerkSheet, _assigned)


def tag(chosen: Chosen) -> None:
    """Put tags on the files, or take them off."""
    from imp_plus_desktop.ui.dialogs.several.of_people import TagSheet

    _ask(chosen, TagSheet, _changed)


def note(chosen: Chosen) -> None:
    """Add the same note to each file."""
    from imp_plus_desktop.ui.dialogs.several.of_people import NoteSheet

    _ask(chosen, NoteSheet, _noted)


def contact(chosen: Chosen) -> None:
    """Log the same contact with each person."""
    from imp_plus_desktop.ui.dialogs.several.of_people import ContactSheet

    _ask(chosen, ContactSheet, _changed)


def document(chosen: Chosen) -> None:
    """Say where a document of each stands."""
    from imp_plus_desktop.ui.dialogs.several.of_people import DocumentSheet

    _ask(chosen, DocumentSheet, _changed)


def letter(chosen: Chosen) -> None:
    """Record when the letters were received."""
    from imp_plus_desktop.ui.dialogs.several.of_people import LetterSheet

    _ask(chosen, LetterSheet, _changed)


def residence(chosen: Chosen) -> None:
    """Record where these people live from a day on."""
    from imp_plus_desktop.ui.dialogs.several.of_people import ResidenceSheet

    _ask(chosen, ResidenceSheet, _changed)


def seen(chosen: Chosen) -> None:
    """Say that deadlines of these people were seen."""
    from imp_plus_desktop.ui.dialogs.several.of_people import SeenSheet

    _ask(chosen, SeenSheet, _changed)


def present(chosen: Chosen) -> None:
    """Present the applications of these people."""
    from imp_plus_desktop.ui.dialogs.several.of_applications import PresentSheet

    _ask(chosen, PresentSheet, _changed)


def receive(chosen: Chosen) -> None:
    """Record that IRCC has received the applications of these people."""
    from imp_plus_desktop.ui.dialogs.several.of_applications import ReceiveSheet

    _ask(chosen, ReceiveSheet, received_text)


def decide(chosen: Chosen) -> None:
    """Record a decision in each of these files."""
    from imp_plus_desktop.ui.dialogs.several.of_applications import DecideSheet

    _ask(chosen, DecideSheet, _changed)


def answer(many: Many, done: Done | None, told: Callable[[Done], str]) -> None:
    """Say what one act did to many, and how many were left out; without an act nothing was."""
    if done is None or done.act is None:
        return
    text = told(done)
    if left := len(done.plan.left_out):
        words = ngettext("{text} · {count} left out", "{text} · {count} left out", left)
        text = words.format(text=text, count=format_number(left))
    many.shell.changed(text, done.act)


def received_text(done: Done) -> str:
    """What is said of many receipts: how many have a place."""
    counts = done.plan.counts
    over = counts.get("over_cap", 0)
    count = len(done.plan.changes)
    words = ngettext("{count} application recorded", "{count} applications recorded", count)
    text = words.format(count=format_number(count))
    if over:
        more = ngettext("{text}, {over} over the cap", "{text}, {over} over the cap", over)
        text = more.format(text=text, over=format_number(over))
    return text


def _ask(chosen: Chosen, sheet: Callable[[Many], ManySheet], told: Callable[[Done], str]) -> None:
    many = _many(chosen)
    answer(many, sheet(many).ask(), told)


def _many(chosen: Chosen) -> Many:
    from imp_plus_desktop.services.several import changes
    from imp_plus_desktop.ui.dialogs.several.foretold import Noun
    from imp_plus_desktop.ui.dialogs.several.sheet import Many

    def names(some: Sequence[int]) -> Mapping[int, str]:
        return changes.names(chosen.shell.office, some)

    return Many(chosen.shell, chosen.people, Noun.FILES, names, chosen.window, chosen.hidden)


def counted(words: Callable[[int], str]) -> Callable[[Done], str]:
    """What is said of an act on many: words for a number, with the number of those it changed."""

    def told(done: Done) -> str:
        count = len(done.plan.changes)
        return words(count).format(count=format_number(count))

    return told


@counted
def _assigned(count: int) -> str:
    return ngettext("{count} file assigned", "{count} files assigned", count)


@counted
def _noted(count: int) -> str:
    return ngettext("Note added to {count} file", "Note added to {count} files", count)


@counted
def _changed(count: int) -> str:
    return ngettext("{count} file changed", "{count} files changed", count)
