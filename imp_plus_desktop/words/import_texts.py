# SPDX-License-Identifier: Apache-2.0
"""What an import or a form says about a cell: the cause under it, and the group that mends it.

The causes are the codes of the import contract. Must not decide what is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from imp_plus_desktop.domain.values.date_proof import DateProof
from imp_plus_desktop.i18n import (
    N_,
    _,
    format_number,
    format_percent,
    ngettext,
)
from imp_plus_desktop.words.terms import cell_texts, letter_texts
from imp_plus_desktop.words.terms.cell_texts import MISSING
from imp_plus_desktop.words.terms.field_texts import field_label

ERROR = "error"
_SPECIAL = {**cell_texts.SPECIAL, **letter_texts.SPECIAL}


class IssueLike(Protocol):
    """What every issue of an import carries; `column` is a field name, `cell` as `N18`."""

    @property
    def column(self) -> str | None: ...
    @property
    def cell(self) -> str | None: ...
    @property
    def code(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def parameters(self) -> Mapping[str, object]: ...


class ProblemLike(Protocol):
    """What a form's check of one field answers; `blocks` says that it cannot be saved so."""

    @property
    def field(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def blocks(self) -> bool: ...
    @property
    def beside(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, object]: ...


CAUSES: Mapping[str, str] = {
    "missing_key": N_("Nothing identifies this person"),
    "missing_field": N_("Empty, but needed"),
    "unwritable_text": N_("This text holds an invisible character that cannot be kept"),
    "too_long": N_("Longer than what is kept here, 600 characters"),
    "bad_date": N_("This date does not exist or cannot be read"),
    "birth_disagrees": N_("Another date of birth is in the register: that one stays"),
    "partly_known": N_("Not the whole date: kept as it is known"),
    "bad_number": N_("This is not a number"),
    "bad_email": N_("This is not an e-mail address"),
    "bad_identifier": N_("Not the usual form of this number: kept as written"),
    "odd_phone": N_("A telephone number with letters in it: kept as written"),
    "not_of_register": N_("Not as this register wrote it: left aside"),
    "bad_value": N_("This value is not understood"),
    "cell_error": N_("The cell holds a spreadsheet error"),
    "no_result": N_("The file holds no result of this formula: open it in Excel and save it once"),
    "impossible_dates": N_("This date is impossible beside the others"),
    "dates_out_of_order": N_("This date comes before one that it follows"),
    "date_in_the_future": N_("This date is in the future"),
    "permit_too_long": N_("Longer than a permit’s full term"),
    "duplicate_in_file": N_("The same person again, with the same data"),
    "conflict_in_file": N_("The same person again, with other data"),
    "unknown_country": N_("Unknown country"),
    "partly_read": N_("Part of the cell was not taken"),
    "residence_contradiction": N_("Country and province contradict each other"),
    "unknown_category": N_("Unknown category"),
    "unknown_status": N_("Unknown word"),
    "letter_before_programme": N_("Letter dated before the programme opened"),
    "letter_after_last_accepted_date": N_("Letter dated after the last accepted date"),
    "letter_date_changed": N_("The letter on file has another date: corrected, or a second one?"),
    "open_beside_permit": N_("In process beside a permit: counts as approved"),
    "fee_without_day": N_("No day says when this was paid: it stays in the list alone"),
    "unknown_sum": N_("No fees of that day add up to this: it stays in the list alone"),
    "lives_in_quebec": N_("Lives in Quebec"),
    "name_split_unsure": N_("Nothing proves where the family name ends"),
    "name_placeholder": N_("This stands for a name and is none"),
    "no_value": N_("This stands in place of a value"),
    "member_without_name": N_("No name: this family member stays in the list alone"),
    "member_without_relation": N_(
        "Nothing says whether this is a spouse or a child: stays in the list alone"
    ),
    "possible_duplicate": N_("Looks like someone in the register"),
    "in_bin": N_("This file is in the bin"),
    "zero_restored": N_("A leading zero was restored"),
    "unknown_principal": N_("The principal is not in the register"),
    "principal_unclear": N_("Nothing shows whose family this is: enter the principal’s number"),
    "principal_left_out": N_("The principal’s row does not go in: nor does this one"),
    "digits_lost": N_("The spreadsheet lost digits of this number"),
    "identifier_taken": N_("This number belongs to another person in the register"),
    **letter_texts.CAUSES,
}

# What may be wrong with a value of any field, and so does not say with which.
_OF_A_VALUE = frozenset(
    {"too_long", "unwritable_text", "bad_date", "partly_known", "bad_number", "bad_email"}
    | {"bad_identifier", "bad_value", "cell_error", "no_result", "impossible_dates"}
    | {"dates_out_of_order", "date_in_the_future", "unknown_country", "partly_read"}
    | {"unknown_category", "unknown_status", "name_placeholder", "no_value", "zero_restored"}
    | {"digits_lost", "identifier_taken", "odd_phone"}
)

# What is left out where the row goes in all the same.
_LEFT_OUT = frozenset(
    {"digits_lost", "bad_date", "bad_number", "bad_email", "cell_error", "no_result", "bad_value"}
    | {"impossible_dates", "too_long"}
    | {"unknown_country", "unknown_category", "unknown_status", "name_placeholder", "no_value"}
)

GROUPS: Mapping[str, str] = {
    "missing_key": N_("Identify the person"),
    "missing_field": N_("Fill in what is missing"),
    "too_long": N_("Shorten the texts"),
    "bad_date": N_("Correct the dates"),
    "birth_disagrees": N_("Other date of birth in the register"),
    "partly_known": N_("Dates known in part"),
    "bad_number": N_("Correct the numbers"),
    "bad_email": N_("Correct the e-mail addresses"),
    "bad_identifier": N_("Check the identifiers"),
    "odd_phone": N_("Check the telephone numbers"),
    "not_of_register": N_("Check the numbers of the register"),
    "bad_value": N_("Correct the values"),
    "cell_error": N_("Correct the spreadsheet errors"),
    "no_result": N_("Formulas without a result"),
    "impossible_dates": N_("Impossible dates"),
    "dates_out_of_order": N_("Dates out of order"),
    "date_in_the_future": N_("Dates in the future"),
    "permit_too_long": N_("Permit longer than its term"),
    "duplicate_in_file": N_("Same person twice"),
    "conflict_in_file": N_("Same person, other data"),
    "unknown_country": N_("Choose the country"),
    "partly_read": N_("Check what was not taken"),
    "residence_contradiction": N_("Country or province: which is true"),
    "unknown_category": N_("Choose the CSQ category"),
    "unknown_status": N_("Choose the right word"),
    "letter_before_programme": N_("Letter before the programme"),
    "letter_after_last_accepted_date": N_("Letter after the last accepted date"),
    "letter_date_changed": N_("Letters whose date has moved"),
    "open_beside_permit": N_("In process beside a permit"),
    "fee_without_day": N_("Fees without a day"),
    "unknown_sum": N_("Sums that are no fees"),
    "lives_in_quebec": N_("Lives in Quebec"),
    "name_split_unsure": N_("Check how the names split"),
    "name_placeholder": N_("Enter the names"),
    "no_value": N_("Words in place of a value"),
    "member_without_name": N_("Family members without a name"),
    "member_without_relation": N_("Family members without a relation"),
    "possible_duplicate": N_("Looks like someone"),
    "in_bin": N_("Files in the bin"),
    "zero_restored": N_("Leading zero restored"),
    "unknown_principal": N_("Find the principal"),
    "principal_unclear": N_("Say whose family it is"),
    "principal_left_out": N_("Members who wait for their principal"),
    "digits_lost": N_("Enter the lost digits"),
    "identifier_taken": N_("Number of another person"),
    **letter_texts.GROUPS,
}

# A cell that must be mended is grouped by its field, whatever is wrong with it.
_FIELD_GROUPS: Mapping[str, str] = {
    "letter_date": N_("Correct the letter’s date"),
    "birth_date": N_("Correct the date of birth"),
}
_MENDED_BY_FIELD = frozenset({"bad_date", "cell_error"})

MATCH_REASONS: Mapping[str, str] = {
    "header": N_("known header"),
    "band": N_("known with the title above it"),
    "family": N_("of a member of the family"),
    "part": N_("one of its two languages"),
    "before": N_("beside the column before it"),
    "near": N_("almost a known header"),
    "words": N_("meaning of its words"),
    "values": N_("look of its values"),
    "relation_column": N_("the list has a column for the relation"),
    "given": N_("chosen by hand"),
    "remembered": N_("as chosen for the last such list"),
}


def issue_text(issue: IssueLike) -> str:
    """The sentence under the cell, short and without a full stop."""
    return problem_text(
        issue.code, issue.column, issue.parameters, cell=issue.cell, severity=str(issue.severity)
    )


def named_issue_text(issue: IssueLike) -> str:
    """The same where the cell may be out of sight: with its field, unless it is about the whole
    row, or says by itself what it is about."""
    text = issue_text(issue)
    if issue.column is None or issue.code not in _OF_A_VALUE:
        return text
    # Words in capitals, such as CSQ, stay so.
    begun = text[:1].lower() + text[1:] if text[1:2].islower() else text
    return f"{field_label(issue.column)} — {begun}"


def field_problem_text(problem: ProblemLike) -> str:
    """The sentence under a field of a form, where nothing is left out behind the user's back."""
    return problem_text(problem.code, problem.field, {**problem.facts, "beside": problem.beside})


def problem_text(
    code: str,
    field: str | None = None,
    parameters: Mapping[str, object] | None = None,
    *,
    cell: str | None = None,
    severity: str = ERROR,
) -> str:
    """What is wrong with a value, said for its field; a warning says what is left out."""
    special = _SPECIAL.get(code)
    text = special(field, parameters or {}, cell) if special else None
    if text is None:
        text = _(CAUSES[code]) if code in CAUSES else code
    if severity != ERROR and code in _LEFT_OUT:
        return _("{problem}: left empty").format(problem=text)
    return text


def issue_group(code: str, column: str | None = None) -> str:
    """The title under which issues that are mended the same way stand together."""
    field = column or ""
    if code == "missing_field" and field in MISSING:
        return _(MISSING[field])
    if code in _MENDED_BY_FIELD and field in _FIELD_GROUPS:
        return _(_FIELD_GROUPS[field])
    return _(GROUPS[code]) if code in GROUPS else code


def match_reason_text(reason: str, confidence: float = 1.0) -> str:
    """Why a column goes where it goes: `look of its values, 60 %`."""
    text = _(MATCH_REASONS[reason]) if reason in MATCH_REASONS else reason
    if confidence >= 1:
        return text
    return _("{reason}, {percent}").format(reason=text, percent=format_percent(confidence))


def date_order_text(order: str) -> str:
    """`day/month/year`, for the order in which a file writes its dates."""
    return {
        "dmy": _("day/month/year"),
        "mdy": _("month/day/year"),
        "ymd": _("year/month/day"),
    }.get(order, order)


def date_proof_text(proof: DateProof) -> str:
    """How the dates of a file were read: `day/month/year: 14 of 20 dates have a day over 12`."""
    if proof.order is None:
        return _("every date reads one way only")
    order = date_order_text(proof.order)
    if proof.proved_by == "day_over_12":
        return ngettext(
            "{order}: {count} of {total} dates has a day over 12",
            "{order}: {count} of {total} dates have a day over 12",
            proof.dates_over_12,
        ).format(
            order=order,
            count=format_number(proof.dates_over_12),
            total=format_number(proof.dates_total),
        )
    if proof.proved_by == "order_of_life":
        return _("{order}, proven by the order of the dates in each row").format(order=order)
    if proof.proved_by == "given":
        return _("{order}, as chosen").format(order=order)
    return order


def counts_text(counts: Mapping[str, int]) -> str:
    """What an import did: `62 new people, 5 rows to check`; empty when it did nothing."""
    parts = [_part(code, counts[code]) for code in _PARTS if counts.get(code)]
    return ", ".join(parts)


def _part(code: str, count: int) -> str:
    return _PARTS[code](count).format(count=format_number(count))


_PARTS: Mapping[str, Callable[[int], str]] = {
    "new": lambda n: ngettext("{count} new person", "{count} new people", n),
    "new_members": lambda n: ngettext("{count} new family member", "{count} new family members", n),
    "updated": lambda n: ngettext("{count} updated", "{count} updated", n),
    "unchanged": lambda n: ngettext("{count} unchanged", "{count} unchanged", n),
    "review": lambda n: ngettext("{count} row to check", "{count} rows to check", n),
    "rejected": lambda n: ngettext("{count} row rejected", "{count} rows rejected", n),
    "skipped": lambda n: ngettext("{count} row skipped", "{count} rows skipped", n),
    "vanished": lambda n: ngettext(
        "{count} person no longer listed", "{count} people no longer listed", n
    ),
}
