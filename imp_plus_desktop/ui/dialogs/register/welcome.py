# SPDX-License-Identifier: Apache-2.0
"""The very first start: which language, who it is, and with which register to begin.

    ask_welcome(name) -> Welcome | None      None when the user gives up

Another language is spoken as soon as it is chosen. Must not open or make a register.
"""

from enum import Enum, auto

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.register.settings import languages, named
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_about, set_name
from imp_plus_desktop.ui.shell.translations import speak
from imp_plus_desktop.ui.widgets.labels import label


class Begin(Enum):
    """What to begin with."""

    OWN = auto()
    """An empty register in the user's own folder."""
    OPEN = auto()
    """A register that is there."""
    SERVER = auto()
    """The office's register on a server."""
    DEMO = auto()
    """Invented people."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """What was answered, or how the form stood when its language was changed."""

    begin: Begin
    language: str
    name: str
    again: bool = False


def ask_welcome(name: str) -> Welcome | None:
    """Ask until the language stays; None when the user gives up."""
    answer: Welcome | None = Welcome(Begin.OWN, i18n.current_language(), name, again=True)
    while answer is not None and answer.again:
        speak(answer.language)
        answer = WelcomeDialog(answer).ask()
    return answer


class WelcomeDialog(FormDialog[Welcome]):
    """Asked once: whoever has opened a register is not asked again."""

    def __init__(self, stands: Welcome, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Welcome to IMP+ Desktop"),
            _("Begin"),
            parent,
            sentence=_(
                "All stays where the register is: nothing else is sent, no account is needed."
            ),
        )
        box = self.form.add_choice("language", _("Language"), languages())
        self.form.add_line("user_name", _("Your name"))
        self.form.set_values({"language": stands.language, "user_name": stands.name})
        self.body.addWidget(label(_("Begin with"), role="heading"))
        self._group = QButtonGroup(self)
        self._ways = {way: self._add(way) for way in Begin}
        self._ways[stands.begin].setChecked(True)
        box.activated.connect(self._on_language_activated)
        self.form.focus_field("language")
        self.setMinimumWidth(theme.metrics().body * 44)

    def choose(self, way: Begin) -> None:
        """Choose what to begin with."""
        self._ways[way].setChecked(True)

    def submit(self) -> bool:
        if not named(self.form):
            return False
        self.answer = self._stands()
        return True

    def is_changed(self) -> bool:
        return False  # nothing is lost when it is given up

    def _stands(self, *, again: bool = False) -> Welcome:
        begin = next(way for way, radio in self._ways.items() if radio.isChecked())
        return Welcome(begin, self.form.value("language"), self.form.value("user_name"), again)

    def _add(self, way: Begin) -> QRadioButton:
        said, more = {
            Begin.OWN: (
                _("A new register"),
                _("Empty, on this computer. A list from MIFI or the office’s workbook fills it."),
            ),
            Begin.OPEN: (
                _("The office’s register, a file…"),
                _("A file that is there already, on this computer or on the office’s drive."),
            ),
            Begin.SERVER: (
                _("The office’s register, on a server…"),
                _("For several desks at once: what is recorded is sent to the office’s server."),
            ),
            Begin.DEMO: (
                _("Invented people, to try"),
                _("The register of an office that does not exist. Nothing in it counts."),
            ),
        }[way]
        radio, about = QRadioButton(said, self), label(more, "small", wrap=True)
        set_name(radio, said)
        set_about(radio, more)
        about.setContentsMargins(theme.space(6), 0, 0, theme.space(1))
        self._group.addButton(radio)
        self.body.addWidget(radio)
        self.body.addWidget(about)
        return radio

    def _on_language_activated(self) -> None:
        if self.form.value("language") != i18n.current_language():
            self.finish(self._stands(again=True))
