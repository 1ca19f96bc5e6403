# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a programme's file, a sentence for each mistake.

mistake_text(mistake) -> "[[conditions]], row 2: …"
"""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.domain.programmes.loading import Mistake
from imp_plus_desktop.i18n import N_, _

MISTAKES: Mapping[str, str] = {
    "not_toml": N_(
        "Line {row}: this cannot be read as TOML. Check quotes, brackets and equals signs."
    ),
    "not_text": N_("This file is no text in UTF-8. Save it anew as plain text."),
    "too_large": N_("This file is too large to be a programme. Choose another one."),
    "missing": N_("“{name}” is missing. Add it."),
    "missing_any": N_("At least one of these is needed: {possible}."),
    "table_missing": N_("The table is missing. Add it."),
    "not_a_table": N_("Names with their values are expected here."),
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
    "not_a_text": N_("“{name}” must be a text in quotes."),
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


def mistake_text(one: Mistake) -> str:
    """The sentence of a mistake, after the place where it is."""
    separator = " – " if one.code == "number_out_of_range" else ", "
    told = _(MISTAKES[one.code]).format(
        name=one.name or one.table,
        value=one.value,
        row=one.row,
        possible=separator.join(one.possible),
    )
    place = _place(one)
    return _("{name}: {value}").format(name=place, value=told) if place else told


def _place(one: Mistake) -> str:
    if not one.table:
        return ""
    if not one.row:
        return f"[{one.table}]"
    return _("[[{table}]], row {row}").format(table=one.table, row=one.row)
