# SPDX-License-Identifier: Apache-2.0
"""What letters lack, said before they are made.

    lines(foreseen, people, names, letterhead) -> list[FindingLine]
        `names` tells what people are called; `letterhead` is what writes the office's

Must not make a letter.
"""

from collections.abc import Callable, Mapping
from typing import Any

from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.correspondence import letter_fields
from imp_plus_desktop.services.correspondence.letters import Foreseen
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.actions import Offer
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine
from imp_plus_desktop.words.correspondence.letter_words import ASKED
from imp_plus_desktop.words.terms.code_names import in_sentence

Names = Callable[[tuple[int, ...]], Mapping[int, str]]
_NAMED = 6
"""So many people are named in a line."""
_HEAD = "office_"
"""So begin the fields that the letterhead holds."""


def lines(
    foreseen: Foreseen, people: tuple[int, ...], names: Names, letterhead: Offer[Any]
) -> list[FindingLine]:
    """What stands blank and for whom, what is still to be typed, which are in another language."""
    blank = _("Left blank, not known: {field}")
    head = [name for name in foreseen.lacking if name.startswith(_HEAD)]
    found = [_of_office(blank, head, letterhead)] if head else []
    for name, some in foreseen.lacking.items():
        if name in ASKED:
            words = _("Not typed yet: {field}")
            found.append(FindingLine(Tone.WARN, words.format(field=_(ASKED[name]))))
        elif name not in head:
            said = blank.format(field=letter_fields.label(name))
            found.append(FindingLine(Tone.WARN, said, _who(some, people, names)))
    if count := foreseen.otherwise:
        words = ngettext(
            "{count} letter is in the other language: the template has only that one.",
            "{count} letters are in the other language: the template has only that one.",
            count,
        )
        found.append(FindingLine(Tone.PLAIN, words.format(count=format_number(count))))
    return found


def _of_office(blank: str, head: list[str], letterhead: Offer[Any]) -> FindingLine:
    """What the office has not said of itself, and the way to say it."""
    first, *others = map(letter_fields.label, head)
    fields = ", ".join([first, *map(in_sentence, others)])
    once = _("The letterhead is written once, for all letters of the office.")
    return FindingLine(Tone.WARN, blank.format(field=fields), flip=once, opens=letterhead)


def _who(some: tuple[int, ...], people: tuple[int, ...], names: Names) -> str:
    """The names of some, and how many others."""
    if len(people) == 1:
        return ""
    if len(some) == len(people):
        return _("all of them")
    known = names(some[:_NAMED])
    told = "; ".join(known[one] for one in some[:_NAMED] if one in known)
    if (more := len(some) - _NAMED) > 0:
        words = ngettext("and {count} other", "and {count} others", more)
        told = f"{told} {words.format(count=format_number(more))}"
    return told
