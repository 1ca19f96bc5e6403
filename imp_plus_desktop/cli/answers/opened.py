# SPDX-License-Identifier: Apache-2.0
"""A file that a command tells of, and changes nothing in: on a server that is recorded."""

from __future__ import annotations

from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.outward import looking
from imp_plus_desktop.services.people import people


def opened(office: Office, ref: str) -> int:
    """Whose file a reference means, which is recorded as opened. Errors: as `people.find` and
    `looking.note`."""
    person = people.find(office, ref)
    looking.note(office, person)
    return person
