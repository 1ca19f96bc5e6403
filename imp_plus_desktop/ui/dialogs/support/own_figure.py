# SPDX-License-Identifier: Apache-2.0
"""Two dialogs of the programme's figures: one of the office's own, and one found unchanged.

    FigureDialog(office, figure).ask()      the act that set it
    LookedUpDialog(office, figures).ask()   the act that noted it, of one or of several

Must not judge: the services refuse what cannot be.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.reads.figures import Figure
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _, current_language, ngettext
from imp_plus_desktop.services.figures import own
from imp_plus_desktop.services.figures.own import Entry, Reading
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import mark_needed, typed_day
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.figures.figure_texts import (
    figure_source,
    name_text,
    shipped_text,
    value_text,
)
from imp_plus_desktop.words.messages import error_text

_FIELD_OF = {
    "bad_amount": "value",
    "bad_length": "value",
    "bad_window": "value",
    "source_missing": "source",
    "bad_reading": "again",
}


class _OfFigure(FormDialog[ActId]):
    """A form about one figure, whose errors stand under their fields."""

    ACT = "figures.set"

    def __init__(
        self,
        office: Office,
        figure: Figure,
        ok_text: str,
        sentence: str,
        parent: QWidget | None,
        title: str = "",
    ) -> None:
        super().__init__(title or name_text(figure), ok_text, parent, sentence=sentence)
        self.office, self.figure = office, figure

    def show_error(self, error: AppError) -> None:
        key = _FIELD_OF.get(error.code)
        if key is None:
            super().show_error(error)
            return
        self.form.set_finding(key, Tone.BAD, error_text(error))
        self.form.focus_field(key)

    def reading(self) -> Reading | None:
        """The days of reading; None and a line under the field where there is none."""
        self.form.clear_findings()
        on, again = typed_day(self.form, "on"), typed_day(self.form, "again")
        if self.form.has_findings():
            return None
        return Reading(on, again)

    def add_reading(self) -> None:
        """The fields of both days."""
        self.form.add_day("on", _("Read on"), past=True)
        self.form.add_day("again", _("Look again on"))


class FigureDialog(_OfFigure):
    """Sets a figure from a day on, with its source; the shipped one stays beside it."""

    def __init__(self, office: Office, figure: Figure, parent: QWidget | None = None) -> None:
        now = _("Now: {value} ({source}).").format(
            value=value_text(figure), source=figure_source(figure)
        )
        beside = shipped_text(figure)
        sentence = _("The new value counts from the day you give; the former one is kept.")
        told = f"{now} {sentence}" if not beside else f"{now} ({beside}) {sentence}"
        super().__init__(office, figure, _("Set the figure"), told, parent)
        self.form.add_line("value", _("New value"))
        self.form.add_day("from_day", _("From"))
        self.form.add_line("source", _("Source"), _("A page, a notice, a letter"))
        self.add_reading()
        today = office.clock.today()
        self.form.set_values(
            {"value": _written(figure.value), "from_day": iso(today), "on": iso(today)}
        )
        self.form.focus_field("value")

    def submit(self) -> bool:
        reading, day = self.reading(), typed_day(self.form, "from_day")
        if reading is None:
            return False
        if day is None:
            mark_needed(self.form, "from_day", _("The day is needed."))
            return False
        figure = self.figure
        value, source = self.form.value("value"), self.form.value("source")
        entry = Entry(figure.name, value, day, source, figure.year)
        self.answer = own.set_figure(self.office, entry, reading)
        return self.answer is not None


class LookedUpDialog(_OfFigure):
    """Notes that figures are still the same at their source."""

    def __init__(
        self, office: Office, figures: Sequence[Figure], parent: QWidget | None = None
    ) -> None:
        first = figures[0]
        sentence = _("Still {value} at its source: the list says so until the day to look again.")
        told = sentence.format(value=value_text(first))
        if len(figures) > 1:
            told = _("Still the same at their sources: {figures}.").format(
                figures=", ".join(f"{name_text(one)} ({value_text(one)})" for one in figures)
            )
        count = len(figures)
        title = ngettext("{count} figure", "{count} figures", count).format(count=count)
        title = "" if count == 1 else title
        super().__init__(office, first, _("Found unchanged"), told, parent, title)
        self._names = [one.name for one in figures]
        self.add_reading()
        self.form.add_line("source", _("Source"), figure_source(first))
        self.form.set_values({"on": iso(office.clock.today())})

    def submit(self) -> bool:
        reading = self.reading()
        if reading is None:
            return False
        source = self.form.value("source")
        self.answer = own.look_up(self.office, self._names, reading, source)
        return True


def _written(value: date | int | Decimal | None) -> str:
    if isinstance(value, date):
        return iso(value)
    text = "" if value is None else str(value)
    return text.replace(".", ",") if current_language() == "fr" else text
