# SPDX-License-Identifier: Apache-2.0
"""How a text file was read, above its columns: the encoding, the separator, and words with accents
by which one sees whether that is right; another choice reads it again.

    TextForm(parent=None)
        show_text(TextShown | None)      None: the file is no text
        choose_encoding(code), choose_separator(sign)      as clicks would, None: as recognised
        takes_keys_back() -> bool        once it was read again: to what was chosen
        .separator_label, .separator     stand with what else tells the columns apart
        signal chosen(object, object)    encoding and separator; None: as recognised

Must not read a file.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.widgets.labels import label
from imp_plus_desktop.ui.widgets.one_line import OneLine
from imp_plus_desktop.words.terms.letter_texts import (
    ENCODINGS,
    SEPARATORS,
    encoding_name,
    separator_name,
)

_TOLD = "utf-16"
"""An encoding that the bytes always tell: nobody need choose it."""


@dataclass(frozen=True, slots=True)
class TextShown:
    """A text file as read: its encoding and separator, whether a person chose them, words of it
    that hold more than plain letters, and one that was garbled before the file came, if any was.
    Pasted cells have no encoding to choose."""

    encoding: str
    separator: str
    encoding_chosen: bool
    separator_chosen: bool
    words: Sequence[str]
    garbled: str
    is_pasted: bool


class TextForm(QWidget):
    """The choice of how a text file is read."""

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: TextShown | None = None
        self._encodings: list[str | None] = []
        self._separators: list[str | None] = []
        self._encoding_label, self._encoding = label(), QComboBox()
        self.separator_label, self.separator = label(), QComboBox()
        self._words = label(role="small", elide=True)
        self._asked: QComboBox | None = None
        self._lay_out()
        self._encoding.activated.connect(self._on_encoding_activated)
        self.separator.activated.connect(self._on_separator_activated)
        self.retranslate()

    def show_text(self, shown: TextShown | None) -> None:
        """Show how a file was read; nothing where it is no text."""
        self._shown = shown
        for widget in (self, self.separator_label, self.separator):
            widget.setVisible(shown is not None)
        if shown is None:
            return
        known = [code for code in ENCODINGS if code != _TOLD]
        self._encodings = _offered(known, shown.encoding, shown.encoding_chosen)
        names = [None if code is None else encoding_name(code) for code in self._encodings]
        _fill(self._encoding, names, encoding_name(shown.encoding), shown.encoding_chosen)
        self._separators = _offered(list(SEPARATORS), shown.separator, shown.separator_chosen)
        names = [None if sign is None else separator_name(sign) for sign in self._separators]
        _fill(self.separator, names, separator_name(shown.separator), shown.separator_chosen)
        for widget in (self._encoding_label, self._encoding):
            widget.setVisible(not shown.is_pasted)
        self._words.setText(_words_text(shown))

    def choose_encoding(self, code: str | None) -> None:
        """Read the file in this encoding."""
        self._encoding.setCurrentIndex(self._encodings.index(code))
        self._on_encoding_activated()

    def choose_separator(self, sign: str | None) -> None:
        """Read the file with this sign between its cells."""
        self.separator.setCurrentIndex(self._separators.index(sign))
        self._on_separator_activated()

    def takes_keys_back(self) -> bool:
        """Goes to where the keys were when the file was read again for a choice made here."""
        box, self._asked = self._asked, None
        if box is not None:
            box.setFocus()
        return box is not None

    def retranslate(self) -> None:
        self._encoding_label.setText(_("Encoding"))
        set_name(self._encoding, _("Encoding of the file"))
        self.separator_label.setText(_("Separator"))
        set_name(self.separator, _("Separator of the cells"))
        self.show_text(self._shown)

    def _lay_out(self) -> None:
        narrow = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        for name, box, signs in (
            (self._encoding_label, self._encoding, 36),
            (self.separator_label, self.separator, 22),
        ):
            box.setSizeAdjustPolicy(narrow)
            box.setMinimumContentsLength(signs)
            name.setBuddy(box)
        line = OneLine()
        line.inside.addWidget(self._encoding_label)
        line.inside.addWidget(self._encoding)
        line.inside.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(4), theme.space(1), theme.space(4), theme.space(1))
        layout.setSpacing(theme.space(1))
        layout.addWidget(line)
        layout.addWidget(self._words)

    def _choice(self) -> tuple[str | None, str | None]:
        encoding = self._encodings[self._encoding.currentIndex()]
        return encoding, self._separators[self.separator.currentIndex()]

    def _tell(self, box: QComboBox) -> None:
        shown = self._shown
        if shown is None:
            return
        before = (
            shown.encoding if shown.encoding_chosen else None,
            shown.separator if shown.separator_chosen else None,
        )
        if self._choice() != before:
            self._asked = box
            self.chosen.emit(*self._choice())

    def _on_encoding_activated(self, _place: int = 0) -> None:
        self._tell(self._encoding)

    def _on_separator_activated(self, _place: int = 0) -> None:
        self._tell(self.separator)


def _offered(known: Sequence[str], used: str, is_chosen: bool) -> list[str | None]:
    """What can be chosen: as recognised first, and what is used also where it is rare."""
    rare = [used] if is_chosen and used not in known else []
    return [None, *known, *rare]


def _fill(box: QComboBox, names: Sequence[str | None], used: str, is_chosen: bool) -> None:
    box.blockSignals(True)
    box.clear()
    recognised = _("as recognised") if is_chosen else _("{name}, recognised").format(name=used)
    box.addItems([recognised if name is None else name for name in names])
    box.setCurrentIndex(list(names).index(used) if is_chosen else 0)
    box.blockSignals(False)


def _words_text(shown: TextShown) -> str:
    if shown.garbled:
        text = _("Garbled before the list came, whatever is chosen here: {word}")
        return text.format(word=shown.garbled)
    if not shown.words:
        return _("No word of this file has an accent: any encoding reads it.")
    return _("Words with accents: {words}").format(words="  ·  ".join(shown.words))
