# SPDX-License-Identifier: Apache-2.0
"""The documents of a file in one form: `DocumentsDialog(office, person_id, first).ask()`.

One line a document: where it stands and, if it expires, when; the person's own first, then those
of each member who applies. All of it is stored as one act. Answers what changed, None when it
was given up. Must not hold a rule.
"""

from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import MemberId
from imp_plus_desktop.domain.records.papers import Document
from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.people import documents, people
from imp_plus_desktop.services.people.documents import Stands, Which
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine
from imp_plus_desktop.ui.widgets.date_edit import DateEdit
from imp_plus_desktop.ui.widgets.labels import label
from imp_plus_desktop.words.messages import field_label, name_of


class DocumentsDialog(FormDialog[Changed]):
    """Says where each document of a file stands."""

    ACT = "people.document"

    def __init__(
        self,
        office: Office,
        person_id: int,
        first: DocumentType | None = None,
        member: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Documents"),
            _("Save the documents"),
            parent,
            sentence=_("What the file needs, what has arrived, and what somebody has looked at."),
        )
        self._office, self._person_id = office, person_id
        file = people.file(office, person_id)
        self.tell_whose(file.person.full_name)
        self._present: dict[Which, Document] = {(d.type, d.member_id): d for d in file.documents}
        self._states: dict[Which, QComboBox] = {}
        self._days: dict[Which, DateEdit] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.space(3))
        self._grid.setVerticalSpacing(theme.space(2))
        self._grid.setColumnStretch(0, 1)
        heads = (field_label("type"), field_label("state"), field_label("expires"))
        for column, text in enumerate(heads):
            self._grid.addWidget(label(text, "small"), 0, column)
        self._add_lines(office, file)
        self.body.addLayout(self._grid)
        wanted = (first or DocumentType.CSQ, None if member is None else MemberId(member))
        self._states.get(wanted, self._states[DocumentType.CSQ, None]).setFocus()

    def state_box(self, kind: DocumentType, member: MemberId | None = None) -> QComboBox:
        """The choice of where a document stands."""
        return self._states[kind, member]

    def day_edit(self, kind: DocumentType, member: MemberId | None = None) -> DateEdit:
        """The day on which a document expires."""
        return self._days[kind, member]

    def submit(self) -> bool:
        wrong = [edit for edit in self._days.values() if edit.has_problem()]
        if wrong:
            wrong[0].normalise()
            wrong[0].setFocus()
            sentence = _("This is not a date. Write for example {day}.").format(day="2023-10-07")
            self.show_findings((FindingLine(Tone.BAD, sentence),))
            return False
        wanted: dict[Which, Stands] = {}
        for which in self._states:
            state = self._chosen(which)
            now = (state, self._days[which].day() if state is not None else None)
            before = self._present.get(which)
            if now != ((before.state, before.expires) if before else (None, None)):
                wanted[which] = now
        self.answer = documents.set_documents(self._office, self._person_id, wanted)
        return True

    def _chosen(self, which: Which) -> DocumentState | None:
        code = str(self._states[which].currentData() or "")
        return DocumentState(code) if code else None

    def _add_lines(self, office: Office, file: PersonFile) -> None:
        for kind in DocumentType:
            self._add_line((kind, None), name_of(kind))
        items = documents.of_file(office, file)
        for member in file.members:
            own = [item.type for item in items if item.member_id == member.id]
            if not own:
                continue
            title = label(member.full_name, "heading")
            self._grid.addWidget(title, self._grid.rowCount(), 0, 1, 3)
            for kind in own:
                self._add_line((kind, member.id), f"{member.full_name} · {name_of(kind)}")

    def _add_line(self, which: Which, name: str) -> None:
        present = self._present.get(which)
        box = QComboBox()
        set_name(box, _("{document}: state").format(document=name))
        box.addItem(_("Not recorded"), "")
        for state in DocumentState:
            box.addItem(name_of(state), state.value)
        edit = DateEdit()
        set_name(edit, _("{document}: expires on").format(document=name))
        words = label(name_of(which[0]))
        words.setBuddy(box)
        if present is not None:
            box.setCurrentIndex(box.findData(present.state.value))
            edit.set_day(present.expires)
        row = self._grid.rowCount()
        # Which form it is stands last in its name, and must not be cut.
        self._grid.setColumnMinimumWidth(
            0, max(self._grid.columnMinimumWidth(0), words.sizeHint().width())
        )
        self._grid.addWidget(words, row, 0)
        self._grid.addWidget(box, row, 1)
        self._grid.addWidget(edit, row, 2)
        self._states[which], self._days[which] = box, edit
