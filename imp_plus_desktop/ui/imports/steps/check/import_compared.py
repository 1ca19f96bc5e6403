# SPDX-License-Identifier: Apache-2.0
"""A list against the last one of its layout: who is new, what changed, who is no longer there.

    compared_line(compared) -> str              one line, empty when nothing differs
    difference_text(difference) -> str          `Phone 514 … → 438 …`
    ComparedDialog(preview, compared, parent)   the three groups; stays open beside the work

Must not compare anything: the services did.
"""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.i18n import _, format_day_short, format_number, ngettext
from imp_plus_desktop.services.imports.import_compare import Comparison, Difference
from imp_plus_desktop.services.imports.imports import Preview
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog, Reading
from imp_plus_desktop.ui.imports.steps.import_presenter import value_text
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.widgets.labels import label
from imp_plus_desktop.words.messages import field_label

_SHOWN = 200


def compared_line(compared: Comparison | None) -> str:
    """`Against the list of 3 Oct. 2024: 5 new, 2 changed, 1 no longer listed`."""
    if compared is None or not (compared.new or compared.changed or compared.vanished):
        return ""
    parts = [
        (len(compared.new), ngettext("{count} new", "{count} new", len(compared.new))),
        (
            len(compared.changed),
            ngettext("{count} changed", "{count} changed", len(compared.changed)),
        ),
        (
            len(compared.vanished),
            ngettext(
                "{count} no longer listed", "{count} no longer listed", len(compared.vanished)
            ),
        ),
    ]
    counts = ", ".join(text.format(count=format_number(n)) for n, text in parts if n)
    day = format_day_short(toronto_day(compared.at))
    return _("Against the list of {day}: {counts}").format(day=day, counts=counts)


def difference_text(difference: Difference) -> str:
    """One field, from what to what."""
    return _("{field} {before} → {after}").format(
        field=field_label(difference.field),
        before=value_text(difference.field, difference.before) or write.DASH,
        after=value_text(difference.field, difference.after) or write.DASH,
    )


class ComparedDialog(BesideDialog):
    """The three groups of differences, person by person."""

    def __init__(self, preview: Preview, compared: Comparison, parent: QWidget | None = None):
        super().__init__(_("Against the last list"), parent)
        column = self.column
        day = format_day_short(toronto_day(compared.at))
        said = _("{file}, imported on {day}").format(file=compared.file_name, day=day)
        column.addWidget(label(said, "secondary", wrap=True))
        area = self._area(_groups(preview, compared))
        column.addWidget(area, 1)
        self.add_close()
        self.fit_around(area, theme.metrics().body * 52)

    def _area(self, groups: Iterable[tuple[str, list[tuple[str, str]]]]) -> Reading:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, theme.space(2), 0)
        grid.setHorizontalSpacing(theme.space(4))
        grid.setVerticalSpacing(theme.space(2))
        grid.setColumnStretch(1, 1)
        top, place = Qt.AlignmentFlag.AlignTop, 0
        for title, lines in groups:
            if not lines:
                continue
            heading = label(title, "heading")
            heading.setContentsMargins(0, theme.space(3) if place else 0, 0, 0)
            grid.addWidget(heading, place, 0, 1, 2)
            for who, what in lines[:_SHOWN]:
                place += 1
                grid.addWidget(label(who), place, 0, top)
                grid.addWidget(label(what, "secondary", wrap=True), place, 1, top)
            left = len(lines) - _SHOWN
            if left > 0:
                place += 1
                more = ngettext("and {count} other", "and {count} others", left)
                grid.addWidget(label(more.format(count=format_number(left)), "small"), place, 0)
            place += 1
        grid.setRowStretch(place, 1)
        return Reading(self.windowTitle(), inner)


def _groups(preview: Preview, compared: Comparison) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each group's title and its lines: who, and what."""
    rows = {(row.sheet, row.row): row for sheet in preview.sheets for row in sheet.rows}
    changed = [
        (entry.name, " · ".join(difference_text(one) for one in entry.differences))
        for entry in compared.changed
    ]
    gone = [(entry.name, entry.individual_reference or "") for entry in compared.vanished]
    new = []
    for place in compared.new:
        values = rows[place].values
        names = (values.get("family_name"), values.get("given_names"))
        reference = values.get("individual_reference") or values.get("uci") or ""
        new.append((", ".join(str(name) for name in names if name), str(reference)))
    return [
        (_("Changed since"), changed),
        (_("No longer listed"), gone),
        (_("New in this list"), new),
    ]
