# SPDX-License-Identifier: Apache-2.0
"""How well the register is: each item with its sign, what there is, and a button that mends it.

    HealthDialog(shell, action, parent=None).show()     `action`: the window's action of a key

Opens at once with what can be told; the whole register is looked through when that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from imp_plus_desktop.domain.reads.health import HealthItem, Mend, Standing
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.copies import health
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog, Reading
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.care.health_texts import label_of, mend_of, sentence_of

_SIGNS = {
    Standing.OK: ("✓", Tone.OK),
    Standing.WARN: ("▲", Tone.WARN),
    Standing.BAD: ("✕", Tone.BAD),
}
_ACTIONS = {
    Mend.COPY: "file.backup",
    Mend.COPIES: "file.copies",
    Mend.RESTORE: "file.restore",
    Mend.PASSPHRASE: "file.passphrase.set",
}


def _verifying(action: QAction) -> QWidget:
    """The way to the head of the journal."""
    made, beside = button(_("&Verify, and write down the head…")), QWidget()
    made.clicked.connect(action.trigger)
    row = QHBoxLayout(beside)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(made)
    row.addStretch(1)
    return beside


class HealthDialog(BesideDialog):
    """The state of the register, beside the work."""

    def __init__(
        self,
        shell: Shell,
        action: Callable[[str], QAction] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("State of the register"), parent)
        self._shell = shell
        self._mends: dict[Mend, Callable[[], object]] = {Mend.CHECK: self.check}
        if action is not None:
            self._mends |= {mend: action(key).trigger for mend, key in _ACTIONS.items()}
        self._items: Sequence[HealthItem] = ()
        self._area = Reading(_("State of the register"))
        self._working = label(role="finding", wrap=True)
        self._working.hide()
        self.column.addWidget(self._area, 1)
        self.column.addWidget(self._working)
        self.add_close(None if action is None else _verifying(action("help.verify")))
        shell.data_changed.connect(self._on_changed)
        shell.tasks.finished.connect(self._look)
        self._look()

    def items(self) -> Sequence[HealthItem]:
        """What is shown."""
        return self._items

    def check(self) -> None:
        """Look through the whole register, away from the window."""
        office = self._shell.office

        def job(_progress: Progress) -> Any:
            return health.look_through(office)

        said = _("Checking the register…")
        if self._shell.start(said, job, self._show):
            self._working.setText(said)
            self._working.show()

    def _on_changed(self, _touched: object) -> None:
        self._look()

    def _look(self) -> None:
        parts = [item for item in self._items if "part" in item.facts]
        self._show([*parts, *health.look(self._shell.office)])

    def _show(self, items: Sequence[HealthItem]) -> None:
        self._working.hide()
        self._items = items
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setHorizontalSpacing(theme.space(3))
        grid.setVerticalSpacing(theme.space(2))
        grid.setColumnStretch(2, 1)
        for row, item in enumerate(items):
            self._add(grid, row, item)
        grid.setRowStretch(len(items), 1)
        self._area.setWidget(inner)
        self.fit_around(self._area, theme.metrics().body * 56)

    def _add(self, grid: QGridLayout, row: int, item: HealthItem) -> None:
        sign, tone = _SIGNS[item.state]
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(label(sign, "finding", tone), row, 0, top)
        grid.addWidget(label(label_of(item), "heading"), row, 1, top)
        grid.addWidget(label(sentence_of(item), wrap=True), row, 2, top)
        mend = item.mend
        if mend is None and item.item == "checked":
            mend = Mend.CHECK
        if mend is None:
            return
        do = self._mends.get(mend)
        words = mend_of(item) if item.mend is not None else _("Check now")
        if do is None:
            grid.addWidget(label(words, "secondary", wrap=True), row, 3, top)
            return
        made = button(words)
        set_name(made, f"{words} – {label_of(item)}")
        made.clicked.connect(partial(self._mend, mend))
        grid.addWidget(made, row, 3, top)

    def _mend(self, mend: Mend, _checked: bool = False) -> None:
        self._mends[mend]()
        if mend is not Mend.CHECK:
            self._look()
