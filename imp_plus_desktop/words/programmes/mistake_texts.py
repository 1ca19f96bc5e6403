# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a programme's file, a sentence for each mistake.

mistake_text(mistake) -> "[[conditions]], row 2: …"
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from imp_plus_desktop.domain.programmes.loading import Mistake
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.i18n import N_, _

MISTAKES: Mapping[str, str] = {
    "not_toml": N_(
        "This line cannot be read. Check quotes, commas, brackets and equals signs, here and on "
        "the line before."
    ),
    "typed_quotes": N_(
        "The sign {value} is a quote of a word processor. Write straight quotes, as in "
        'key = "pilot".'
    ),
    "odd_space": N_("A no-break space stands between the words. Write an ordinary one."),
    "quote_open": N_("A quote is missing. A text begins and ends with one, on one line."),
    "quote_inside": N_(
        "A straight quote inside a text ends it. Write “…” or «…» inside, or leave it out."
    ),
    "quotes_missing": N_("A text stands in quotes, as in key = \"pilot\". Add them."),
    "comma_missing": N_("A comma is missing between two values. Add it."),
    "bracket_open": N_("A bracket is not closed, or one is too many. Check them."),
    "equals_missing": N_("The equals sign is missing, as in months = 24. Add it."),
    "value_missing": N_("Nothing follows the equals sign. Write the value or take the line out."),
    "odd_name": N_(
        "What stands before the equals sign is one of the names of the guide: no accent, no space."
    ),
    "odd_day": N_(
        "This is no day. Write year, month and day of the calendar without quotes, as in "
        "2026-03-13."
    ),
    "odd_number": N_(
        "This is no number. Write digits alone, as in 1000; an amount in quotes, as in \"155.00\"."
    ),
    "said_twice": N_(
        "This stands there already. Keep one; the name of a table that repeats has two brackets, "
        "as in [[fees]]."
    ),
    "not_text": N_(
        "This file is no text in UTF-8. Save it anew as plain text with the encoding UTF-8."
    ),
    "not_plain": N_(
        "This is the file of a word processor, a spreadsheet or a PDF. Save it as plain text with "
        "the encoding UTF-8."
    ),
    "too_large": N_("This file is too large to be a programme. Choose another one."),
    "missing_top": N_(
        "“{name}” is missing at the top of the file, before the first bracket. Add it there."
    ),
    "missing": N_("“{name}” is missing. Add it."),
    "missing_any": N_("At least one of these is needed: {possible}."),
    "table_missing": N_("The table is missing. Add it."),
    "not_a_table": N_(
        "Names with their values are expected here, under a name in one bracket, as in [permit]."
    ),
    "not_rows": N_("This table has rows: write its name in two brackets, as in [[fees]]."),
    "too_many_rows": N_("There are more than {possible} rows. Keep what people read."),
    "unknown_name": N_("Nothing is called “{name}” here. Possible: {possible}."),
    "unknown_check": N_("There is no check “{value}”. Possible: {possible}."),
    "unknown_word": N_("“{name}” cannot be “{value}”. Possible: {possible}."),
    "unknown_country": N_("“{value}” is no code of a country. Use three letters, as in FRA."),
    "unknown_fee": N_(
        "No fee is called “{value}”. Possible: {possible}; or add an amount, a name and a day."
    ),
    "not_a_day": N_("“{name}” must be a day without quotes, as in 2026-03-13."),
    "not_a_number": N_("“{name}” must be a whole number without quotes."),
    "number_out_of_range": N_("“{name}” is {value}: it must be from {possible}."),
    "not_true_or_false": N_("“{name}” must be true or false, without quotes."),
    "not_a_text": N_("“{name}” must be a text in quotes, as in \"155.00\"."),
    "empty_text": N_("“{name}” is empty. Write something or take the line out."),
    "empty_list": N_("“{name}” is an empty list. Fill it or take the line out."),
    "unwritable": N_("“{name}” is too long, or has signs that cannot be shown."),
    "not_both_languages": N_("“{name}” must be said in both languages, fr and en."),
    "language_missing": N_("“{name}” is not said in the language “{value}”. Add it."),
    "not_an_amount": N_(
        "“{value}” is no amount. Write dollars and cents in quotes, as in “155.00”."
    ),
    "days_crossed": N_("The first day is after the last one ({value})."),
    "bad_key": N_(
        "The key “{value}” must be small letters, digits and “_”, 2 to 40, a letter first."
    ),
    "not_main": N_("Only the program’s own programme can be the main one. Take the line out."),
    "no_conditions": N_("Nothing is asked of anybody. Write at least one condition."),
    "nothing_binds": N_("No condition binds: everybody would qualify. Let at least one bind."),
    "no_limit": N_("No limit is said. Write at least one, or take the table of places out."),
    "limit_twice": N_("Two limits begin on {value}. Keep one."),
    "header_twice": N_("The header “{value}” stands for two fields. Keep one."),
    "header_taken": N_("The header “{value}” means another field in every list already."),
    "mark_taken": N_("The header “{value}” is in other lists too. Choose one that only this has."),
    "key_is_route": N_("The key “{value}” is that of another route. Choose another key."),
    "key_is_main": N_("The key “{value}” is that of the main programme. Choose another key."),
}  # fmt: skip

_OFFERS = frozenset({"unknown_name", "unknown_check", "unknown_word", "unknown_fee"})
_FEW = 24
"""Where more than so many words are possible, the near ones alone are offered."""
_MOST_NEAR, _ALIKE = 3, 0.6


def mistake_text(one: Mistake) -> str:
    """The sentence of a mistake, after the place where it is."""
    separator = " – " if one.code == "number_out_of_range" else ", "
    near = _near(one)
    offered = near if near and len(one.possible) > _FEW else list(one.possible)
    told = _(MISTAKES[one.code]).format(
        name=one.name or one.table,
        value=one.value,
        possible=separator.join(offered),
    )
    if near and offered is not near:
        told = _("{sentence} Perhaps meant: {name}.").format(sentence=told, name=near[0])
    place = _place(one)
    return _("{place} – {sentence}").format(place=place, sentence=told) if place else told


def _near(one: Mistake) -> list[str]:
    """What the writer may have meant, the likeliest first: a slip away, or in other letters."""
    if one.code not in _OFFERS:
        return []
    written = one.name if one.code == "unknown_name" else one.value
    by_fold = {fold(word): word for word in one.possible}
    found = get_close_matches(fold(written), by_fold, _MOST_NEAR, _ALIKE)
    return [by_fold[word] for word in found]


def _place(one: Mistake) -> str:
    if one.line:
        words = _("Line {line}, {table}") if one.table else _("Line {line}")
        return words.format(line=one.line, table=_table(one))
    if not one.table or not one.row:
        return _table(one) if one.table else ""
    return _("[[{table}]], row {row}").format(table=one.table, row=one.row)


def _table(one: Mistake) -> str:
    """A table as the file writes its name: in two brackets where it repeats."""
    repeats = one.row or one.code in ("no_conditions", "nothing_binds")
    return f"[[{one.table}]]" if repeats else f"[{one.table}]"
