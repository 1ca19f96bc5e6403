# SPDX-License-Identifier: Apache-2.0
"""The wording of an application's form, which tells IRCC under what code the file goes (DOC-03)."""

from __future__ import annotations

from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office


def set_wording(office: Office, application_id: int, carries: bool | None) -> ActId | None:
    """Record whether both boxes carry the programme's wording; None when nobody has looked.

    Errors: DomainError application_not_found.
    """
    with office.act("applications.wording") as act:
        application = person_file.application_of(office, application_id)
        act.update("application", application.id, {"a76_wording": carries})
    return act.id
