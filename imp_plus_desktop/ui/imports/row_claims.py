# SPDX-License-Identifier: Apache-2.0
"""Held rows that somebody has taken on, in a register on a server.

    RowClaims(shell, header, list) adds its filter to the header, and T to the list, as deadlines
                                   have it; signal changed()
        .button, .said             take the chosen row on, and who has
        show(waits), show_row(row | None), retranslate()
        kept(rows) -> numbers      those that the filter keeps
        named(row) -> row          with who has taken it on, as the list shows it
        may_do(row) -> bool        nobody else has taken it on, or it is meant so

In a register in a file nothing of it is seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.reads.desks import MINE, NOBODYS, Claim, Matter
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.imports.review import HeldRow
from imp_plus_desktop.services.servers import claims
from imp_plus_desktop.ui.dialogs.servers import claiming
from imp_plus_desktop.ui.look.plain import set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.choice_chips import Choice, ChoiceChips
from imp_plus_desktop.ui.widgets.frames import PageHeader
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.messages import error_text
from imp_plus_desktop.words.servers.desk_texts import claim_tip, claimed_text

_ALL = "all"


class RowClaims(QObject):
    """Who sees to which held row."""

    changed = Signal()

    def __init__(self, shell: Shell, header: PageHeader, rows: QWidget) -> None:
        super().__init__(header)
        self._shell, self._header = shell, header
        self._row: HeldRow | None = None
        self.button = button()
        self.said = label(role="small", tone=Tone.ACCENT, elide=True)
        self.whose = ChoiceChips()
        header.add_widget(self.whose)
        self.button.clicked.connect(self._on_clicked)
        QShortcut(QKeySequence("T"), rows, self.button.click)
        self.whose.chosen.connect(self._on_chosen)
        self.retranslate()
        self.show(False)

    def retranslate(self) -> None:
        """Write every word anew."""
        self.whose.set_choices(
            [Choice(_ALL, _("All")), Choice(MINE, _("Mine")), Choice(NOBODYS, _("Nobody’s"))]
        )
        if self.whose.chosen_key() is None:
            self.whose.choose(_ALL, tell=False)
        self.show_row(self._row)

    def show(self, waits: bool) -> None:
        """Offer the filter while rows wait."""
        on_server = self._shell.office.server is not None
        self.whose.setVisible(waits and on_server)
        if not on_server:
            self.whose.choose(_ALL, tell=False)

    def show_row(self, row: HeldRow | None) -> None:
        """Show who has taken the chosen row on."""
        self._row = row
        office = self._shell.office
        claim = None if row is None else self._claim(row.row)
        matter = None if row is None else Matter.held_row(row.row)
        said, tip = claiming.button_texts(office, matter)
        self.button.setText(said)
        set_tip(self.button, tip)
        self.button.setVisible(claims.is_possible(office) and row is not None)
        another = None if claim is None or claim.is_own else claim  # one's own the button says
        self.said.setText("" if another is None else claimed_text(another))
        set_tip(self.said, "" if another is None else claim_tip(another))

    def kept(self, rows: Mapping[int, HeldRow]) -> list[int]:
        """The numbers of the rows that the filter keeps."""
        wanted = self.whose.chosen_key()
        if wanted == MINE:
            return [n for n in rows if (claim := self._claim(n)) is not None and claim.is_own]
        return [n for n in rows if wanted != NOBODYS or self._claim(n) is None]

    def named(self, row: HeldRow) -> HeldRow:
        """A row with who has taken it on."""
        claim = self._claim(row.row)
        return row if claim is None else replace(row, claim=claim)

    def may_do(self, row: HeldRow) -> bool:
        """Whether a row is to be answered."""
        matter = Matter.held_row(row.row)
        return claiming.may_do(self._shell, self._header.window(), matter)

    def _claim(self, row: int) -> Claim | None:
        return self._shell.office.company.whose(Matter.held_row(row))

    def _on_chosen(self, _key: str) -> None:
        self.changed.emit()

    def _on_clicked(self) -> None:
        if self._row is None or not claims.is_possible(self._shell.office):
            return
        try:
            claiming.toggle(self._shell, self._header.window(), Matter.held_row(self._row.row))
        except AppError as error:
            self._shell.say(error_text(error))
