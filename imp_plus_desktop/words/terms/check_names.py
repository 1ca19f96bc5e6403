# SPDX-License-Identifier: Apache-2.0
"""What the checks of programmes are called, without the values that a file gives them."""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.i18n import N_

CHECKS: Mapping[str, str] = {
    "lives_in_quebec": N_("Lives in Quebec"),
    "citizen_of_party": N_("Citizen of a country of the agreement"),
    "waits_for_csq": N_("Waits for a CSQ"),
    "employer_permit_ends": N_("Employer-specific permit that ends while the policy lasts"),
    "in_canada": N_("Is in Canada"),
    "csq_held": N_("Holds a CSQ"),
    "pr_acknowledged": N_("PR application acknowledged"),
    "pr_not_decided": N_("PR not decided yet"),
    "student": N_("Holds a study permit"),
    "aged_18_to_35": N_("Aged 18 to 35"),
    "lives_in": N_("Lives where the programme says"),
    "permit_ends": N_("Permit that ends when the programme says"),
    "permit_runs": N_("Holds a permit that runs"),
    "status_is": N_("Status in Canada that the programme names"),
    "pr_state_is": N_("PR stands where the programme says"),
    "aged": N_("Of the age that the programme says"),
    "citizen_of": N_("Citizen of a country that the programme names"),
    "offer_recorded": N_("Job offer recorded"),
    "invited": N_("Invited under the programme"),
    "letter_dated": N_("Letter dated when the programme says"),
    "papers_held": N_("Papers on file"),
    "passport_valid": N_("Passport long enough"),
    "rule": N_("Rule of IMP+"),
}
"""By the name that a file or the table of routes has."""
