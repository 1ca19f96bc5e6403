# SPDX-License-Identifier: Apache-2.0
"""A block of a person's page with a line for each entry: `EntriesSection(key)`,
`show_section(section)`; `entry_row(entry, parent, asked)` makes such a line elsewhere.

What is the same as before is left as it stands. Must not know what an entry is about.
"""

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look.plain import set_tip
from imp_plus_desktop.ui.person.sections.entry_links import place_links
from imp_plus_desktop.ui.person.sections.lazy_section import LazySection
from imp_plus_desktop.ui.person.sections.person_details import Entry, Section
from imp_plus_desktop.ui.person.sections.person_sections import ActionButton
from imp_plus_desktop.ui.widgets.labels import clear, label


class EntriesSection(LazySection):
    """One kind of entry of a file."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(key, parent)
        self._shown: Section | None = None

    def show_section(self, section: Section) -> None:
        """Show these entries; the section stays expanded or collapsed as it is."""
        former, self._shown = self._shown, section
        if section == former:
            return
        self.set_head(section.title, len(section.entries), section.summary)
        self.set_tools(section.title, *([] if section.add is None else [section.add]))
        if former is None or section.entries != former.entries or not section.entries:
            self.later()

    def fill(self) -> None:
        """Make a line for each entry."""
        if self._shown is None:
            return
        clear(self.body)
        made = [entry_row(entry, self, self.asked) for entry in self._shown.entries]
        for widget in made or [label(_("Nothing recorded yet."), "secondary")]:
            self.body.addWidget(widget)
            widget.show()


def entry_row(entry: Entry, parent: QWidget, asked: SignalInstance) -> QWidget:
    """The line of one entry; a press on one of its links is told by `asked`."""
    made = QWidget(parent)
    words = QVBoxLayout()
    words.setSpacing(0)
    head = label(entry.text, "struck" if entry.struck else "", wrap=True)
    if entry.tip:
        set_tip(head, entry.tip)
    words.addWidget(head)
    if entry.detail:
        words.addWidget(label(entry.detail, "small", wrap=True))
    links = [ActionButton(offer, entry.text, made) for offer in entry.offers]
    for link in links:
        link.asked.connect(asked)
    place_links(made, words, links)
    return made
