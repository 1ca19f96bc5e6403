# SPDX-License-Identifier: Apache-2.0
"""All that a value has been: `FieldHistoryDialog(office, person_id, name).ask()`.

Answers what changed once a version was put back, None when it was only looked at. Must not hold a
rule.
"""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.page import versions
from imp_plus_desktop.services.page.versions import Version
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.dialogs.dialog import Dialog, Reading
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.values.version_list import VersionList
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.messages import error_text, field_label


class FieldHistoryDialog(Dialog[Changed]):
    """Every version of one value, each of which can be put back."""

    def __init__(
        self, office: Office, person_id: int, name: str, parent: QWidget | None = None
    ) -> None:
        title = _("History of the field")
        super().__init__(title, parent)
        self._office, self._file = office, people.file(office, person_id)
        self.list = VersionList()
        self.list.show_versions(versions.versions(office, self._file, name), office.clock.today())
        self.list.chosen.connect(self._on_chosen)
        self._error = label(role="finding", tone=Tone.BAD, wrap=True)
        self._error.hide()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.space(2), 0)
        column.addWidget(self.list)
        column.addStretch(1)
        area = Reading(title, inner)
        close = button(_("Close"), "accent")
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.space(5),) * 4)
        layout.setSpacing(theme.space(3))
        layout.addWidget(label(title, "subject"))
        words = f"{self._file.person.full_name} · {field_label(name)}"
        layout.addWidget(label(words, "secondary", elide=True))
        layout.addWidget(area, 1)
        layout.addWidget(self._error)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.fit_around(area, theme.metrics().body * 40)

    def _on_chosen(self, version: Version) -> None:
        from imp_plus_desktop.ui.dialogs.meeting.meeting import meet

        try:
            self.finish(meet(self, partial(versions.restore, self._office, self._file, version)))
        except AppError as error:
            self._error.setText("✕ " + error_text(error))
            self._error.show()
