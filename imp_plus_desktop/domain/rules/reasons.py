# SPDX-License-Identifier: Apache-2.0
"""Every reason that a finding can give, with the names of its facts.

The contract between the rules and whoever writes their sentences: one sentence a reason (and one
a fix: `fixes.py`). A reason shared by several rules says the same thing for each. Must not hold
sentences.

Facts: `*_on`, `*_day`, `expiry`, `until`, `opened`, `expected`, `filed_on`, `*_until`,
`letter_date`, `last_accepted`, `term_end`, `turns_on`, `arrived_on` are dates; `days_left`,
`days_late`, `lost_days`, `months`, `age`, `year`, `cap`, `used`, `level`, `amount` (CAD),
`place` are whole numbers; `application`, `member` are ids; `state`, `category`, `country`,
`province`, `code`, `limited_by`, `relation`, `ledger` are language-neutral codes; `missing` and
`not_recorded` are document types, comma-separated; `evidence` is declaration, address or both;
`proof` is what shows a stay. `filed_on`, `received_on`, `province`,
`place`, `from_day`, `until_day` and `proof` may be None.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

REASONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # Of any rule, for who only reads
        "birth_date_hidden": (),
        "numbers_hidden": (),
        # PRG-01, INV-02 and INV-03 not applicable
        "no_letter": (),
        # PRG-01
        "letter_before_programme": ("letter_date", "opened"),
        "letter_after_last_accepted": ("letter_date", "last_accepted"),
        "letter_within_programme": ("letter_date",),
        # INV-01
        "letter_missing": (),
        "letter_not_written_yet": ("letter_date", "on_day"),
        "letter_present": ("letter_date",),
        # INV-02: days_left is negative once expired, days_late is its positive twin
        "letter_expired": ("last_day", "days_left", "days_late"),
        "letter_ending_soon": ("last_day", "days_left"),
        "letter_in_time": ("last_day", "days_left"),
        "letter_last_day": ("last_day", "days_left"),
        # INV-02, CSQ-02, ELG-02, EXT-01: received on the last day, after IRCC's midnight UTC
        "received_after_hour": ("last_day",),
        # INV-03
        "letter_receipt_missing": ("letter_date",),
        "letter_receipt_known": ("received_on",),
        # INV-04
        "letter_unused": (),
        "letter_already_used": ("application", "received_on", "state"),
        # CSQ-01 fail
        "csq_expiry_differs": ("expiry", "expected"),
        # CSQ-01 fail, CSQ-06 not applicable
        "csq_expired": ("expiry",),
        # CSQ-01, CSQ-02, CSQ-03, CSQ-06
        "csq_dates_unknown": (),
        "csq_valid": ("expiry",),
        "csq_last_day": ("last_day",),
        # CSQ-01 and CSQ-03 pass: expired, but kept alive by PR filed in time
        "csq_survives": ("expiry", "filed_on"),
        # CSQ-02 and CSQ-03 unknown
        "csq_expired_pr_unknown": ("expiry",),
        # CSQ-02 fail
        "csq_expired_pr_not_filed": ("expiry",),
        # CSQ-02 and CSQ-06 not applicable
        "pr_filed": ("filed_on",),
        # CSQ-03 and DOC-02 not applicable
        "pr_not_filed": (),
        # CSQ-03 fail; DOC-02 not applicable when withdrawn
        "pr_not_in_process": ("state",),
        # CSQ-03 judgement: the CSQ still runs
        "pr_withdrawn": ("expiry",),
        # CSQ-03
        "pr_filing_day_unknown": ("expiry",),
        "pr_filed_after_csq_expiry": ("filed_on", "expiry"),
        # CSQ-04
        "csq_category_unknown": (),
        "csq_category_accepted": ("category",),
        "csq_category_other_route": ("category",),
        "csq_category_not_listed": ("category",),
        # CSQ-05
        "csq_not_worker": ("category",),
        "csq_worker": (),
        # CSQ-06
        "csq_expiring": ("expiry", "days_left"),
        # ELG-01
        "province_unknown": (),
        "lives_in_quebec": ("from_day", "until_day", "open_start", "proof"),
        "lives_in_quebec_contradicted": (
            *("from_day", "until_day", "open_start", "proof"),
            "evidence",
        ),
        "lives_outside_quebec": (
            *("country", "province", "from_day", "until_day", "open_start", "proof"),
        ),
        "residence_contradicted": (
            *("country", "province", "from_day", "until_day", "open_start", "proof"),
            "evidence",
        ),
        # ELG-01 to ELG-03
        "residence_unknown": (),
        "residence_conflict": (),
        "country_against_province": ("country", "province"),
        "extension_needs_no_residence": (),
        # ELG-02 and ELG-03 not applicable
        "lives_abroad": ("country",),
        # ELG-02 and, but for the proof of residence, FAM-12
        "canada_status_none": (),
        "canada_status_unknown": (),
        "canada_status_ended": ("until", "restorable_until"),
        "canada_status_valid": ("until",),
        "canada_status_restorable": ("until", "restorable_until"),
        "canada_status_last_day": ("last_day",),
        "canada_status_claimant": (),
        # maintained: with and without the end that it has outlived
        "canada_status_maintained": ("until",),
        "canada_status_kept": ("until",),
        "visitor_exception_unknown": (),
        "visitor_no_exception": (),
        "residence_proof_missing": (),
        "residence_proof_not_recorded": (),
        # ELG-03
        "r206_unknown": (),
        "r206_held": (),
        "r206_not_held": (),
        # ELG-04
        "pr_decided": ("state",),
        "pr_undecided": ("recorded", "state"),
        # ELG-06 and FAM-10
        "canadian_citizen": (),
        "permanent_resident": (),
        "no_permanent_status": (),
        # ELG-07
        "person_died": ("on_day",),
        "no_death_recorded": (),
        # ELG-04 pass; DOC-02, EXT-01 unknown
        "pr_nothing_recorded": ("recorded",),
        # ELG-05
        "channel_unknown": (),
        "channel_port_of_entry": (),
        "channel_paper": (),
        "channel_online": (),
        # DOC-01
        "documents_missing": ("missing",),
        "documents_not_recorded": ("not_recorded",),
        "documents_on_file": (),
        # DOC-03
        "no_application": (),
        "a76_wording_unknown": ("application",),
        "a76_wording_missing": ("application",),
        "a76_wording_present": ("application",),
        # DOC-02, EXT-01
        "pr_proof_missing": (),
        "pr_proof_not_recorded": (),
        "pr_proof_on_file": (),
        # ID-01, ID-02; `fields` are names of fields, comma-separated
        "no_number": (),
        "no_unique_number": (),
        "number_shape": ("fields",),
        "numbers_fit": ("count",),
        "number_twice": ("fields",),
        "number_in_two_files": ("fields",),
        "numbers_unique": ("count",),
        # ID-04; `people` are ids of other files, comma-separated
        "no_passport_number": (),
        "passport_shared": ("people",),
        "passport_of_one": (),
        # ID-03
        "no_mrz": (),
        "mrz_digits_differ": ("fields",),
        "mrz_digits_fit": (),
        # PER-01
        "permit_end_differs": ("until", "expected", "limited_by"),
        "permit_end_computed": ("until", "limited_by"),
        # PER-02 and FAM-05
        "permit_province_differs": ("province",),
        "permit_province_quebec": (),
        # PER-02
        "permit_location_not_recorded": (),
        "work_outside_quebec": ("province", "from_day"),
        "work_not_outside_quebec": (),
        "address_outside_quebec": ("province", "from_day"),
        "address_in_quebec_not_recorded": (),
        # PER-03
        "medical_exam_recorded": (),
        "medical_restriction_not_recorded": (),
        "medical_restriction_recorded": (),
        # PER-04
        "passport_expiry_unknown": (),
        "passport_expired": ("expiry", "term_end"),
        "passport_too_short": ("expiry", "term_end", "lost_days"),
        "passport_long_enough": ("expiry",),
        # EXT-01
        "extension_after_permit_end": ("valid_until", "restorable_until"),
        "extension_after_restoration": ("valid_until", "restorable_until"),
        "extension_pr_not_in_process": ("state",),
        "permit_to_extend_unknown": (),
        "extension_in_time": ("valid_until",),
        "restoration_in_time": ("valid_until",),
        "extension_last_day": ("last_day",),
        # EXT-02
        "no_permit": (),
        "permit_ended": ("valid_until",),
        "permit_ending": ("valid_until", "days_left"),
        "permit_running": ("valid_until",),
        # CAP-01; for CAP-02 and CAP-08 not applicable too
        "place_in_year": ("year",),
        "uses_no_place": ("year",),
        # CAP-02
        "cap_reached": ("year", "cap", "used"),
        "cap_level_reached": ("year", "cap", "used", "level"),
        "cap_has_room": ("year", "cap", "used"),
        "cap_unknown": ("year",),
        # CAP-03
        "place_kept": ("year", "place"),
        "no_place_to_keep": (),
        # CAP-04
        "family_uses_no_place": ("code",),
        "principal_code": ("code",),
        # CAP-05
        "extension_uses_no_place": ("year",),
        "extension_uses_place": ("year",),
        "returned_uses_no_place": ("year",),
        "returned_uses_place": ("year",),
        "no_switch_applies": (),
        # CAP-06
        "over_cap_refund_expected": ("amount",),
        "over_cap_refund_logged": ("refund_logged_on",),
        "not_over_cap": (),
        # CAP-07
        "mifi_figure_reached": ("ledger", "year", "cap", "used"),
        "mifi_figure_has_room": ("ledger", "year", "cap", "used"),
        "mifi_level_reached": ("ledger", "year", "cap", "used", "level"),
        # REP-01 and REP-02
        "report_complete": ("from_day", "until_day"),
        "report_undated": ("undated",),
        "mifi_figure_unknown": ("ledger", "year"),
        # CAP-08
        "near_year_boundary": ("year",),
        "clear_of_year_boundary": ("year",),
        # FAM-01
        "study_permit_asked": (),
        "no_permit_asked": (),
        "family_code_before_pr": ("code",),
        "family_code_pr_filed": ("code",),
        "member_not_accompanying": ("code",),
        "accompanying_unknown": ("code",),
        "family_code_pr_unknown": ("code",),
        # FAM-02
        "principal_time_enough": (
            *("valid_until", "needed_until", "months"),
            *("rule_from", "spared_months", "spared_teer"),
        ),
        "principal_time_short": (
            *("valid_until", "needed_until", "months"),
            *("rule_from", "spared_months", "spared_teer"),
        ),
        "principal_approved": (),
        "principal_waits": (),
        "principal_has_no_permit": (),
        # FAM-03
        "not_a_child": (),
        "child_birth_date_unknown": (),
        "child_young_enough": ("age", "turns_on"),
        "child_too_old": ("age", "turned_on"),
        "child_soon_too_old": ("age", "turns_on"),
        "child_exception": (),
        "child_married": ("on_day",),
        "child_with_other_parent": (),
        "child_not_born": ("on_day",),
        "member_died": ("on_day",),
        "member_separated": ("on_day",),
        # FAM-04
        "member_end_after_principal": ("until", "principal_until"),
        "member_end_after_passport": ("until", "passport_expiry"),
        "member_end_within": ("until",),
        "principal_end_unknown": (),
        "principal_permit_ended": ("principal_until",),
        # FAM-06
        "member_not_arrived": (),
        "principal_arrival_unknown": ("arrived_on",),
        "member_arrived_first": ("arrived_on", "principal_arrived_on"),
        "member_arrived_after": ("arrived_on", "principal_arrived_on"),
        # FAM-07
        "principal_refused": ("member",),
        "principal_died": ("member",),
        "principal_not_refused": (),
        # FAM-11; `people` is the id of the member's own file
        "not_a_spouse": (),
        "no_longer_a_spouse": (),
        "spouse_has_own_file": ("people",),
        "spouse_invited": (),
        "spouse_file_closed": ("people",),
        "no_own_invitation": (),
        # FAM-12; what a status says is told as ELG-02 tells it
        "member_abroad": (),
        "member_stay_unknown": (),
        "not_of_the_family": (),
        # CLK-01 to CLK-03 not applicable
        "nothing_received_yet": (),
        "nothing_asked": (),
        # CLK-01; `usual`: the due day is the usual length, not the letter's own day
        "biometrics_due": ("due_on", "days_left", "usual"),
        "biometrics_overdue": ("due_on", "days_late"),
        "biometrics_done": ("done_on",),
        "biometrics_reusable": ("until",),
        "biometric_letter_expected": ("expected_on",),
        "biometric_letter_awaited": ("expected_on",),
        # CLK-02
        "medical_due": ("due_on", "days_left", "usual"),
        "medical_overdue": ("due_on", "days_late"),
        "medical_result_valid": ("until",),
        "medical_result_expired": ("until",),
        # CLK-03
        "documents_due": ("due_on", "days_left", "usual"),
        "documents_overdue": ("due_on", "days_late"),
        "documents_done": ("done_on",),
        # CLK-04
        "no_introduction_letter": (),
        "introduction_letter_used": (),
        "introduction_letter_runs": ("until", "days_left"),
        "introduction_letter_lapsed": ("until",),
        "introduction_date_unknown": (),
        # FAM-08
        "no_permit_needed": (),
        "no_studies": (),
        "studies_unknown": (),
        "member_location_unknown": (),
        "minor_elsewhere_in_canada": (),
        "minor_in_quebec_studies_freely": (),
        "minor_abroad_needs_permits": (),
        "student_needs_permits": (),
        "study_permit_and_caq": (),
        "caq_missing": (),
        "caq_ended": ("caq_until",),
        # FAM-09
        "no_studies_without_permit": (),
        "child_studies_as_minor": ("age", "turns_on"),
        "child_soon_of_age": ("age", "turns_on", "days_left"),
        "adult_studies_without_permit": ("age", "turned_on"),
        # FEE-01
        "no_fee_expected": (),
        "fee_amount_unknown": ("fees", "expected_cents"),
        "fees_may_be_indexed": ("fees", "expected_cents"),
        "fees_not_recorded": ("expected_cents",),
        "fees_open": ("expected_cents", "paid_cents", "open_cents"),
        "fees_over": ("expected_cents", "paid_cents", "open_cents"),
        "fees_paid": ("expected_cents",),
        # FEE-02
        "holder_fee_refundable": ("amount",),
        "holder_fee_refunded": ("refund_logged_on",),
        "holder_fee_not_refundable": (),
        # FEE-03
        "compliance_fee_paid": ("paid_cents",),
        "compliance_fee_other_route": (),
        "no_compliance_fee": (),
    }
)
