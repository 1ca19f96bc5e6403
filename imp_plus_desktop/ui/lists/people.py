# SPDX-License-Identifier: Apache-2.0
"""The list of people with the chosen person's page beside it. Holds columns and filters only."""

from array import array
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.reads.shapes import Shape
from imp_plus_desktop.domain.reads.touched import FILE, Touched
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import flags
from imp_plus_desktop.ui.lists.list_page import ListTexts
from imp_plus_desktop.ui.lists.past.looking_back import LooksBack
from imp_plus_desktop.ui.lists.past.people_rows import PeopleRows
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.person.actions.record_actions import add_person
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.chips import FilterChip
from imp_plus_desktop.ui.widgets.labels import button, making


class PeoplePage(LooksBack, PeopleRows):
    """Everybody in the register, in French order of names."""

    ENTITY = "person"
    CONCERNS = FILE
    OFFERED = frozenset({"letter", "person"})

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        self._only: tuple[int, ...] | None = None
        self._add_instead = button(role="link")
        self._add = button(role="accent", icon="plus")
        making("people.add", self._add, self._add_instead)
        super().__init__(shell, parent)
        self.header.add_button(self._add)
        self._add_to_empty()
        self._add.clicked.connect(self._on_add_clicked)
        self._add_instead.clicked.connect(self._on_add_clicked)

    def texts(self) -> ListTexts:
        return ListTexts(
            title=self.title(),
            search=_("Find a person, a number…"),
            empty_title=_("No one in the register yet"),
            empty_sentence=_(
                "This is where the people whom Quebec has invited stand: may they apply, until "
                "when, and what their file still needs. A list from MIFI or your own workbook "
                "fills it in one go."
            ),
            empty_button=_("Import a list…"),
            empty_act="imports.commit",
        )

    def make_filters(self) -> None:
        self.waiting = self.filters.add_chip(FilterChip())
        super().make_filters()

    def fill_filters(self) -> None:
        super().fill_filters()
        asked = [] if self._only is None else [(True, _("Chosen files"))]
        self.waiting.set_choices(_("Choice"), _("All files"), asked)
        self.waiting.setVisible(self._only is not None)

    def wanted(self, text: str) -> PeopleFilter:
        only = self._only if self.waiting.value() else None
        found: PeopleFilter = super().wanted(text)
        return replace(found, ids=only)

    def retranslate(self) -> None:
        self._add.setText(_("Person"))
        set_name(self._add, _("Add a person"))
        set_tip(self._add, _("Add a person by hand (Ctrl+N)"))
        self._add_instead.setText(_("Add a person…"))
        super().retranslate()

    def open_with(self, argument: object) -> None:
        """A person's id chooses them; a sequence of ids shows these people only; a filter too."""
        self.back_to_today()
        if isinstance(argument, int):
            self.show_person(argument)
        elif isinstance(argument, PeopleFilter):
            self.show_filter(argument)
        elif isinstance(argument, Shape):
            self.show_filter(PeopleFilter(columns=argument.filters))
        elif isinstance(argument, (list, tuple, array)):
            self.show_filter(PeopleFilter(ids=tuple(int(number) for number in argument)))

    def show_person(self, person_id: int) -> None:
        """Choose a person; filters that would hide them are taken away."""
        self.back_to_today()
        if person_id not in self.model.ids:
            self.show_filter(PeopleFilter())
        self.table.select_id(person_id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_filter(self, wanted: PeopleFilter) -> None:
        """Narrow the list as asked for from elsewhere."""
        self._only = wanted.ids
        self.header.search.set_text(wanted.text)
        self.fill_filters()
        self.waiting.set_value(True if wanted.ids is not None else None)
        self.letter_year.set_value(wanted.letter_year)
        self.status_chip.set_value(wanted.status)
        self.verdict.set_value(wanted.verdict)
        self.clerk.set_value(wanted.clerk)
        self.flagged.set_value(wanted.claimed or wanted.flagged or None)
        self.waits.set_value(wanted.waits)
        if self.filtering is not None:
            self.filtering.set_asked(wanted.columns)
        self.filters.refresh()
        self._show_ids()

    def fill_empty(self) -> None:
        self.shell.go_import()

    def show_touched(self, touched: Touched) -> None:
        super().show_touched(touched)
        self._count_flagged()

    def _show_ids(self) -> None:
        super()._show_ids()
        self._count_flagged()

    def _show_these(self, ids: "array[int]") -> None:
        super()._show_these(ids)
        # An empty list offers it in its middle.
        self._add.setVisible(self._total > 0)

    def _count_flagged(self) -> None:
        """Say how many are flagged: known once the rows have been asked for."""
        self.flagged.fill(None if self._narrows else flags.count_people(self.shell.office))

    def _on_filters_changed(self) -> None:
        if self.waiting.value() is None and self._only is not None:
            self._only = None
            self.fill_filters()
        super()._on_filters_changed()

    def _on_add_clicked(self) -> None:
        person = add_person(self.shell, self.window())
        if person is not None:
            self.show_person(person)

    def _add_to_empty(self) -> None:
        layout = self._empty.layout()
        if isinstance(layout, QVBoxLayout):
            # Below the button that imports: the slower way, for the first file by hand.
            place = layout.count() - 1
            layout.insertWidget(place, self._add_instead, 0, Qt.AlignmentFlag.AlignHCenter)
