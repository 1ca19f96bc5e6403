# SPDX-License-Identifier: Apache-2.0
"""The head of step 3: what the import does in numbers, how the list was read, what is new in it,
the corrections that an earlier import of it made, and letters that were garbled before it came.

    PlanHead(shell, parent=None)
        show_preview(preview, novelty)
        show_draft(draft | None)      corrections of an import left in the middle
        .earlier_button, .letters_button        what its links do
        signals: corrections_asked(), restart_asked(), letters_asked(bool)

Must not count or compare anything itself.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.imports import import_letters
from imp_plus_desktop.services.imports.import_drafts import Draft
from imp_plus_desktop.services.imports.import_known import Novelty
from imp_plus_desktop.services.imports.imports import Preview
from imp_plus_desktop.ui.imports.steps.import_file import proof_text
from imp_plus_desktop.ui.imports.steps.import_presenter import draft_text, novelty_text
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.glyphs import OF_TONE, Glyph, GlyphMark
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import button, clear, label
from imp_plus_desktop.ui.widgets.one_line import OneLine
from imp_plus_desktop.words.terms.letter_texts import garbled_letters_text
from imp_plus_desktop.words.terms.value_texts import corrections_text


class PlanHead(Card):
    """What the import will do, on the lines above its rows."""

    corrections_asked = Signal()
    restart_asked = Signal()
    letters_asked = Signal(bool)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._shell = shell
        self._draft: Draft | None = None
        self._counts_line = OneLine()
        self._counts = self._counts_line.inside
        self._read_as = label(role="small", elide=True)
        self._known_mark = GlyphMark(Glyph.CHECK, Tone.OK)
        self._known = label(wrap=True)
        self._earlier_mark = GlyphMark(Glyph.TRIANGLE, Tone.WARN)
        self._earlier = label(wrap=True)
        self.earlier_button = button(role="link")
        self._letters_mark = GlyphMark(Glyph.TRIANGLE, Tone.WARN)
        self._letters = label(wrap=True)
        self.letters_button = button(role="link")
        self._are_repaired = False
        self._lay_out()
        self.letters_button.clicked.connect(self._on_letters_button_clicked)
        self.earlier_button.clicked.connect(self._on_earlier_button_clicked)

    def show_preview(self, preview: Preview, novelty: Novelty | None) -> None:
        """Show another plan."""
        self._show_counts(preview)
        self._show_novelty(novelty)
        self._show_letters(preview)
        self._show_earlier(preview)

    def show_draft(self, draft: Draft | None) -> None:
        """Whose corrections of this file are taken up again; with the next plan."""
        self._draft = draft

    def _on_earlier_button_clicked(self) -> None:
        if self._draft is not None:
            self.restart_asked.emit()
        else:
            self.corrections_asked.emit()

    def _on_letters_button_clicked(self) -> None:
        self.letters_asked.emit(not self._are_repaired)

    def _show_counts(self, preview: Preview) -> None:
        clear(self._counts)
        for number, word, tone in _count_words(preview):
            figure = label(format_number(number), "subject", tone)
            text = label(word, "", tone)
            pair = QHBoxLayout()
            pair.setSpacing(theme.space(1))
            pair.addWidget(figure, 0, Qt.AlignmentFlag.AlignBaseline)
            pair.addWidget(text, 0, Qt.AlignmentFlag.AlignBaseline)
            self._counts.addLayout(pair)
        lines = [
            _("Sheet “{sheet}”, headers on row {row}").format(
                sheet=sheet.parsed.sheet, row=sheet.parsed.header_row
            )
            for sheet in preview.sheets[:2]
        ]
        proof = proof_text(preview)
        self._read_as.setText("\n".join([*lines, proof] if proof else lines))

    def _show_novelty(self, novelty: Novelty | None) -> None:
        text = "" if novelty is None else novelty_text(novelty, self._shell.today())
        tone = Tone.OK
        if novelty is not None and novelty.changes:
            tone = Tone.WARN if novelty.updates else Tone.ACCENT
        self._known.setText(text)
        self._known_mark.set_mark(OF_TONE[tone], tone)
        self._known_mark.setVisible(bool(text))

    def _show_letters(self, preview: Preview) -> None:
        """Letters that were garbled before the list came, and the one click for all of them. The
        line stays once it was made: what the button does moves nothing."""
        found = import_letters.garbled(preview)
        for widget in (self._letters, self._letters_mark, self.letters_button):
            widget.setVisible(found is not None)
        if found is None:
            return
        self._are_repaired = found.repaired
        self._letters.setText(
            garbled_letters_text(found.cells, found.written, found.meant, found.repaired)
        )
        tone = Tone.OK if found.repaired else Tone.WARN
        self._letters_mark.set_mark(OF_TONE[tone], tone)
        self.letters_button.setText(
            _("Leave them as they are") if found.repaired else _("Put them right")
        )

    def _show_earlier(self, preview: Preview) -> None:
        """What was put right in this list before: in an import left in the middle, or in one that
        went in. The line stays once its button was pressed, and the line above has its room from
        the beginning: what the button does moves nothing."""
        found, draft = preview.corrections, self._draft
        text = way = ""
        tone = Tone.OK
        if draft is not None:
            text = draft_text(draft)
            way = _("Begin again with the file as it is")
        elif found is not None:
            text = corrections_text(len(found.repairs), found.at, found.used)
            if not found.used:
                tone, way = Tone.WARN, _("Put them right again")
        self._earlier.setText(text)
        self._earlier_mark.set_mark(OF_TONE[tone], tone)
        self.earlier_button.setText(way)
        self.earlier_button.setVisible(bool(way))
        for widget in (self._earlier, self._earlier_mark):
            widget.setVisible(bool(text))
        self._earlier.setMinimumHeight(self.earlier_button.sizeHint().height())
        # Its line is always there: a correction can change what it says, or empty it.
        self._known.setMinimumHeight(theme.metrics().line)
        self._known.show()

    def _lay_out(self) -> None:
        self._counts.setSpacing(theme.space(6))
        self._counts.setAlignment(Qt.AlignmentFlag.AlignLeft)
        # How the list was read stands below the counts, which need the whole line.
        known = QHBoxLayout()
        known.setSpacing(theme.space(2))
        known.addWidget(self._known_mark)
        known.addWidget(self._known, 1)
        known.addWidget(self._read_as)
        earlier = QHBoxLayout()
        earlier.setSpacing(theme.space(2))
        earlier.addWidget(self._earlier_mark)
        earlier.addWidget(self._earlier, 1)
        earlier.addWidget(self.earlier_button)
        letters = QHBoxLayout()
        letters.setSpacing(theme.space(2))
        letters.addWidget(self._letters_mark)
        letters.addWidget(self._letters, 1)
        letters.addWidget(self.letters_button)
        self.body.addWidget(self._counts_line)
        for part in (known, letters, earlier):
            self.body.addLayout(part)
        inside = self.layout()
        if inside is not None:
            inside.setContentsMargins(
                theme.space(4), theme.space(3), theme.space(4), theme.space(3)
            )


def _count_words(preview: Preview) -> list[tuple[int, str, Tone]]:
    """Each number of the line at the top with its word, by the number."""
    counts, conflicts = preview.counts, len(preview.conflicts)
    flagged = len({(flag.sheet, flag.row) for flag in preview.flags})
    words = [
        (counts.new, ngettext("new", "new", counts.new), Tone.PLAIN),
        (counts.updated, ngettext("updated", "updated", counts.updated), Tone.PLAIN),
        (counts.unchanged, ngettext("unchanged", "unchanged", counts.unchanged), Tone.PLAIN),
        *([(conflicts, ngettext("conflict", "conflicts", conflicts), Tone.WARN)] * bool(conflicts)),
        *([(flagged, ngettext("to settle", "to settle", flagged), Tone.WARN)] * bool(flagged)),
        (counts.review, ngettext("to check", "to check", counts.review), Tone.WARN),
        (counts.rejected, ngettext("rejected", "rejected", counts.rejected), Tone.BAD),
        (counts.skipped, ngettext("skipped", "skipped", counts.skipped), Tone.UNKNOWN),
    ]
    if counts.vanished:
        gone = ngettext("no longer listed", "no longer listed", counts.vanished)
        words.append((counts.vanished, gone, Tone.WARN))
    return [(number, word, tone if number else Tone.UNKNOWN) for number, word, tone in words]
