# SPDX-License-Identifier: Apache-2.0
"""The sections of a person's page for family, documents and fees, as one thing to the page.

    FileSections(parent)
        family, documents, fees       the sections       by_key: the same by name
        show_file(office, file)       show somebody's
    signals: asked(object), dropped(str, object, object)

Must not store anything.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.services.applications import fees
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import documents
from imp_plus_desktop.services.support import figures
from imp_plus_desktop.ui.person.sections.person_documents import DocumentSection
from imp_plus_desktop.ui.person.sections.person_family import FamilySection
from imp_plus_desktop.ui.person.sections.person_fees import FeeSection
from imp_plus_desktop.ui.person.sections.person_sections import CollapsibleSection


class FileSections(QObject):
    """Family, documents and fees of one file."""

    asked = Signal(object)
    dropped = Signal(str, object, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.family = FamilySection(parent)
        self.documents = DocumentSection(parent)
        self.fees = FeeSection(parent)
        sections: tuple[CollapsibleSection, ...] = (self.family, self.documents, self.fees)
        self.by_key = {section.key: section for section in sections}
        for section in sections:
            section.asked.connect(self.asked)
        self.documents.dropped.connect(self.dropped)

    def show_file(self, office: Office, file: PersonFile) -> None:
        """Show a file; each fold stays as it is."""
        self.family.show_family(office, file)
        self.documents.show_items(file, documents.of_file(office, file))
        self.fees.show_account(file, fees.account_of(office, file), figures.fees_due(office))
