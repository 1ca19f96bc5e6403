# SPDX-License-Identifier: Apache-2.0
"""What a new user should have seen once: three steps, each beside the page that it tells of.

    TourDialog(parent)      signals page_asked(str), import_asked()

It stays open beside the work and may be left at any step. Must not open a page itself.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.widgets.labels import button, label

_WIDE_EM = 34


@dataclass(frozen=True, slots=True)
class Step:
    """What one step tells, and the page that it stands beside."""

    page: str
    title: str
    text: str


def steps() -> tuple[Step, ...]:
    """The steps in their order."""
    return (
        Step(
            "imports",
            _("Lists come in as they are"),
            _(
                "A list from MIFI or the office’s own workbook is imported as it is: with Import a "
                "list…, or dropped on the window. Four steps show what was understood and what "
                "would change; nothing is stored before Import is chosen. A list that comes again "
                "changes only what is new in it."
            ),
        ),
        Step(
            "people",
            _("One box finds everything"),
            _(
                "Ctrl+K finds people by name, also mistyped, by number, birth date, telephone or "
                "note, and every command. A person’s page says whether they may apply, until when, "
                "and the next step; Why? gives the rule and its source."
            ),
        ),
        Step(
            "overview",
            _("The day begins at the overview"),
            _(
                "It says what ends, what waits and who answers for it; every figure opens its "
                "files. What nobody has settled stays. Ctrl+Z takes back whatever was done, a "
                "whole import too, and a copy is made before each. Whoever can read the register’s "
                "file reads everything until it has a passphrase: File, Passphrase."
            ),
        ),
    )


class TourDialog(BesideDialog):
    """One step at a time, forwards and back."""

    page_asked = Signal(str)
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Tour in three steps"), parent, heading="")
        self._steps, self._at = steps(), 0
        self._place = label(role="small")
        self._title = label(role="subject", wrap=True)
        self._text = label(wrap=True)
        self.back, self.on = button(), button(role="accent")
        self.leave, self.begin = button(role="link"), button(role="accent")
        for part in (self._place, self._title, self._text):
            self.column.addWidget(part)
        self.column.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(theme.space(2))
        line.addWidget(self.leave)
        line.addStretch(1)
        for made in (self.back, self.on, self.begin):
            line.addWidget(made)
        self.column.addLayout(line)
        self.back.clicked.connect(self._on_back_clicked)
        self.on.clicked.connect(self._on_on_clicked)
        self.leave.clicked.connect(self.accept)
        self.begin.clicked.connect(self._on_begin_clicked)
        self.setMinimumSize(theme.metrics().body * _WIDE_EM, theme.metrics().body * 19)
        self.show_step(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Stand in a corner of the window: what it tells of is in view."""
        super().showEvent(event)
        above = self.parentWidget()
        if above is not None:
            corner = above.mapToGlobal(above.rect().bottomRight())
            air = theme.space(8)
            self.move(corner.x() - self.width() - air, corner.y() - self.height() - 2 * air)

    def show_step(self, number: int) -> None:
        """Show a step, and ask for its page."""
        self._at, step = number, self._steps[number]
        place = _("Step {number} of {count}")
        self._place.setText(place.format(number=number + 1, count=len(self._steps)))
        self._title.setText(step.title)
        self._text.setText(step.text)
        last = number == len(self._steps) - 1
        self.back.setText(_("Back"))
        self.back.setVisible(number > 0)
        self.on.setText(_("Continue"))
        self.on.setVisible(not last)
        self.begin.setText(_("Import a first list…"))
        self.begin.setVisible(last)
        self.leave.setText(_("Close the tour"))
        set_name(self, f"{self.windowTitle()}: {step.title}")
        strong = self.begin if last else self.on
        strong.setDefault(True)
        strong.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page_asked.emit(step.page)

    def step(self) -> int:
        """Which step is shown, from 0 on."""
        return self._at

    def _on_back_clicked(self) -> None:
        self.show_step(self._at - 1)

    def _on_on_clicked(self) -> None:
        self.show_step(self._at + 1)

    def _on_begin_clicked(self) -> None:
        self.accept()
        self.import_asked.emit()
