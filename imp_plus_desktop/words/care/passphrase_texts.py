# SPDX-License-Identifier: Apache-2.0
"""What is said of a passphrase: how hard it is to guess, what a change of it leaves, and what a
recovery key is. Holds no rule and reads nothing."""

from __future__ import annotations

from collections.abc import Sequence

from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.words.copy_texts import skipped_lines, waiting_lines

_LEVELS = (
    N_("Guessed at once"),
    N_("Guessed at once"),
    N_("Weak"),
    N_("Good"),
    N_("Strong"),
)
_WEAKNESSES = {
    "short": N_("fewer than eight signs"),
    "dictionary": N_("a name or common words"),
    "spatial": N_("keys beside each other"),
    "repeat": N_("something repeated"),
    "sequence": N_("signs that follow each other"),
    "date": N_("a date or a year"),
}


def strength_text(level: int, weakness: str) -> str:
    """How hard a passphrase is to guess, and why it is no harder."""
    said = _(_LEVELS[level])
    why = _WEAKNESSES.get(weakness, "")
    return _("{strength}: {why}").format(strength=said, why=_(why)) if why else said


def changed_lines(how: str, skipped: Sequence[str], waiting: Sequence[str]) -> list[str]:
    """What a change of passphrase did, and what is left under the former one."""
    done = {
        "set": _("The register now opens with its passphrase only."),
        "change": _("The register now opens with its new passphrase only."),
        "remove": _("The register now opens without a passphrase."),
    }
    followed = _("Its automatic copies are under the same key as the register.")
    lines = [done[how], *([] if skipped or waiting else [followed])]
    lines += [*skipped_lines(skipped), *waiting_lines(waiting)]
    lines.append(
        _(
            "Copies that were put elsewhere keep what they had: make new ones there, and destroy"
            " the old ones."
        )
    )
    if how == "set":
        lines.append(
            _(
                "Print the recovery key now: where the passphrase is lost, it alone opens the"
                " register."
            )
        )
    if how == "change":
        lines.append(_("A recovery key printed before opens those copies only: print a new one."))
    return lines


def recovery_lines() -> list[str]:
    """What whoever finds a printed recovery key must know."""
    return [
        _("This key opens the register and its copies in place of the passphrase."),
        _(
            "Whoever holds it reads everything: keep it under seal, away from the computer, with"
            " two people at least."
        ),
        _("It holds until the passphrase is changed; then print a new one and destroy this one."),
        _(
            "To use it, open the register and type it where the passphrase is asked for. Capitals"
            " and lines do not matter; the last sign of each group tells of a slip."
        ),
    ]
