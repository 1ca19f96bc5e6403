# SPDX-License-Identifier: Apache-2.0
"""Every code of the program as a sentence or a word: the one place that screens ask.

Sentences are looked up at the moment of asking, in the language then in use. They live by noun
in the `sentences_*` modules. Must not hold a rule of the programme, nor read the register.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from imp_plus_desktop.i18n import N_, _, format_day

if TYPE_CHECKING:
    from imp_plus_desktop.domain.quota.forecast import Projection
    from imp_plus_desktop.words.act_texts import act_kind, act_noun, act_text
    from imp_plus_desktop.words.deadline_texts import (
        DEADLINES,
        deadline_said,
        deadline_text,
        deadline_why,
    )
    from imp_plus_desktop.words.error_texts import environment_error, error_text, same_as_text
    from imp_plus_desktop.words.findings.finding_texts import finding_parts, finding_text
    from imp_plus_desktop.words.findings.flag_texts import flag_text, settled_text
    from imp_plus_desktop.words.findings.flip_texts import flip_sentence, flip_text, limit_text
    from imp_plus_desktop.words.findings.permit_texts import between_text, chain_text, lost_text
    from imp_plus_desktop.words.findings.rule_texts import (
        finding_fix,
        fix_text,
        last_safe_because,
        rule_title,
    )
    from imp_plus_desktop.words.import_texts import (
        counts_text,
        date_order_text,
        date_proof_text,
        field_problem_text,
        issue_group,
        issue_text,
        named_issue_text,
        problem_text,
    )
    from imp_plus_desktop.words.sheet_texts import ignored_sheet_text
    from imp_plus_desktop.words.terms.code_names import (
        country_name,
        document_names,
        name_of,
        place_name,
        word_in_sentence,
    )
    from imp_plus_desktop.words.terms.entity_names import entity_label
    from imp_plus_desktop.words.terms.field_texts import field_label
    from imp_plus_desktop.words.terms.likeness_texts import likeness_text

__all__ = [
    "DEADLINES",
    "act_kind",
    "act_noun",
    "act_text",
    "between_text",
    "chain_text",
    "country_name",
    "counts_text",
    "date_order_text",
    "date_proof_text",
    "deadline_said",
    "deadline_text",
    "deadline_why",
    "document_names",
    "entity_label",
    "environment_error",
    "error_text",
    "field_label",
    "field_problem_text",
    "finding_fix",
    "finding_parts",
    "finding_text",
    "fix_text",
    "flag_text",
    "flip_sentence",
    "flip_text",
    "ignored_sheet_text",
    "issue_group",
    "issue_text",
    "last_safe_because",
    "likeness_text",
    "limit_text",
    "lost_text",
    "name_of",
    "named_issue_text",
    "place_name",
    "problem_text",
    "projection_text",
    "rule_title",
    "same_as_text",
    "settled_text",
    "waiting_text",
    "word_in_sentence",
]

_PARTS: Mapping[str, tuple[str, ...]] = {
    "act_texts": (
        "act_noun",
        "act_kind",
        "act_text",
    ),
    "deadline_texts": (
        "DEADLINES",
        "deadline_said",
        "deadline_text",
        "deadline_why",
    ),
    "error_texts": (
        "environment_error",
        "error_text",
        "same_as_text",
    ),
    "findings.finding_texts": (
        "finding_parts",
        "finding_text",
    ),
    "findings.flag_texts": (
        "flag_text",
        "settled_text",
    ),
    "findings.flip_texts": (
        "flip_sentence",
        "flip_text",
        "limit_text",
    ),
    "findings.permit_texts": (
        "between_text",
        "chain_text",
        "lost_text",
    ),
    "findings.rule_texts": (
        "finding_fix",
        "fix_text",
        "last_safe_because",
        "rule_title",
    ),
    "import_texts": (
        "counts_text",
        "date_order_text",
        "date_proof_text",
        "field_problem_text",
        "issue_group",
        "issue_text",
        "named_issue_text",
        "problem_text",
    ),
    "sheet_texts": ("ignored_sheet_text",),
    "terms.code_names": (
        "country_name",
        "document_names",
        "name_of",
        "place_name",
        "word_in_sentence",
    ),
    "terms.entity_names": ("entity_label",),
    "terms.field_texts": ("field_label",),
    "terms.likeness_texts": ("likeness_text",),
}
"""Which module says what; each is loaded when first asked, since most askers want one of them."""
_PART_OF = {name: part for part, names in _PARTS.items() for name in names}


def __getattr__(name: str) -> Any:
    part = _PART_OF.get(name)
    if part is None:
        raise AttributeError(name)
    found = getattr(import_module(f"imp_plus_desktop.words.{part}"), name)
    globals()[name] = found
    return found


WAITING: Mapping[str, str] = {
    "requests_late": N_("IRCC’s requests that are late"),
    "letters_7": N_("Letters that expire within 7 days"),
    "permits_ended": N_("Permits ended, nothing filed since"),
    "permits_30": N_("Permits that expire within 30 days"),
    "permits_90": N_("Permits that expire within 90 days"),
    "passports_next": N_("Passports too short for what follows"),
    "family_shorter": N_("Shorter permits in the family"),
    "pr_acknowledgement": N_("Acknowledgements of PR to come"),
    "refunds_due": N_("Refunds to receive"),
    "reminders_due": N_("Reminders for today"),
    "medical_again": N_("Medical exams to repeat for PR"),
    "children_18_90": N_("Children who turn 18 within 90 days"),
    "csq_90": N_("CSQ that end within 90 days, PR not filed"),
    "outside_quebec": N_("Outside Quebec under a permit"),
    "drafts_14": N_("Drafts deleted within 14 days"),
    "action_required": N_("Applications that require an action"),
    "over_cap_open": N_("Files over the cap with something open"),
    "passports_short": N_("Passports to renew before applying"),
    "decisions_due": N_("Decisions to record"),
    "review_rows": N_("Import rows to check"),
    "pr_proof_missing": N_("Files without proof of the PR application"),
    "children_22": N_("Children who turn 22 before the decision"),
}

REFUSALS: Mapping[str, str] = {
    "fewer_than_30_receipts": N_("Fewer than 30 applications received: no projection"),
    "fewer_than_4_weeks": N_("Fewer than four weeks of applications: no projection"),
    "cap_reached": N_("The cap is reached"),
    "other_year": N_("A projection is made for the present year only"),
    "not_this_year": N_("The cap is not reached within the year"),
    "no_recent_receipts": N_("No application received lately: no projection"),
}


def waiting_text(code: str) -> str:
    """A line of what waits for a person, to stand before its number."""
    return _(WAITING[code]) if code in WAITING else code


def projection_text(projection: Projection | None, refused: str | None = None) -> str:
    """When the cap will be reached at the pace of the last weeks, or why that is not said."""
    if projection is None:
        return _(REFUSALS[refused]) if refused is not None and refused in REFUSALS else ""
    earliest = format_day(projection.earliest)
    if projection.latest is None:
        return _("At the present pace, the cap is reached on {earliest} at the earliest").format(
            earliest=earliest
        )
    if projection.latest == projection.earliest:
        return _("At the present pace, the cap is reached around {earliest}").format(
            earliest=earliest
        )
    return _("At the present pace, the cap is reached between {earliest} and {latest}").format(
        earliest=earliest, latest=format_day(projection.latest)
    )
