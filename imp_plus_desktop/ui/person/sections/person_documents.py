# SPDX-License-Identifier: Apache-2.0
"""The checklist of documents on a person's page: where each stands, its scan, one click to go on.

    DocumentSection(parent=None)      show_items(file, items); a section like the others
        take(source) -> bool          a file for the line that has the keys, if one has
        ask_kind(source)              or for the document that is chosen
        asked(object)                 the Offer that was pressed
        dropped(str, object, object)  a file dropped on a document: TYPE, the member,
                                      its path or what it holds

A file may be dropped on a line, or anywhere on the section, which then asks what it is. After one
click the keys stay on the line. Must not hold a rule, nor read a file.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.codes import DocumentState
from imp_plus_desktop.domain.verdict.checklist import ChecklistItem, Stand
from imp_plus_desktop.i18n import _, format_day_short, ngettext, pgettext
from imp_plus_desktop.services.people.attachments import Handed
from imp_plus_desktop.ui.look import icons, theme
from imp_plus_desktop.ui.look.format import number
from imp_plus_desktop.ui.look.glyphs import OF_TONE, Glyph, GlyphMark
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.actions.document_actions import (
    EXPIRY,
    KEEP_SCAN,
    MARKS,
    OPEN_SCAN,
    PASTE_SCAN,
    SCAN,
)
from imp_plus_desktop.ui.person.actions.file_table import DOCUMENT, FileOffer
from imp_plus_desktop.ui.person.actions.handed_files import handed, is_handed
from imp_plus_desktop.ui.person.sections.lazy_section import LazySection
from imp_plus_desktop.ui.person.sections.person_sections import ActionButton
from imp_plus_desktop.ui.shell.actions import SEPARATOR, Separator, offers
from imp_plus_desktop.ui.shell.menu_bar import offer_menu
from imp_plus_desktop.ui.widgets.labels import button, clear, label
from imp_plus_desktop.words.messages import name_of

TONES = {
    Stand.NOT_RECORDED: Tone.UNKNOWN,
    Stand.REQUIRED: Tone.WARN,
    Stand.RECEIVED: Tone.ACCENT,
    Stand.REVIEWED: Tone.OK,
    Stand.EXPIRED: Tone.BAD,
}


class DocumentSection(LazySection):
    """The documents of the person, then of each member, as the case asks for them."""

    dropped = Signal(str, object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("documents", parent)
        self.setAcceptDrops(True)
        self._shown: tuple[PersonFile, Sequence[ChecklistItem]] | None = None

    def show_items(self, file: PersonFile, items: Sequence[ChecklistItem]) -> None:
        """Show the checklist; the section stays as it is."""
        missing = sum(item.is_open for item in items)
        words = ngettext("{count} to obtain", "{count} to obtain", missing)
        summary = words.format(count=number(missing)) if missing else _("nothing missing")
        self.set_head(_("Documents"), len(items), summary)
        self.set_tools(_("Documents"), FileOffer.of(DOCUMENT, _("Record…")))
        self._shown = (file, items)
        self.later()

    def fill(self) -> None:
        """Make a line for each document."""
        if self._shown is None:
            return
        file, items = self._shown
        kept = self._focused()
        clear(self.body)
        for member, same in groupby(items, key=lambda item: item.member_id):
            whose = next((m.full_name for m in file.members if m.id == member), None)
            if whose is not None:
                self._add(label(whose, "heading"))
            for item in same:
                row = DocumentRow(item, self)
                row.setAcceptDrops(self.acceptDrops())
                row.asked.connect(self.asked)
                row.dropped.connect(self.dropped)
                self._add(row)
        if self.acceptDrops():
            hint = _("A file dropped on a line, or pasted there (Ctrl+V), becomes its scan.")
            self._add(label(hint, "small", wrap=True))
        for row in self.rows():
            if kept is not None and (row.item.type, row.item.member_id) == kept:
                row.focus_start()

    def rows(self) -> list["DocumentRow"]:
        """The lines shown, from top to bottom."""
        made = (self.body.itemAt(place) for place in range(self.body.count()))
        widgets = (item.widget() for item in made if item is not None)
        return [widget for widget in widgets if isinstance(widget, DocumentRow)]

    def take(self, source: str | Handed) -> bool:
        """Give a file to the line that has the keys."""
        focused = self._focused()
        if focused is not None:
            kind, member = focused
            self.dropped.emit(str(kind), member, source)
        return focused is not None

    def ask_kind(self, source: str | Handed) -> None:
        """Ask which document a file is, below the section's title."""
        head = self.head()
        self.menu_for(source).popup(head.mapToGlobal(QPoint(0, head.height() + 2)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._shown is not None and is_handed(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file dropped beside the lines: ask which document it is."""
        path = handed(event.mimeData())
        if path is not None and self._shown is not None:
            event.acceptProposedAction()
            self.menu_for(path).popup(self.mapToGlobal(event.position().toPoint()))

    def menu_for(self, path: str | Handed) -> QMenu:
        """The documents that a dropped file may be."""
        file, items = self._shown or (None, ())
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.triggered.connect(self._on_kind_triggered)
        for item in items:
            members = () if file is None else file.members
            who = next((m.full_name for m in members if m.id == item.member_id), "")
            words = " · ".join(part for part in (name_of(item.type), who) if part)
            action = menu.addAction(words.replace("&", "&&"))
            action.setData((item.type.value, item.member_id, path))
        return menu

    def _on_kind_triggered(self, action: QAction) -> None:
        kind, member, path = action.data()
        self.dropped.emit(kind, member, path)

    def _focused(self) -> "tuple[object, object] | None":
        """The document whose line has the keys."""
        focus = QApplication.focusWidget()
        rows = (row for row in self.rows() if focus is not None and row.isAncestorOf(focus))
        row = next(rows, None)
        return None if row is None else (row.item.type, row.item.member_id)

    def _add(self, widget: QWidget) -> None:
        self.body.addWidget(widget)
        widget.show()


class DocumentRow(QFrame):
    """One document: its sign and state, what asks for it, and what can be done."""

    asked = Signal(object)
    dropped = Signal(str, object, object)

    def __init__(self, item: ChecklistItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.setAcceptDrops(True)
        tone = TONES[item.stand] if item.is_needed or item.document else Tone.PLAIN
        glyph = OF_TONE[tone] if tone is not Tone.PLAIN else Glyph.RING
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(name_of(item.type), wrap=True))
        words.addWidget(label(note_of(item), "small", wrap=True))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(2))
        top = Qt.AlignmentFlag.AlignVCenter
        layout.addWidget(GlyphMark(glyph, tone, self), 0, top)
        layout.addLayout(words, 1)
        for offer in self._steps():
            made = ActionButton(offer, name_of(item.type), self)
            made.asked.connect(self.asked)
            layout.addWidget(made, 0, top)
        more = button(role="icon", icon="more")
        icons.dress(more, "more", "secondary")
        set_name(more, _("Actions for {name}").format(name=name_of(item.type)))
        set_tip(more, more.accessibleName())
        more.clicked.connect(self._on_more_clicked)
        self._more = more
        layout.addWidget(more, 0, top)

    def focus_start(self) -> None:
        """Give the keys to what comes next."""
        first = self.findChild(ActionButton) or self._more
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def offers(self) -> tuple[FileOffer | Separator, ...]:
        """What the ⋯ menu offers."""
        item = self.item
        return (
            *(MARKS[state].offer(item, name_of(state)) for state in DocumentState),
            SEPARATOR,
            KEEP_SCAN.offer(item),
            PASTE_SCAN.offer(item),
            *offers(SCAN, item),
            SEPARATOR,
            EXPIRY.offer(item),
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if is_handed(event.mimeData()):
            event.acceptProposedAction()
            theme.set_role(self, "banner", Tone.ACCENT)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        theme.set_role(self, "")

    def dropEvent(self, event: QDropEvent) -> None:
        theme.set_role(self, "")
        path = handed(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(self.item.type.value, self.item.member_id, path)

    def _steps(self) -> list[FileOffer]:
        """The one click that comes next, and the scan."""
        item, steps = self.item, list[FileOffer]()
        if item.stand in {Stand.NOT_RECORDED, Stand.REQUIRED, Stand.EXPIRED}:
            steps.append(MARKS[DocumentState.RECEIVED].offer(item, _("Mark received")))
        elif item.stand is Stand.RECEIVED:
            steps.append(MARKS[DocumentState.REVIEWED].offer(item, _("Mark reviewed")))
        steps += [replace(offer, icon="scan") for offer in offers((OPEN_SCAN,), item)]
        return steps

    def _on_more_clicked(self) -> None:
        menu = offer_menu(self.offers(), self)
        menu.triggered.connect(self._on_menu_triggered)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height() + 2)))

    def _on_menu_triggered(self, action: QAction) -> None:
        self.asked.emit(action.data())


def note_of(item: ChecklistItem) -> str:
    """State, until when, and why it is on the list."""
    parts = [name_of(item.stand)]
    if item.expires is not None and item.stand is Stand.EXPIRED:
        parts = [_("Expired {day}").format(day=format_day_short(item.expires))]
    elif item.expires is not None:
        parts.append(_("expires {day}").format(day=format_day_short(item.expires)))
    elif item.document is not None and item.document.received_on is not None:
        day = format_day_short(item.document.received_on)
        said = pgettext("document", "received {day}").format(day=day)
        if item.stand is Stand.RECEIVED:
            parts = [said[:1].upper() + said[1:]]
        else:
            parts.append(said)
    if item.because != "always":
        parts.append(name_of(item.because, "document_because"))
    return " · ".join(parts)
