# SPDX-License-Identifier: Apache-2.0
"""Shows beside a form who is perhaps in the register already, while somebody is typed in.

    LikelyList(beside, parent=None)      at the form's side, or a strip below it
        show_people(candidates)          beside in room that is always there; the strip comes and
                                         goes at the form's lower edge: no field ever moves
        people() -> the candidates shown
        signal opened(int)               the file asked for
    LookAround(dialog, look, form_em)    puts such a list where the screen has room for it, and
        .list                            asks `look` who is likely, soon after each edit
        .wide_em                         how wide the dialog is with it, in sizes of the body's type

Must not look anybody up.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.duplicates.matching import Candidate
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import WordsButton, clear, label
from imp_plus_desktop.words.messages import likeness_text

IN_A_STRIP, BESIDE = 2, 5
"""How many are shown."""
_WIDTH_EM, _LINE_EM, _BESIDE_EM = 20, 1.7, 21.3
_LOOK_AFTER_MS = 80
"""Together with the look itself well below what feels like waiting."""


class LikelyList(QWidget):
    """A link to each of them, with why."""

    opened = Signal(int)

    def __init__(self, *, beside: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._beside = beside
        self._people: tuple[Candidate, ...] = ()
        self._heading = label(role="heading" if beside else "small", wrap=beside)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.space(3))
        self._grid.setVerticalSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.space(1), 0)
        column.setSpacing(theme.space(1) if beside else 0)
        column.addWidget(self._heading)
        column.addLayout(self._grid)
        column.addStretch(1)
        if beside:
            self.setFixedWidth(theme.metrics().body * _WIDTH_EM)
        else:
            self._grid.setColumnStretch(1, 1)
            self.setFixedHeight(round(theme.metrics().body * _LINE_EM * (IN_A_STRIP + 1)))
        self.show_people(())

    def show_people(self, candidates: Sequence[Candidate]) -> None:
        """Show the likest of these; the same ones stay as they are."""
        wanted = tuple(candidates[: BESIDE if self._beside else IN_A_STRIP])
        if wanted == self._people and self._heading.text():
            return
        self._people = wanted
        clear(self._grid)
        self._heading.setText(self._head())
        if self._beside:  # that there is nobody is no heading of anything
            theme.set_role(self._heading, "heading" if wanted else "secondary")
        self.setVisible(self._beside or bool(wanted))
        for place, candidate in enumerate(wanted):
            why = _why(candidate)
            link = _Link(candidate, why)
            link.asked.connect(self.opened)
            because = label(why, "small", Tone.WARN, wrap=self._beside, elide=not self._beside)
            if self._beside:
                self._grid.addWidget(link, 2 * place, 0)
                self._grid.addWidget(because, 2 * place + 1, 0)
            else:
                self._grid.addWidget(link, place, 0)
                self._grid.addWidget(because, place, 1)
            link.show()
            because.show()

    def people(self) -> tuple[Candidate, ...]:
        """Who is shown."""
        return self._people

    def _head(self) -> str:
        if self._people:
            return _("Perhaps in the register already")
        if self._beside:
            return _("Nobody in the register looks like this so far")
        return " "


def _why(candidate: Candidate) -> str:
    """Whose family a member is of, and why it may be them."""
    why = likeness_text(candidate.because)
    if candidate.family_of is None:
        return why
    family = _("family of {name}").format(name=candidate.family_of)
    reference = candidate.individual_reference
    return ", ".join(filter(None, (family, reference, why)))


class LookAround:
    """Keeps such a list beside a form, or in a strip below it, and up to date with the form."""

    def __init__(
        self, dialog: FormDialog[Any], look: Callable[[], Sequence[Candidate]], form_em: float
    ) -> None:
        self._look = look
        self._timer = QTimer(dialog)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_AFTER_MS)
        self._timer.timeout.connect(self.look)
        em = theme.metrics().body
        room = dialog.screen().availableSize().width() * 9 // 10
        beside = room >= em * (form_em + _BESIDE_EM)
        self.wide_em = form_em + (_BESIDE_EM if beside else 0)
        self.list = LikelyList(beside=beside, parent=dialog)
        if beside:
            dialog.add_beside(self.list)
        else:
            dialog.add_strip(self.list)
        dialog.form.edited.connect(self._on_form_edited)

    def look(self) -> None:
        """Show who is likely there as the form stands."""
        self.list.show_people(self._look())

    def _on_form_edited(self, _key: str) -> None:
        self._timer.start()


class _Link(WordsButton):
    """The way to one file, or to the bin for one that is there."""

    asked = Signal(int)

    def __init__(self, candidate: Candidate, why: str) -> None:
        born = candidate.birth_date
        day = write.iso(born) if isinstance(born, date) else born
        # The reference of a member is the principal's: it stands with the family, below.
        own = None if candidate.family_of is not None else candidate.individual_reference
        parts = (candidate.name, day, own)
        words = " · ".join(part for part in parts if part)
        super().__init__(words)
        self._person = candidate.person_id
        theme.set_role(self, "link")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_tip(self, f"{words}\n{why}")
        set_name(self, _("Open the file: {name}").format(name=f"{words}, {why}"))
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.asked.emit(self._person)
