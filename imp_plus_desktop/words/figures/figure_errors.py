# SPDX-License-Identifier: Apache-2.0
"""The sentence of each failure about the office's own figures and files of them, by its code."""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.i18n import N_

SENTENCES: Mapping[str, str] = {
    "bad_choice": N_("This can be: {choices}."),
    "file_not_trusted": N_(
        "Nobody whom the program knows has signed this file. Look at what it changes, then name it"
        " as trusted: {fingerprint}."
    ),
    "bad_length": N_("This figure is a whole number from {least} to {most}."),
    "bad_reading": N_(
        "A figure was read today or before; the day to look it up again comes after that day."
    ),
    "figure_incomplete": N_(
        "Say what to do with which figure, for example: set fee_processing 155.00."
    ),
    "no_own_figure": N_("The office has set no such figure from that day. Look at the list."),
    "source_missing": N_("Say where the figure was read: a page, a notice, a letter."),
    "bad_window": N_("This setting is a day such as 2025-01-15, or a number of days."),
    "year_not_asked": N_("Only a cap or a switch is of a year. Leave the year out."),
    "year_out_of_range": N_("A year of the programme is one from {first} to {last}."),
}

OF_FILES: Mapping[str, str] = {
    "figures_too_large": N_("This file is too large to be one of figures. Choose another one."),
    "figures_unreadable": N_("This file of figures cannot be read at line {line}. Correct it."),
    "figures_format": N_("This is no file of figures: it begins with [file] and format = 1."),
    "bad_figures": N_("The file of figures cannot be taken. {where}: {problem}"),
    "signature_broken": N_(
        "The signature does not fit the file: it was changed after it was signed. Get it again."
    ),
}
