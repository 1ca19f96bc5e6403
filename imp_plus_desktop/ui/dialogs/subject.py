# SPDX-License-Identifier: Apache-2.0
"""`subject_of(office, application)`: whose application a dialog is about, in one line."""

from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.words.messages import name_of


def subject_of(office: Office, application: Application) -> str:
    """`Yacine Si Ahmed · A76 · W398001301`: the person or the member, the code, the number."""
    file = people.file(office, application.person_id)
    who = next((m for m in file.members if m.id == application.member_id), file.person)
    parts = (who.full_name, name_of(application.code), application.application_number)
    return " · ".join(part for part in parts if part)
