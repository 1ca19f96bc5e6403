# SPDX-License-Identifier: Apache-2.0
"""How the copies of the register are kept: where else, how often, for how long.

    CopiesDialog(shell, parent=None).ask()      True where the settings were saved

Shows what there is, makes a copy, opens the folder.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.copies import keeping, rules
from imp_plus_desktop.services.copies.rules import BOUNDS, CopyRules
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.care.copying import CopyNow
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.care.health_texts import copy_rule_words, place_lines
from imp_plus_desktop.words.messages import error_text

PLACE = "place"


class CopiesDialog(FormDialog[bool]):
    """What there is of copies, and how they are kept."""

    ACT = "copies.rules"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Copies of the register"),
            _("Save the settings"),
            parent,
            sentence=_("Each copy is opened aside and looked through before it counts."),
            columns=2,
        )
        self._shell = shell
        self._there_is = label(wrap=True)
        self._copying = CopyNow(shell, self.fit, self)
        self._copying.ended.connect(self._show_what_there_is)
        self.copy, self._came = self._copying.button, self._copying.came
        self.head.addWidget(self._there_is)
        self.head.addLayout(self._what_can_be_done())
        self.head.addWidget(self._came)
        self._place = QLineEdit()
        self._place.setPlaceholderText(_("No second place"))
        self.form.add_field(PLACE, _("Second place"), self._place, whole_row=True)
        words = copy_rule_words()
        for name in asdict(CopyRules()):
            self.form.add_line(name, words[name])
        self._office = shell.office.as_shown()
        present = {name: str(value) for name, value in asdict(rules.rules(shell.office)).items()}
        present[PLACE] = str(rules.second_place(shell.office) or "")
        self.form.set_values(present)
        self.body.addWidget(
            label(
                _(
                    "The second place holds on this computer alone: a stick, a share, another disk "
                    "or a synchronized folder. How often a copy is made while something changes, "
                    "and how long copies stay, holds for the register, at every desk. The last ten "
                    "always stay."
                ),
                role="small",
                wrap=True,
            )
        )
        self._show_what_there_is()

    def submit(self) -> bool:
        """Save both; what is wrong stands under its field."""
        self.form.clear_findings()
        wanted = self._wanted()
        if wanted is None:
            return False
        office = self._office
        try:
            if PLACE in self.form.changed():
                place = self.form.value(PLACE)
                rules.set_second_place(office, Path(place) if place else None)
        except DomainError as error:
            self.form.set_finding(PLACE, Tone.BAD, error_text(error))
            return False
        try:
            act = rules.set_rules(office, wanted)
        except DomainError as error:
            self._tell_of(str(error.parameters.get("rule", "")))
            return False
        if act is not None:
            self._shell.changed(_("Settings of the copies saved"), act)
        self.answer = True
        return True

    def _wanted(self) -> CopyRules | None:
        values = {name: self.form.value(name) for name in BOUNDS}
        for name, value in values.items():
            if not value.isdecimal():
                self._tell_of(name)
                return None
        return CopyRules(**{name: int(value) for name, value in values.items()})

    def _tell_of(self, name: str) -> None:
        least, most = BOUNDS[name]
        said = _("From {least} to {most}, and no shorter than the row before it.")
        self.form.set_finding(name, Tone.BAD, said.format(least=least, most=most))

    def _what_can_be_done(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.space(2))
        self.folder = button(_("Open the folder"))
        self.choose = button(_("Choose the second place…"))
        self.folder.clicked.connect(self._on_folder_clicked)
        self.choose.clicked.connect(self._on_choose_clicked)
        for made in (self.copy, self.folder, self.choose):
            row.addWidget(made)
        row.addStretch(1)
        return row

    def _show_what_there_is(self) -> None:
        found = keeping.state(self._shell.office)
        self.folder.setEnabled(found.beside.is_there)
        places = [place for place in (found.beside, found.second) if place is not None]
        told = [(str(p.folder), p.is_there, p.count, p.proven, p.latest) for p in places]
        self._there_is.setText("\n".join(place_lines(told)))

    def _on_folder_clicked(self) -> None:
        folder = keeping.state(self._shell.office).beside.folder
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _on_choose_clicked(self) -> None:
        chosen = files.ask_folder(self, _("Second place of the copies"), "copies")
        if chosen is not None:
            self._place.setText(str(chosen))
