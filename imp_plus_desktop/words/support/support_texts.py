# SPDX-License-Identifier: Apache-2.0
"""A report for whoever looks after the program, as text that its sender reads first.

The names of facts are not translated: they are for who is asked for help, in whatever language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imp_plus_desktop.i18n import N_, _

_TITLES = {
    "program": N_("The program"),
    "settings": N_("Settings"),
    "place": N_("Where the register is"),
    "register": N_("The register"),
    "rows": N_("Rows in its tables"),
    "copies": N_("Copies"),
    "health": N_("State of the register"),
    "check": N_("What the check found"),
}


def support_text(sections: Mapping[str, Mapping[str, str]], log: Sequence[str]) -> str:
    """The whole report."""
    lines = [_("IMP+ Desktop: report for support"), "", intro_text(), ""]
    for name, facts in sections.items():
        lines += [
            f"== {_(_TITLES[name])} ==",
            *(f"{key}: {told}" for key, told in facts.items()),
            "",
        ]
    title = _("The end of the log")
    lines += [f"== {title} ==", *(log or [_("The log is empty.")])]
    return "\n".join(lines) + "\n"


def intro_text() -> str:
    """What is in it and what is not."""
    return _(
        "Versions, settings without their texts, sizes, counts, the state of the register and the "
        "program’s log. No name, number, date or path of anybody: read it before you send it."
    )
