# SPDX-License-Identifier: Apache-2.0
"""The family's block on a person's page: its rules, its time axis, what rests on the principal.

    FamilySection(parent=None)      show_family(office, file); a section like the others

Must not judge: findings come from the services.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.i18n import _, ngettext
from imp_plus_desktop.services.family import family, family_board
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.charts.family_board import FamilyBoardView
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.format import number
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.actions.record_actions import EDIT_MEMBER, relative_of
from imp_plus_desktop.ui.person.sections.lazy_section import LazySection
from imp_plus_desktop.ui.person.sections.person_sections import ActionButton
from imp_plus_desktop.ui.verdicts.findings import by_weight, lines_of, needs_attention
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine, FindingList
from imp_plus_desktop.ui.widgets.labels import clear, label


class FamilySection(LazySection):
    """The members with their findings, the board, and what a refusal topples."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("family", parent)
        self._shown: tuple[Office, PersonFile] | None = None
        self.board = FamilyBoardView(self)
        self._people = QVBoxLayout()
        self._people.setSpacing(theme.space(2))
        self._resting_title = label(role="heading")
        self._resting = FindingList(self)
        self.body.addWidget(self.board)
        self.body.addLayout(self._people)
        self.body.addSpacing(theme.space(1))
        self.body.addWidget(self._resting_title)
        self.body.addWidget(self._resting)

    def show_family(self, office: Office, file: PersonFile) -> None:
        """Show a file's family; without one there is nothing to expand."""
        self._shown = (office, file)
        asking = sum(bool(_open_lines(office, file, member)) for member in file.members)
        words = ngettext("{count} to look at", "{count} to look at", asking)
        summary = words.format(count=number(asking)) if asking else ""
        self.set_head(_("Family on one time axis"), len(file.members), summary)
        self.later()

    def fill(self) -> None:
        """Draw the board and write the findings."""
        if self._shown is None:
            return
        office, file = self._shown
        self.board.show_board(family_board.board(office, file))
        clear(self._people)
        for member in file.members:
            lines = _open_lines(office, file, member)
            if lines:
                made = self._member(file, member, lines)
                self._people.addWidget(made)
                made.show()
        self._show_resting(office, file)

    def _member(self, file: PersonFile, member: Member, lines: list[FindingLine]) -> QWidget:
        made = QWidget(self)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(1))
        edit = EDIT_MEMBER.offer(relative_of(file, member), member.full_name)
        name = ActionButton(edit, _("Edit…"), made)
        name.asked.connect(self.asked)
        column.addWidget(name, 0, Qt.AlignmentFlag.AlignLeft)
        shown = FindingList(made)
        shown.show_lines(lines)
        column.addWidget(shown)
        return made

    def _show_resting(self, office: Office, file: PersonFile) -> None:
        resting = family.resting_on(office, file)
        self._resting_title.setText(_("What a refusal of the principal affects"))
        self._resting_title.setVisible(bool(resting))
        self._resting.setVisible(bool(resting))
        texts = [family_board.resting_text(file, one) for one in resting]
        self._resting.show_lines([FindingLine(Tone.PLAIN, text) for text in texts])


def _open_lines(office: Office, file: PersonFile, member: Member) -> list[FindingLine]:
    """What somebody should look at about a member."""
    found = family.findings(office, file, member)
    return lines_of(f for f in by_weight(found) if needs_attention(f))
