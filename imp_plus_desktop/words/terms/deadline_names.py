# SPDX-License-Identifier: Apache-2.0
"""Words for the kinds of deadlines. Must not hold a rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from imp_plus_desktop.i18n import N_, pgettext

DEADLINE_KINDS: Mapping[str, str | Callable[[], str]] = {
    "letter": N_("Letter"),
    "csq": N_("CSQ"),
    "passport": N_("Passport"),
    "permit": N_("Permit"),
    "biometrics": lambda: pgettext("deadline", "Biometrics"),
    "medical": N_("Medical exam"),
    "documents": N_("Documents"),
    "introduction_letter": lambda: pgettext("deadline", "Introduction"),
    "extension": N_("Extension"),
    "age_22": N_("Turns 22"),
    "age_18": N_("Turns 18"),
    "refund": N_("Refund"),
    "draft": N_("Draft"),
    "biometric_letter": lambda: pgettext("deadline", "Letter to come"),
    "fairness_letter": N_("Fairness letter"),
    "interview": N_("Interview"),
    "passport_request": lambda: pgettext("deadline", "Send passport"),
    "restoration": N_("Restoration"),
    "status": lambda: pgettext("deadline", "Status in Canada"),
    "caq": N_("CAQ"),
    "document": lambda: pgettext("deadline", "Document"),
    "reminder": N_("Reminder"),
}
