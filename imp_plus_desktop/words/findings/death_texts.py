# SPDX-License-Identifier: Apache-2.0
"""What a principal's death means, in lines that the office reads before and after recording it."""

from __future__ import annotations

from imp_plus_desktop.domain.family.aftermath import Aftermath
from imp_plus_desktop.i18n import _
from imp_plus_desktop.words.terms.code_names import name_of, word_in_sentence


def lines(after: Aftermath) -> list[str]:
    """What is to be done, then what the program does by itself."""
    said = [
        _("To withdraw at IRCC: application {code}, {state}").format(
            code=name_of(one.code), state=word_in_sentence(one.state)
        )
        for one in (*after.own, *after.family)
    ]
    said += [
        _("Family affected: {name}, {relation}").format(
            name=member.full_name, relation=word_in_sentence(member.relation)
        )
        for member in after.left
    ]
    return [
        *said,
        _("The file is closed: neither fee nor document is asked any more."),
        _("The person’s deadlines rest; the family’s days stay in the agenda."),
        _("Write no more to the person. Undo takes all of this back."),
    ]
