# SPDX-License-Identifier: Apache-2.0
"""The problems of a list in step 3, by what mends them, and what came since the list before it.

    ProblemsCard(parent=None)
        show_preview(preview, compared, again=False), retranslate()
        .groups (ProblemList)     each filters the rows while it is chosen
        .last_list                the way to the differences

Must not filter the rows itself.
"""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.imports.import_compare import Comparison
from imp_plus_desktop.services.imports.imports import Preview
from imp_plus_desktop.ui.imports.steps.check.import_compared import ComparedDialog, compared_line
from imp_plus_desktop.ui.imports.steps.sides.sides_card import WIDE_EM
from imp_plus_desktop.ui.imports.steps.sides.sides_groups import (
    conflict_groups,
    flag_groups,
    settled_groups,
)
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.verdicts.problem_list import Problem, ProblemList, Section
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.messages import issue_group

_ERROR = "error"


class ProblemsCard(Card):
    """What is wrong with the list, beside its rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._preview: Preview | None = None
        self._compared: Comparison | None = None
        self._seen: dict[str, Tone] = {}
        self._shown: list[Problem | Section] = []
        self.groups = ProblemList()
        self._no_problem = label(role="secondary", wrap=True)
        self._against = label(role="secondary", wrap=True)
        self.last_list = button(role="link")
        self.arrange(theme.metrics().body * WIDE_EM)
        self.body.addWidget(self.groups, 100)
        self.body.addWidget(self._no_problem)
        self.body.addStretch(1)
        self.body.addWidget(self._against)
        self.body.addWidget(self.last_list, 0, Qt.AlignmentFlag.AlignLeft)
        self.last_list.clicked.connect(self._on_last_list_clicked)

    def show_preview(
        self, preview: Preview, compared: Comparison | None, *, again: bool = False
    ) -> None:
        """Show another plan's, none of them chosen; `again` keeps those seen in their places."""
        self._preview, self._compared = preview, compared
        if not again:
            self._seen.clear()
        self._fill(preview)
        against = compared_line(compared)
        self._against.setText(against)
        for widget in (self._against, self.last_list):
            widget.setVisible(bool(against))

    def recount(self, preview: Preview) -> None:
        """Count the same plan's groups anew, the chosen one still chosen."""
        key = self.groups.chosen_key()
        self._preview = preview
        self._fill(preview, recounted=True)
        if key != self.groups.chosen_key() and key in self.groups.texts():
            self.groups.choose(key, tell=False)

    def arrange(self, width: int) -> None:
        """Take the room that a step of this width can spare."""
        em = theme.metrics().body
        self.setFixedWidth(em * (22 if width >= em * WIDE_EM else 19))

    def retranslate(self) -> None:
        self.last_list.setText(_("See the differences…"))

    def _fill(self, preview: Preview, *, recounted: bool = False) -> None:
        counted: Counter[str] = Counter()
        errors: set[str] = set()
        for row in (row for sheet in preview.sheets for row in sheet.rows):
            counted.update({issue_group(i.code, i.column) for i in row.issues})
            errors |= {issue_group(i.code, i.column) for i in row.issues if i.severity == _ERROR}
        for title, _count in sorted(
            counted.items(), key=lambda entry: (entry[0] not in errors, -entry[1], entry[0])
        ):
            self._seen.setdefault(title, Tone.BAD if title in errors else Tone.WARN)
        # A group that is all mended keeps its place, so that none moves under the pointer.
        problems: list[Problem | Section] = [
            Problem(
                title, title, tone if counted[title] else Tone.OK, format_number(counted[title])
            )
            for title, tone in self._seen.items()
        ]
        conflicts, flags = conflict_groups(preview), flag_groups(preview)
        settled = settled_groups(preview)
        heading = [Section(_("Problems by remedy"))] if problems else []
        groups = [*conflicts, *heading, *problems, *flags, *settled]
        if not recounted or groups != self._shown:
            self._shown = groups
            self.groups.set_problems(groups)
        left = bool(counted.total() or conflicts or flags or settled)
        self.groups.setVisible(left)
        self._no_problem.setText(_nothing_wrong(preview))
        self._no_problem.setVisible(not counted.total() and not conflicts)

    def _on_last_list_clicked(self) -> None:
        if self._preview is not None and self._compared is not None:
            ComparedDialog(self._preview, self._compared, self).show()


def _nothing_wrong(preview: Preview) -> str:
    """That nobody is asked anything, and how much stays by itself."""
    hands = preview.hands_kept
    if not hands:
        return _("No problem was found.")
    return ngettext(
        "No conflict; {count} value typed by hand is kept.",
        "No conflict; {count} values typed by hand are kept.",
        hands,
    ).format(count=format_number(hands))
