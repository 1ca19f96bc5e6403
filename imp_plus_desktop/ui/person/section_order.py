# SPDX-License-Identifier: Apache-2.0
"""In which order a person's page has its blocks: what the stage of the file asks for comes first.

    ORDER                   every block
    order_for(status)       the same, as somebody at this stage is worked on

Before anything is filed the letter and the residence are what counts; while IRCC has the
application, its requests and its portal; with a permit, the permit and the passport.
"""

from collections.abc import Mapping

from imp_plus_desktop.domain.values.codes import PersonStatus

ORDER = (
    "flags",
    "deadlines",
    "passports",
    "residence_values",
    "letters",
    "applications",
    "family",
    "requests",
    "documents",
    "fees",
    "portal",
    "residences",
    "notes",
    "contacts",
    "identity",
    "status_values",
    "reach",
    "work",
    "office",
    "routes",
)

_BEFORE = ("flags", "letters", "residences", "deadlines", "residence_values", "documents")
_WAITING = ("flags", "applications", "requests", "portal", "deadlines", "documents", "passports")
_FIRST: Mapping[PersonStatus, tuple[str, ...]] = {
    PersonStatus.INVITED: _BEFORE,
    PersonStatus.READY: _BEFORE,
    PersonStatus.APPLIED: _WAITING,
    PersonStatus.APPROVED: _WAITING,
    PersonStatus.REFUSED: _WAITING,
    PersonStatus.RETURNED: _WAITING,
}


def order_for(status: PersonStatus) -> tuple[str, ...]:
    """All blocks, those first that the stage asks for."""
    first = _FIRST.get(status, ())
    return (*first, *(key for key in ORDER if key not in first))
