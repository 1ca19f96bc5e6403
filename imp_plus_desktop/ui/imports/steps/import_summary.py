# SPDX-License-Identifier: Apache-2.0
"""Step 4 of an import: what was done, and what can be done with it now.

    SummaryStep(parent=None)
        show_imported(imported), show_undone(undone=True), retranslate()
        signals: undo_clicked(), rejects_clicked(), review_clicked(), people_clicked()

Must not undo or write anything itself.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.imports.imports import Imported
from imp_plus_desktop.ui.imports.steps.import_presenter import (
    members_text,
    people_and_members,
    people_text,
)
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.glyphs import Glyph, GlyphMark
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import button, clear, label
from imp_plus_desktop.words.left_out_texts import headers_text, skipped_text


class SummaryStep(QWidget):
    """What an import did."""

    undo_clicked = Signal()
    rejects_clicked = Signal()
    review_clicked = Signal()
    people_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._imported: Imported | None = None
        self._undone = False
        self._card = Card()
        self._mark = GlyphMark(Glyph.CHECK, Tone.OK, scale=1.3)
        self._headline = label(role="subject", wrap=True)
        self._lines = QGridLayout()
        self._note = label(role="secondary", wrap=True)
        self.undo = button(icon="undo")
        self.rejects = button(icon="save")
        self.review = button()
        self.people = button(role="accent")
        self._lay_out()
        for made, signal in (
            (self.undo, self.undo_clicked),
            (self.rejects, self.rejects_clicked),
            (self.review, self.review_clicked),
            (self.people, self.people_clicked),
        ):
            made.clicked.connect(signal)
        self.retranslate()

    def show_imported(self, imported: Imported) -> None:
        """What was stored and what was not."""
        self._imported = imported
        self._undone = False
        self._show()

    def show_undone(self, undone: bool = True) -> None:
        """Whether the import was taken back, as it stands now."""
        if undone != self._undone:
            self._undone = undone
            self._show()

    def headline(self) -> str:
        """The sentence at the top."""
        return self._headline.text()

    def retranslate(self) -> None:
        self.undo.setText(_("Undo this import"))
        self.rejects.setText(_("Save the rejected rows…"))
        self.people.setText(_("Go to the people"))
        if self._imported is not None:
            self._show()

    def _show(self) -> None:
        imported = self._imported
        if imported is None:
            return
        counts = imported.counts
        done = imported.act is not None and not self._undone
        self._headline.setText(_headline(imported, self._undone))
        self._mark.set_mark(Glyph.CHECK if done else Glyph.RING, Tone.OK if done else Tone.UNKNOWN)
        clear(self._lines)
        for place, (number, text, tone) in enumerate([] if self._undone else _lines(imported)):
            self._lines.addWidget(label(format_number(number), "heading", tone), place, 0)
            self._lines.addWidget(label(text, "", tone, wrap=True), place, 1)
        self._note.setText(_note(imported, self._undone))
        self.undo.setVisible(done)
        self.rejects.setVisible(bool(counts.rejected))
        self.review.setVisible(bool(counts.review) and not self._undone)
        text = ngettext("Check {count} row…", "Check {count} rows…", counts.review)
        self.review.setText(text.format(count=format_number(counts.review)))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.space(2))
        head.addWidget(self._mark)
        head.addWidget(self._headline, 1)
        self._lines.setHorizontalSpacing(theme.space(3))
        self._lines.setVerticalSpacing(theme.space(2))
        self._lines.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space(3))
        for made in (self.people, self.review, self.rejects, self.undo):
            buttons.addWidget(made)
        buttons.addStretch(1)
        self._card.body.setSpacing(theme.space(4))
        self._card.body.addLayout(head)
        self._card.body.addLayout(self._lines)
        self._card.body.addWidget(self._note)
        self._card.body.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._card)
        layout.addStretch(1)


def _headline(imported: Imported, undone: bool) -> str:
    if undone:
        return _("The import was undone")
    if imported.act is None:
        return _("Nothing changed: the register held all of this already")
    people, members, review = people_and_members(imported.preview)
    if people and members:
        return _("{people} and {members} imported").format(
            people=people_text(people), members=members_text(members)
        )
    if people:
        return ngettext("{count} person imported", "{count} people imported", people).format(
            count=format_number(people)
        )
    if members:
        return ngettext(
            "{count} family member imported", "{count} family members imported", members
        ).format(count=format_number(members))
    return ngettext("{count} row held to check", "{count} rows held to check", review).format(
        count=format_number(review)
    )


def _lines(imported: Imported) -> list[tuple[int, str, Tone]]:
    """What happened to the rows, those that did nothing left out."""
    counts = imported.counts
    every = [
        (counts.new, ngettext("new", "new", counts.new), Tone.PLAIN),
        (counts.updated, ngettext("updated", "updated", counts.updated), Tone.PLAIN),
        (counts.unchanged, ngettext("unchanged", "unchanged", counts.unchanged), Tone.PLAIN),
        (
            counts.review,
            ngettext(
                "held: someone very like it is in the register",
                "held: someone very like them is in the register",
                counts.review,
            ),
            Tone.WARN,
        ),
        (
            counts.rejected,
            ngettext(
                "rejected: to be corrected in the list",
                "rejected: to be corrected in the list",
                counts.rejected,
            ),
            Tone.BAD,
        ),
        (
            counts.skipped,
            ngettext("skipped: {rows}", "skipped: {rows}", counts.skipped).format(
                rows=skipped_text(imported.preview.skipped)
            ),
            Tone.PLAIN,
        ),
        (
            counts.vanished,
            ngettext(
                "in the last list and no longer in this one; nobody was deleted",
                "in the last list and no longer in this one; nobody was deleted",
                counts.vanished,
            ),
            Tone.WARN,
        ),
    ]
    return [line for line in (*every, *_sides(imported), *_columns(imported)) if line[0]]


def _sides(imported: Imported) -> list[tuple[int, str, Tone]]:
    """What became of the values that hands had written, and what went in to be settled."""
    preview = imported.preview
    taken = sum(1 for side in preview.conflicts if side.taken)
    kept, hands = len(preview.conflicts) - taken, preview.hands_kept
    flagged = len({(flag.sheet, flag.row) for flag in preview.flags})
    return [
        (
            kept,
            ngettext("conflict: our value stays", "conflicts: our values stay", kept),
            Tone.PLAIN,
        ),
        (
            taken,
            ngettext(
                "conflict: the list’s value was taken",
                "conflicts: the list’s values were taken",
                taken,
            ),
            Tone.PLAIN,
        ),
        (
            hands,
            ngettext(
                "value typed by hand stays, since the list said nothing new",
                "values typed by hand stay, since the list said nothing new",
                hands,
            ),
            Tone.PLAIN,
        ),
        (
            flagged,
            ngettext(
                "row with findings to settle, imported as it is",
                "rows with findings to settle, imported as they are",
                flagged,
            ),
            Tone.WARN,
        ),
    ]


def _columns(imported: Imported) -> list[tuple[int, str, Tone]]:
    """The columns whose values went nowhere; those that were understood first."""
    fates = [fate for sheet in imported.preview.sheets for fate in sheet.parsed.fates]
    lost = [fate for fate in fates if fate.is_lost]
    kept = [fate for fate in fates if fate.goes_nowhere]
    return [
        (
            len(lost),
            ngettext(
                "column for which this kind of list has no place: {columns}",
                "columns for which this kind of list has no place: {columns}",
                len(lost),
            ).format(columns=headers_text(lost)),
            Tone.WARN,
        ),
        (
            len(kept),
            ngettext(
                "column kept with the import only: {columns}",
                "columns kept with the import only: {columns}",
                len(kept),
            ).format(columns=headers_text(kept)),
            Tone.PLAIN,
        ),
    ]


def _note(imported: Imported, undone: bool) -> str:
    if undone:
        return _("What somebody changed since was left as it is. The list can be imported again.")
    if imported.act is None:
        return _("No act was recorded.")
    return _("It is one act: it can be undone now or later, from the list of imports.")
