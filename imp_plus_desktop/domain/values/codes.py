# SPDX-License-Identifier: Apache-2.0
"""The codes that a register keeps: states, kinds and answers, each a closed set.

A code is language-neutral: its value is what the register and the workbooks of the office hold,
its words are those of `words/terms/code_names.py`. Holds no rule: what may follow what is told
in `domain/applications/status.py`.
"""

from __future__ import annotations

from enum import StrEnum

NO_TERRITORY = frozenset(
    {"EUE", "GBD", "GBN", "GBO", "GBP", "GBS", "UNA", "UNK", "UNO", "XOM", "XXA", "XXB", "XXC"}
    | {"XXX"}
)
"""What a passport has in place of a country: stateless, refugee, kinds of British nationality, the
United Nations (ICAO Doc 9303-3, section 5). `data/countries.csv` names them."""


class Sex(StrEnum):
    F = "F"
    M = "M"
    X = "X"


class PrState(StrEnum):
    """Where the application for permanent residence stands, as far as the office knows.

    `landed` is approved and confirmed: the person is a permanent resident.
    """

    NOT_FILED = "not_filed"
    IN_PROCESS = "in_process"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LANDED = "landed"


class PrStage(StrEnum):
    """A stage of the application for permanent residence, in the order in which they usually come.

    `field` is the field of a person that has its day.
    """

    FILED = "filed"
    ACKNOWLEDGED = "acknowledged"
    BIOMETRICS = "biometrics"
    MEDICAL = "medical"
    BACKGROUND = "background"
    PASSPORT_ASKED = "passport_asked"
    CONFIRMED = "confirmed"
    LANDED = "landed"

    @property
    def field(self) -> str:
        return "landed_on" if self is PrStage.LANDED else f"pr_{self.value}_on"


class CanadaStatus(StrEnum):
    """Status held in Canada; `maintained` while an extension filed in time waits.

    Citizens and permanent residents hold theirs for good.
    """

    VISITOR = "visitor"
    STUDENT = "student"
    WORKER = "worker"
    MAINTAINED = "maintained"
    CLAIMANT = "claimant"
    NONE = "none"
    CITIZEN = "citizen"
    PERMANENT_RESIDENT = "permanent_resident"


class PersonStatus(StrEnum):
    """Where a person stands on the path from letter to permit."""

    INVITED = "invited"
    READY = "ready"
    APPLIED = "applied"
    APPROVED = "approved"
    PERMIT = "permit"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    OVER_CAP = "over_cap"
    CLOSED = "closed"


NOT_YET_APPLIED = (PersonStatus.INVITED, PersonStatus.READY)
"""Statuses before an application: the verdict is what matters, and the letter still runs."""


class ApplicationCode(StrEnum):
    """Exemption code that the file carries at IRCC; `study` is a study permit."""

    A76 = "A76"
    C41 = "C41"
    C46 = "C46"
    C49 = "C49"
    STUDY = "study"


class ApplicationKind(StrEnum):
    """What an application asks for: the first permit, more time on it, or the status lost since.

    A restoration (R182) goes on from an earlier permit as an extension does: no letter, the term
    and the place of one.
    """

    FIRST = "first"
    EXTENSION = "extension"
    RESTORATION = "restoration"


class Channel(StrEnum):
    ONLINE = "online"
    PAPER = "paper"
    PORT_OF_ENTRY = "port_of_entry"


class ApplicationState(StrEnum):
    """The office's own state of an application; the moves are a table.

    The table is in `domain/applications/status.py`.

    `approved` is approved with a letter of introduction, before the permit itself.
    """

    DRAFT = "draft"
    READY = "ready"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    IN_PROCESS = "in_process"
    ACTION_REQUIRED = "action_required"
    DECISION_MADE = "decision_made"
    APPROVED = "approved"
    PERMIT_ISSUED = "permit_issued"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    CANCELLED_OVER_CAP = "cancelled_over_cap"
    LETTER_LAPSED = "letter_lapsed"


class Outcome(StrEnum):
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    CANCELLED_OVER_CAP = "cancelled_over_cap"


class Relation(StrEnum):
    SPOUSE = "spouse"
    PARTNER = "partner"
    CHILD = "child"


class PermitWish(StrEnum):
    """What a family member asks for."""

    WORK = "work"
    STUDY = "study"
    VISITOR = "visitor"
    NONE = "none"


class DocumentType(StrEnum):
    CSQ = "csq"
    LETTER = "letter"
    INTENT = "intent"
    PR_PROOF = "pr_proof"
    RESIDENCE_PROOF = "residence_proof"
    PASSPORT = "passport"
    MEDICAL = "medical"
    POLICE = "police"
    PHOTO = "photo"
    FORMS = "forms"
    REPRESENTATIVE = "representative"
    COMMON_LAW = "common_law"
    CAQ = "caq"


class DocumentState(StrEnum):
    """`required` says that the office knows the document to be missing."""

    REQUIRED = "required"
    RECEIVED = "received"
    REVIEWED = "reviewed"


class Language(StrEnum):
    """Language in which the office writes to a person."""

    FR = "fr"
    EN = "en"


class ResidenceProof(StrEnum):
    """What shows that a person lived somewhere; `declaration` is the person's own word."""

    LEASE = "lease"
    CRA_NOTICE = "cra_notice"
    UTILITY_BILL = "utility_bill"
    STATUS_DOCUMENT = "status_document"
    DECLARATION = "declaration"
    OTHER = "other"


class Custody(StrEnum):
    """Who has the custody of a child, seen from the principal."""

    FULL = "full"
    SHARED = "shared"
    OTHER_PARENT = "other_parent"


class School(StrEnum):
    """What a family member studies or will study."""

    NONE = "none"
    PRESCHOOL = "preschool"
    PRIMARY_SECONDARY = "primary_secondary"
    POST_SECONDARY = "post_secondary"


class MemberLocation(StrEnum):
    """Where a family member is."""

    ABROAD = "abroad"
    QUEBEC = "quebec"
    ELSEWHERE_IN_CANADA = "elsewhere_in_canada"


class ContactKind(StrEnum):
    CALLED = "called"
    WROTE = "wrote"
    REPLIED = "replied"
    MET = "met"


class RequestKind(StrEnum):
    """What IRCC asks for or sends in the course of an application, with a day to keep."""

    BIOMETRICS = "biometrics"
    MEDICAL = "medical"
    DOCUMENTS = "documents"
    FAIRNESS_LETTER = "fairness_letter"
    INTERVIEW = "interview"
    PASSPORT = "passport"
    INTRODUCTION_LETTER = "introduction_letter"


class PortalItem(StrEnum):
    """The seven lines that IRCC's portal shows of an application."""

    ELIGIBILITY = "eligibility"
    MEDICAL = "medical"
    DOCUMENTS = "documents"
    INTERVIEW = "interview"
    BIOMETRICS = "biometrics"
    BACKGROUND = "background"
    DECISION = "decision"


class PortalState(StrEnum):
    NOT_NEEDED = "not_needed"
    IN_PROGRESS = "in_progress"
    NEEDED = "needed"
    COMPLETED = "completed"
    NOT_APPLICABLE = "not_applicable"


class RouteState(StrEnum):
    """Where somebody stands under another route or programme; what is `considered` is not filed,
    and may never be."""

    CONSIDERED = "considered"
    FILED = "filed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class LimitedBy(StrEnum):
    """What sets a permit's last day."""

    TERM = "term"
    PASSPORT = "passport"
    PRINCIPAL = "principal"


class FlagCode(StrEnum):
    """What history that was taken as it is has against it."""

    OVER_CAP = "over_cap"
    RECEIPT_UNKNOWN = "receipt_unknown"
    RECEIVED_IN_FUTURE = "received_in_future"
    DECIDED_BEFORE_RECEIVED = "decided_before_received"
    OUTCOME_AGAINST_PERMIT = "outcome_against_permit"
    PERMIT_OVER_TERM = "permit_over_term"
    RULE_FAILED = "rule_failed"


class Ledger(StrEnum):
    """The three counts that a cap can limit; only applications are ever refused a place."""

    APPLICATIONS = "applications"
    LETTERS = "letters"
    PERMITS = "permits"
