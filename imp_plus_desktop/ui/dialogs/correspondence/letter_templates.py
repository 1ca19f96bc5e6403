# SPDX-License-Identifier: Apache-2.0
"""The office's templates of letters: changed in Word, taken back, added, renamed, removed.

    LetterTemplatesDialog(shell, parent).ask()

A template is written to a file, changed in Word, and taken back; a Word document that is dropped
here is taken back too, or added. What is wrong with one is said line by line, and it is not kept.
Each change is one act. Must not hold a rule.
"""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.correspondence import templates
from imp_plus_desktop.services.correspondence.templates import Template, TemplateMistakes
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.correspondence.field_list import FieldList
from imp_plus_desktop.ui.dialogs.correspondence.letter_forms import (
    Named,
    TemplateDialog,
    write_letterhead,
)
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog
from imp_plus_desktop.ui.dialogs.meeting.as_read import AsRead, refusal
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.shell.tasks import JobProgress
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine, FindingList
from imp_plus_desktop.ui.widgets.labels import button, label, making
from imp_plus_desktop.words.correspondence.letter_words import mistake_text
from imp_plus_desktop.words.messages import error_text

_WORD = ".docx"
_Kept = Callable[[bytes], ActId | None]


class LetterTemplatesDialog(BesideDialog):
    """The list of templates with what can be done to one, and the fields to place."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(_("Templates of letters"), parent)
        self._shell = shell
        self._read = AsRead(shell)
        self._out: dict[Path, tuple[tuple[str, str], AsRead]] = {}
        """The files that were written, which template each is, and what was there then."""
        self._checking: tuple[_Kept, str] | None = None
        self.setAcceptDrops(True)
        self.setMinimumSize(theme.metrics().body * 60, theme.metrics().line * 26)
        words = _(
            "A template is a Word document. What stands between double braces is filled in for"
            " each person."
        )
        self.column.addWidget(label(words, "secondary", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.space(4))
        row.addLayout(self._left(), 3)
        self._fields = FieldList(self)
        self._fields.copied.connect(self._on_copied)
        row.addWidget(self._fields, 2)
        self.column.addLayout(row, 1)
        self._said = FindingList(self)
        self.add_close(_room_for(self._said))
        self._show()
        self._list.setFocus()
        # Every template that is shipped shows, where the screen is tall enough.
        tall = min(theme.metrics().line * 34, self.screen().availableSize().height() * 17 // 20)
        self.resize(self.width(), max(tall, self.minimumHeight()))

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.space(2))
        self._list = QListWidget()
        set_name(self._list, _("Templates of letters"))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentRowChanged.connect(self._on_row)
        self._list.itemActivated.connect(self._on_activated)
        column.addWidget(self._list, 1)
        self._change = button(_("Change in Word…"), icon="edit")
        self._take = button(_("Take back…"), icon="open")
        self._rename = button(_("Rename…"))
        self._remove = button(_("Remove"), icon="trash")
        add, head = button(_("Add…"), icon="plus"), button(_("Letterhead…"))
        making("letters.template", self._take, self._rename, self._remove, add)
        for one, do in (
            (self._change, self.change),
            (self._take, self.take),
            (add, self.add),
            (self._rename, self.rename),
            (self._remove, self.remove),
            (head, self.letterhead),
        ):
            one.clicked.connect(do)
        lines = ((self._change, self._take, add), (self._rename, self._remove), (head,))
        for some in lines:
            line = QHBoxLayout()
            for one in some:
                line.addWidget(one)
            line.addStretch(1)
            column.addLayout(line)
        return column

    def chosen(self) -> tuple[Template, str] | None:
        """The template of the list, and its language."""
        item = self._list.currentItem()
        if item is None:
            return None
        key, language = item.data(Qt.ItemDataRole.UserRole)
        return templates.find(self._shell.office, key), language

    def choose(self, key: str, language: str) -> None:
        """Go to a template."""
        for row in range(self._list.count()):
            if self._list.item(row).data(Qt.ItemDataRole.UserRole) == (key, language):
                self._list.setCurrentRow(row)

    def change(self) -> None:
        """Write the template to a file and open it in Word."""
        chosen = self.chosen()
        if chosen is None:
            return
        template, language = chosen
        # No system's files are called with these.
        called = re.sub(r'[\\/:*?"<>|]+', "", template.name).replace("\u00a0", " ")
        path = files.ask_save(
            self,
            _("Change the template in Word"),
            f"{' '.join(called.split())} ({language})",
            "letter",
        )
        if path is None:
            return
        try:
            written = templates.write_out(self._shell.office, template.key, language, path)
        except AppError as error:
            self._tell(Tone.BAD, error_text(error))
            return
        self._out[written.resolve()] = (template.key, language), self._read.earlier()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(written)))
        words = _("Written: {name}. Save it in Word, then choose “Take back…”.")
        self._tell(Tone.PLAIN, words.format(name=written.name))

    def take(self) -> None:
        """Put a file in the template's place."""
        path = files.ask_template(self)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Put this file in the place of the template that it was written from, else of the one
        that is chosen."""
        known, read = self._out.get(path.resolve(), (None, self._read.earlier()))
        chosen = self.chosen()
        if known is None and chosen is not None:
            known = (chosen[0].key, chosen[1])
        if known is not None:
            key, language = known

            def keep(content: bytes) -> ActId | None:
                return read.do(self, templates.replace, key, language, content)

            self._check(path, keep, _("Template taken back"))

    def add(self) -> None:
        """Add a template of the office's own."""
        path = files.ask_template(self)
        if path is not None:
            self.add_file(path)

    def add_file(self, path: Path) -> None:
        """Add this file as a template."""
        named = TemplateDialog(
            _("Add a template"), _("Add the template"), self, Named(path.stem, "fr")
        ).ask()
        if named is not None:
            name, language = named.name, named.language

            def keep(content: bytes) -> ActId | None:
                return self._read.do(self, templates.add, name, language, content)

            self._check(path, keep, _("Template added"))

    def rename(self) -> None:
        """Call the template otherwise."""
        chosen = self.chosen()
        if chosen is None or chosen[0].is_shipped:
            return
        title, ok = _("Rename the template"), _("Rename")
        named = TemplateDialog(title, ok, self, Named(chosen[0].name, "")).ask()
        if named is not None:
            self._do(
                _("Template renamed"),
                partial(self._read.do, self, templates.rename, chosen[0].key, named.name),
            )

    def remove(self) -> None:
        """Take the template away, or come back to the shipped one."""
        chosen = self.chosen()
        if chosen is None or chosen[1] not in chosen[0].changed:
            return
        said = _("Shipped template restored") if chosen[0].is_shipped else _("Template removed")
        self._do(said, partial(self._read.do, self, templates.remove, chosen[0].key, chosen[1]))

    def letterhead(self) -> None:
        """Say what stands at the head of letters."""
        if write_letterhead(self._shell, self):
            self._tell(Tone.OK, _("Letterhead recorded"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for path in _dropped(event)[:1]:
            event.acceptProposedAction()
            (self.take_file if path.resolve() in self._out else self.add_file)(path)

    def _check(self, path: Path, keep: _Kept, said: str) -> None:
        """Look at a file away from the window, then keep it if nothing is wrong with it."""
        self._checking = (keep, said)
        job = partial(_sound, path)
        if not self._shell.start(
            _("Looking at the template…"), job, self._on_sound, self._on_refused
        ):
            self._checking = None

    def _on_sound(self, content: bytes) -> None:
        checking, self._checking = self._checking, None
        if checking is not None:
            self._do(checking[1], partial(checking[0], content))

    def _on_refused(self, error: BaseException) -> None:
        self._checking = None
        if isinstance(error, TemplateMistakes):
            head = FindingLine(Tone.BAD, _("Not kept: the template has mistakes."))
            told = (mistake_text(m.code, m.tag, m.line, m.like) for m in error.mistakes)
            self._said.show_lines([head, *(FindingLine(Tone.WARN, text) for text in told)])
        elif isinstance(error, AppError):
            self._tell(Tone.BAD, error_text(error))
        else:
            self._shell.reporter.report(error)

    def _do(self, said: str, do: Callable[[], ActId | None]) -> None:
        try:
            act = do()
        except AppError as error:
            self._tell(Tone.BAD, refusal(error))
            return
        if act is not None:
            self._shell.changed(said, act)
            self._tell(Tone.OK, said)
        else:
            self._tell(Tone.PLAIN, _("Nothing was changed: what is there stays."))
        self._show()

    def _tell(self, tone: Tone, text: str) -> None:
        self._said.show_lines([FindingLine(tone, text)])

    def _on_copied(self, tag: str) -> None:
        self._tell(Tone.PLAIN, _("Copied: {field}").format(field=tag))

    def _on_activated(self, _item: QListWidgetItem) -> None:
        self.change()

    def _on_row(self, _row: int) -> None:
        chosen = self.chosen()
        own = chosen is not None and chosen[1] in chosen[0].changed
        shipped = chosen is not None and chosen[0].is_shipped
        self._change.setEnabled(chosen is not None)
        self._take.setEnabled(chosen is not None)
        self._rename.setEnabled(chosen is not None and not shipped)
        self._remove.setEnabled(own)
        self._remove.setText(_("Back to the shipped one") if shipped else _("Remove"))

    def _show(self) -> None:
        """The templates as they are now."""
        row = max(self._list.currentRow(), 0)
        self._list.clear()
        self._read.note()
        for template in templates.templates(self._shell.office):
            for language in template.languages:
                spoken = {"fr": _("French"), "en": _("English")}[language]
                whose = _("changed by the office") if template.is_shipped else _("of the office")
                said = f"{template.name} · {spoken}"
                if language in template.changed:
                    said = f"{said} · {whose}"
                item = QListWidgetItem(said)
                item.setData(Qt.ItemDataRole.UserRole, (template.key, language))
                self._list.addItem(item)
        self._list.setCurrentRow(min(row, self._list.count() - 1))


def _room_for(said: FindingList) -> QScrollArea:
    """Room that is always there for what is said, so that it pushes nothing away."""
    room, inner = QScrollArea(), QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(said)
    column.addStretch(1)
    room.setWidget(inner)
    room.setWidgetResizable(True)
    room.setFrameShape(QFrame.Shape.NoFrame)
    room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    room.setFixedHeight(theme.metrics().line * 3)
    return room


def _dropped(event: QDropEvent) -> list[Path]:
    """The Word documents that are dropped."""
    found = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in found if path.suffix.lower() == _WORD]


def _sound(path: Path, _progress: JobProgress) -> bytes:
    """A template's bytes, if nothing is wrong with it."""
    content = templates.read(path)
    templates.refuse_mistakes(content)
    return content
