# SPDX-License-Identifier: Apache-2.0
"""What a programme's board says: whether it is open, its places, why somebody does not qualify."""

from __future__ import annotations

from datetime import date

from imp_plus_desktop.domain.programmes.programme_file import ProgrammeFile
from imp_plus_desktop.domain.programmes.standing import Stand
from imp_plus_desktop.i18n import _, current_language, format_day_short, format_number, ngettext
from imp_plus_desktop.words.programmes.condition_texts import condition_text
from imp_plus_desktop.words.terms.code_names import word_in_sentence

SIGNS = {True: "✓", False: "✕", None: "?"}
"""The sign of an answer."""


def open_text(programme: ProgrammeFile, day: date, last_letter: date | None = None) -> str:
    """When one may file, seen from a day; of the main programme, by its letters."""
    if last_letter is not None:
        return _("letters dated until {day}").format(day=format_day_short(last_letter))
    first, last = programme.from_day, programme.until_day
    if first is not None and day < first:
        return _("opens on {day}").format(day=format_day_short(first))
    if last is None:
        return _("no last day to file")
    if day > last:
        return _("closed since {day}").format(day=format_day_short(last))
    left = (last - day).days
    words = ngettext("until {day} ({count} day left)", "until {day} ({count} days left)", left)
    return words.format(day=format_day_short(last), count=format_number(left))


def places_text(cap: int | None, used: int | None) -> str:
    """How many places there are and are left; that none is set."""
    if cap is None:
        return _("No number of places is set")
    taken = used or 0
    over = taken - cap
    if over > 0:
        words = _("Places: {cap} · used: {used} · too many: {over}")
        return words.format(
            cap=format_number(cap), used=format_number(taken), over=format_number(over)
        )
    words = _("Places: {cap} · used: {used} · left: {left}")
    return words.format(
        cap=format_number(cap), used=format_number(taken), left=format_number(-over)
    )


def why_text(stand: Stand) -> str:
    """What fails and what is not known, of the conditions that bind."""
    return "; ".join(
        f"{SIGNS[one.met]} {condition_text(one.condition)}"
        for wanted in (False, None)
        for one in stand.said
        if one.condition.binds and one.met is wanted
    )


def replaced_text(replaced: ProgrammeFile | None) -> str:
    """Whose place a file takes, by its name and version: its key may be the same by mistake."""
    if replaced is None:
        return ""
    words = _("In the place of “{name}”, version {version}")
    name = replaced.name.in_language(current_language())
    return words.format(name=name, version=replaced.version)


def lacking_text(stand: Stand) -> str:
    """The papers that are still to be gathered."""
    if not stand.lacking:
        return ""
    return _("To gather: {papers}").format(papers=", ".join(map(word_in_sentence, stand.lacking)))
