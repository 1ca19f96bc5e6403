# SPDX-License-Identifier: Apache-2.0
"""What a flag of history says: a sentence of the file, and how it was settled.

Decides nothing: the flag comes with its facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from imp_plus_desktop.domain.records.office import FlagSettlement
from imp_plus_desktop.domain.values.codes import FlagCode
from imp_plus_desktop.domain.verdict.history_flags import HistoryFlag
from imp_plus_desktop.i18n import N_, _, format_day, format_number
from imp_plus_desktop.words.findings.finding_texts import finding_text
from imp_plus_desktop.words.terms.code_names import word_in_sentence

_TEXTS: Mapping[FlagCode, str] = {
    FlagCode.OVER_CAP: N_(
        "The {year} cap leaves no place for this application: it was taken in as it was."
    ),
    FlagCode.RECEIVED_IN_FUTURE: N_("Received on {received_on}, a day still to come."),
    FlagCode.DECIDED_BEFORE_RECEIVED: N_(
        "Decided on {decided_on}, before it was received on {received_on}."
    ),
    FlagCode.OUTCOME_AGAINST_PERMIT: N_("The outcome is {outcome}, yet there is a permit."),
    FlagCode.PERMIT_OVER_TERM: N_(
        "The permit runs until {until}, past its full term of {months} months ({term_end})."
    ),
    FlagCode.RULE_FAILED: N_("On the day it was received, {received_on}: {finding}"),
}
_UNKNOWN = N_("The day it was received is not recorded: it uses no place.")
_UNKNOWN_BEFORE = N_(
    "The day it was received is not recorded: it uses no place. It was received by {until_day}."
)
_UNKNOWN_BETWEEN = N_(
    "The day it was received is not recorded: it uses no place. It was received between"
    " {from_day} and {until_day}."
)
_UNKNOWN_IN_YEAR = N_(
    "The day it was received is not recorded: it uses no place. It was received between"
    " {from_day} and {until_day}, so in {year}."
)


def flag_text(flag: HistoryFlag) -> str:
    """What a flag says of its application or permit."""
    words = {name: _said(name, value) for name, value in flag.facts.items()}
    if flag.finding is not None:
        words["finding"] = finding_text(flag.finding)
    template = _unknown(flag) if flag.code is FlagCode.RECEIPT_UNKNOWN else _TEXTS[flag.code]
    return _(template).format(**words)


def settled_text(settlement: FlagSettlement) -> str:
    """`Settled on 3 May 2024 by Luc: the letter was late.`"""
    return _("Settled on {day} by {who}: {reason}").format(
        day=format_day(settlement.settled_on), who=settlement.settled_by, reason=settlement.reason
    )


def _unknown(flag: HistoryFlag) -> str:
    facts = flag.facts
    if facts["from_day"] is None:
        return _UNKNOWN if facts["until_day"] is None else _UNKNOWN_BEFORE
    return _UNKNOWN_BETWEEN if facts["year"] is None else _UNKNOWN_IN_YEAR


def _said(name: str, value: object) -> str:
    if isinstance(value, date):
        return format_day(value)
    if name == "outcome":
        return word_in_sentence(str(value), "outcome")
    if isinstance(value, int) and name != "year":
        return format_number(value)
    return str(value)
