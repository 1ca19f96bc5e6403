# SPDX-License-Identifier: Apache-2.0
"""What Python's own parser of arguments says, in the language in use.

    speak()      once, before a parser is built

`argparse` takes its sentences from gettext's default domain as it is imported, where there is no
translation; it is handed ours instead. A sentence that another version of Python has changed stays
in English.
"""

import argparse

from imp_plus_desktop.i18n import N_, _, ngettext

_SENTENCES = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
)
"""The sentences of `argparse` that this grammar can bring about."""


def speak() -> None:
    """Let argparse speak the language in use from now on."""
    words = vars(argparse)
    words["_"] = _told
    words["ngettext"] = _counted


def _told(sentence: str | None) -> str | None:
    return _(sentence) if sentence in _SENTENCES else sentence


def _counted(one: str, many: str, count: int) -> str:
    if one == "expected %s argument":
        return ngettext("expected %s argument", "expected %s arguments", count)
    return one if count == 1 else many
