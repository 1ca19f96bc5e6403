# SPDX-License-Identifier: Apache-2.0
"""The checklist of documents: `DocumentsDialog.ask(parent, office, person_id, first=None)`.

One line a type: where it stands and, if it expires, when; all of it is stored as one act. Answers
what changed, None when it was given up. Must not hold a rule.
"""

from datetime import date

from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from imp_plus_desktop.domain.values import Document, DocumentState, DocumentType
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services import folder, people
from imp_plus_desktop.services.messages import field_label, name_of
from imp_plus_desktop.services.office import Office
from imp_plus_desktop.services.people import Changed
from imp_plus_desktop.ui import theme
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.theme import Tone
from imp_plus_desktop.ui.widgets.date_edit import DateEdit
from imp_plus_desktop.ui.widgets.labels import label
from imp_plus_desktop.ui.widgets.verdict_panel import FindingLine


class DocumentsDialog(FormDialog):
    """Says where each document of a file stands."""

    def __init__(
        self,
        office: Office,
        person_id: int,
        first: DocumentType | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Documents"),
            _("Save the documents"),
            parent,
            sentence=_("What the file needs, what has arrived, and what somebody has looked at."),
        )
        self._office, self._person_id = office, person_id
        self.changed: Changed | None = None
        self._present = {d.type: d for d in people.file(office, person_id).documents}
        self._states: dict[DocumentType, QComboBox] = {}
        self._days: dict[DocumentType, DateEdit] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space(3))
        grid.setVerticalSpacing(theme.space(2))
        grid.setColumnStretch(0, 1)
        heads = (field_label("type"), field_label("state"), field_label("expires"))
        for column, text in enumerate(heads):
            grid.addWidget(label(text, "small"), 0, column)
        for row, kind in enumerate(DocumentType, start=1):
            self._add_line(grid, row, kind, self._present.get(kind))
        self.body.addLayout(grid)
        self._states[first or DocumentType.CSQ].setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        office: Office,
        person_id: int,
        first: DocumentType | None = None,
    ) -> Changed | None:
        """What was stored, None when nothing was; `first` is the type that gets the focus."""
        dialog = cls(office, person_id, first, parent)
        return dialog.changed if dialog.run() else None

    def state_box(self, kind: DocumentType) -> QComboBox:
        """The choice of where a document stands."""
        return self._states[kind]

    def day_edit(self, kind: DocumentType) -> DateEdit:
        """The day on which a document expires."""
        return self._days[kind]

    def submit(self) -> bool:
        wrong = [edit for edit in self._days.values() if edit.has_problem()]
        if wrong:
            wrong[0].normalise()
            wrong[0].setFocus()
            sentence = _("This is not a date. Write for example {day}.").format(day="2023-10-07")
            self.show_findings((FindingLine(Tone.BAD, sentence),))
            return False
        wanted: dict[DocumentType, tuple[DocumentState | None, date | None]] = {}
        for kind in DocumentType:
            state = self._chosen(kind)
            now = (state, self._days[kind].day() if state is not None else None)
            before = self._present.get(kind)
            if now != ((before.state, before.expires) if before else (None, None)):
                wanted[kind] = now
        self.changed = folder.set_documents(self._office, self._person_id, wanted)
        return True

    def _chosen(self, kind: DocumentType) -> DocumentState | None:
        code = str(self._states[kind].currentData() or "")
        return DocumentState(code) if code else None

    def _add_line(
        self, grid: QGridLayout, row: int, kind: DocumentType, present: Document | None
    ) -> None:
        name = name_of(kind)
        box = QComboBox()
        box.setAccessibleName(_("{document}: state").format(document=name))
        box.addItem(_("Not recorded"), "")
        for state in DocumentState:
            box.addItem(name_of(state), state.value)
        edit = DateEdit()
        edit.setAccessibleName(_("{document}: expires on").format(document=name))
        words = label(name)
        words.setBuddy(box)
        if present is not None:
            box.setCurrentIndex(box.findData(present.state.value))
            edit.set_day(present.expires)
        grid.addWidget(words, row, 0)
        grid.addWidget(box, row, 1)
        grid.addWidget(edit, row, 2)
        self._states[kind], self._days[kind] = box, edit
