# SPDX-License-Identifier: Apache-2.0
"""The words of the programme's figures: what each is, how much, from where, looked up when.

group_text("fees")   name_text(figure)   value_text(figure)   source_text("A76; IRPR 182")
figure_source(figure)   shipped_text(figure)   figure_text(figure)   due_text(count)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from imp_plus_desktop.domain.reads.figures import Figure
from imp_plus_desktop.i18n import (
    N_,
    _,
    format_day,
    format_iso,
    format_money,
    format_number,
    ngettext,
)
from imp_plus_desktop.words.terms.code_names import name_of

_GROUPS: Mapping[str, str] = {
    "letters": N_("Letters"),
    "caps": N_("Annual cap"),
    "clocks": N_("IRCC’s time limits"),
    "permits": N_("Permits"),
    "csq": N_("CSQ"),
    "family": N_("Family"),
    "fees": N_("Fees"),
}

_NAMES: Mapping[str, str] = {
    "opened": N_("Opening of the programme"),
    "last_accepted_letter": N_("Date of the last letter accepted"),
    "letter_window_days": N_("Days to apply after receipt of the letter"),
    "cap_applications": N_("Cap on applications"),
    "cap_letters": N_("Limit on letters"),
    "cap_permits": N_("Limit on permits"),
    "decision_due_days": N_("A decision is usually there after"),
    "clock_draft": N_("A draft stays in the portal"),
    "clock_biometric_letter": N_("Biometric letter after receipt"),
    "clock_biometrics": N_("To give biometrics"),
    "clock_biometrics_reuse": N_("Biometrics stay valid"),
    "clock_medical": N_("To pass the medical exam"),
    "clock_medical_result": N_("Medical results stay valid"),
    "clock_documents": N_("To send documents, usual term"),
    "clock_extension_advice": N_("To file an extension before the permit ends"),
    "term_months": N_("Term of a first permit"),
    "extension_months": N_("Term of an extension"),
    "restoration_days": N_("To restore the status"),
    "csq_months": N_("Validity of a CSQ issued today"),
    "child_age": N_("A child is below"),
    "majority": N_("Majority"),
    "months_left": N_("Months left on the principal’s permit, other permits"),
    "a76_months_left": N_("Months left on the principal’s permit, IMP+"),
    "biometrics_from": N_("Biometrics from"),
    "biometrics_to": N_("Biometrics up to"),
    "fee_biometrics_family_maximum": N_("Biometrics, family maximum"),
    "fee_visitor_visa_family_maximum": N_("Visitor visa, family maximum"),
}

_SOURCES: Mapping[str, str] = {
    "A76": N_("IRCC’s instructions: CSQ holders outside Quebec"),
    "A73": N_("IRCC’s instructions: Quebec selection holders"),
    "C41": N_("IRCC’s instructions: family members of workers"),
    "MINORS": N_("IRCC’s instructions: minor children"),
    "VWP": N_("IRCC’s instructions: visitors and work permits"),
    "TRVFEE": N_("IRCC’s instructions: fees of temporary resident visas"),
    "WORK24": N_("IRCC’s pages for clients, July 2024"),
    "QC-FR": N_("Quebec’s page on the open work permit"),
    "VCC": N_("Secondary source: a college’s page on immigration"),
    "CARD": N_("Secondary source: a table that quotes IRCC’s pages of August 2026"),
    "CVMED": N_("Secondary source: a page on medical exams"),
    "BIO": N_("Secondary source: a page on biometrics"),
    "house": N_("Practice of offices, with no text behind it"),
    "LNT 60": N_("Act respecting labour standards, s. 60"),
    "F-1.1": N_("National Holiday Act"),
    "I-16 61": N_("Interpretation Act, s. 61"),
    "FEES23": N_("Secondary source: IRCC’s notice of November 2023 as consultants repeat it"),
    "FEES24": N_("Secondary source: professional news of December 2025"),
}


def group_text(group: str) -> str:
    """What the figures of a group are about."""
    return _(_GROUPS[group])


def name_text(figure: Figure) -> str:
    """What a figure is, the year of a cap included."""
    name = figure.name
    text = _(_NAMES[name]) if name in _NAMES else name_of(name.removeprefix("fee_"), "fee")
    return text if figure.year is None else f"{text} {figure.year}"


def value_text(figure: Figure) -> str:
    """How much, with its unit."""
    return _told(figure.value, figure.unit)


def shipped_text(figure: Figure) -> str:
    """What would count without the office's own; empty for what is shipped."""
    if not figure.own or figure.shipped is None:
        return ""
    return _("as shipped: {value}").format(value=_told(figure.shipped, figure.unit))


def figure_source(figure: Figure) -> str:
    """Where a figure comes from: its sources in words, or what the office says."""
    if not figure.own:
        return source_text(figure.source)
    if not figure.source:
        return _("Set by the office")
    return _("Set by the office: {source}").format(source=figure.source)


def figure_text(figure: Figure) -> str:
    """A figure in a line: what, how much, since when, from where, and what is shipped."""
    parts = [f"{name_text(figure)}", value_text(figure)]
    if figure.since is not None:
        parts.append(_("since {day}").format(day=format_iso(figure.since)))
    told = figure_source(figure)
    parts.append(told if figure.own or not figure.source else f"{told} ({figure.source})")
    return " · ".join(part for part in (*parts, shipped_text(figure)) if part)


def _told(value: date | int | Decimal | None, unit: str) -> str:
    if value is None:
        return _("not known")
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, Decimal):
        return format_money(value)
    words = {
        "hours": ngettext("{count} hour", "{count} hours", value),
        "days": ngettext("{count} day", "{count} days", value),
        "months": ngettext("{count} month", "{count} months", value),
        "years": ngettext("{count} year", "{count} years", value),
        "age": ngettext("{count} year of age", "{count} years of age", value),
    }
    return words.get(unit, "{count}").format(count=format_number(value))


def source_text(source: str) -> str:
    """Where a shipped figure comes from, by its tags."""
    return "; ".join(_one_source(tag) for tag in source.split("; "))


def _one_source(tag: str) -> str:
    section = re.fullmatch(r"IRPR (?P<section>[\d.]+)", tag)
    if section is not None:
        words = _("Immigration and Refugee Protection Regulations, s. {section}")
        return words.format(section=section["section"])
    return _(_SOURCES[tag]) if tag in _SOURCES else tag


def due_text(count: int) -> str:
    """How many figures must be looked up again; what that means for the verdicts."""
    if not count:
        return _("No figure is due to be looked up again.")
    words = ngettext(
        "{count} figure must be looked up again at its source.",
        "{count} figures must be looked up again at their sources.",
        count,
    )
    return words.format(count=format_number(count))
