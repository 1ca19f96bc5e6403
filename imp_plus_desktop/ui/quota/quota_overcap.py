# SPDX-License-Identifier: Apache-2.0
"""The over-cap list of a year: who is affected, and each item until it is closed.

    OverCapView(shell)         show_list(over_cap), retranslate()

Opens the files, and the dialogs that close items. Must not judge who is on the list.
"""

from array import array
from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.domain.quota.over_cap import Item, OverCapFile, OverCapItem
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.names import sort_key
from imp_plus_desktop.i18n import _, format_day, format_money, ngettext
from imp_plus_desktop.services.quota.overcap import OverCap
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import Column, RowsModel
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.widgets.chosen_chip import Chosen
from imp_plus_desktop.ui.widgets.frames import Card, EmptyState, Pages
from imp_plus_desktop.ui.widgets.labels import button, clear, keep_room, label, making
from imp_plus_desktop.words.messages import field_label
from imp_plus_desktop.words.report_texts import held_by_text, item_label


class OverCapView(QWidget):
    """Files over the cap, with what each leaves to do."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        self._shown: OverCap | None = None
        self._files: dict[int, OverCapFile] = {}
        self._refund, self._biometrics, self._open = button(), button(), button()
        making("overcap.close", self._refund, self._biometrics)
        self._summary_card, self._figures = Card(), QHBoxLayout()
        self._prepared = button(role="link")
        keep_room(self._prepared)  # the list below stays where it is
        self._note = label(role="secondary", wrap=True)
        self._card = Card()
        self._model: RowsModel[OverCapFile] = RowsModel(
            _columns(), self._fetch, self._in_order, parent=self
        )
        self.table = TableView(self._model, "overcap", shell.settings)
        self._empty = EmptyState()
        self._stack = Pages()
        self._assemble()
        self._refund.clicked.connect(self._on_refund_clicked)
        self._biometrics.clicked.connect(self._on_biometrics_clicked)
        self._open.clicked.connect(self._on_open_clicked)
        self.table.row_selected.connect(self._on_row_selected)
        self.table.row_activated.connect(self._on_row_activated)
        self._prepared.clicked.connect(self._on_prepared_clicked)

    def show_list(self, over_cap: OverCap) -> None:
        """Show the list of a year."""
        self._shown = over_cap
        self._files = {int(file.application): file for file in over_cap.files}
        self.table.set_ids(self._in_order("", False))
        self.table.select_first()
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text anew."""
        self._refund.setText(_("Refund received…"))
        self._biometrics.setText(_("Biometric letter cancelled…"))
        self._open.setText(_("Open the file"))
        set_name(self.table, _("Applications over the cap"))
        self.table.set_empty_text(_("No application is over the cap."))
        self.table.retranslate()
        self._empty.set_texts(
            _("Nobody is over the cap"),
            _(
                "Once the year is full, an application received is recorded here instead of "
                "taking a place: with the refund to expect, the biometric letter to cancel and "
                "the family’s applications to end, each until it is done."
            ),
        )
        if self._shown is not None:
            self._show(self._shown)

    def _show(self, shown: OverCap) -> None:
        empty = not shown.files and not shown.prepared
        self._stack.setCurrentIndex(1 if empty else 0)
        self._summary_card.set_title(_("Over the cap of {year}").format(year=shown.year))
        reached = ""
        if shown.reached_on is not None:
            reached = _("The cap of {year} was reached on {day}.").format(
                year=shown.year, day=format_day(shown.reached_on)
            )
        self._note.setText(
            " ".join(
                filter(
                    None,
                    (
                        reached,
                        _("An application over the cap is cancelled, never refused."),
                    ),
                )
            )
        )
        clear(self._figures)
        for text, value, tone in _summary(shown):
            column = QVBoxLayout()
            column.setSpacing(0)
            sign = "▲ " if tone is Tone.WARN else ""
            column.addWidget(label(sign + value, "subject", tone))
            column.addWidget(label(text, "small"))
            self._figures.addLayout(column)
        self._figures.addStretch(1)
        count = len(shown.prepared)
        self._prepared.setVisible(bool(count))
        self._prepared.setText(
            ngettext(
                "{count} prepared and not filed: it would come too late",
                "{count} prepared and not filed: they would come too late",
                count,
            ).format(count=words.number(count))
        )
        self._card.set_title(_("What is still to be done"), _left(shown))
        self._show_buttons()

    def _show_buttons(self) -> None:
        current = self._files.get(self.table.current_id() or 0)
        kinds = {item.kind for item in current.open_items} if current is not None else set()
        self._refund.setEnabled(OverCapItem.REFUND in kinds)
        self._biometrics.setEnabled(OverCapItem.BIOMETRICS in kinds)
        self._open.setEnabled(current is not None)

    def _in_order(self, sort: str, descending: bool) -> "array[int]":
        files = list(self._files.values())
        if sort == "name":
            files.sort(key=lambda file: sort_key(file.name, ""))
        if descending:
            files.reverse()
        return array("q", (file.application for file in files))

    def _fetch(self, ids: Sequence[int]) -> list[OverCapFile]:
        return [self._files[number] for number in ids if number in self._files]

    def _close(self, item: OverCapItem) -> None:
        from imp_plus_desktop.ui.dialogs.office.overcap import CloseItemDialog

        current = self.table.current_id()
        if current is None:
            return
        same = [
            int(file.application)
            for file in self._files.values()
            if any(left.kind is item for left in file.open_items)
        ]
        name = self._files[current].name
        act = CloseItemDialog(
            self.shell.office.as_shown(), item, current, name, same, parent=self
        ).ask()
        if act is not None:
            self.shell.changed(_("Recorded on the over-cap list."), act)

    def _on_refund_clicked(self) -> None:
        self._close(OverCapItem.REFUND)

    def _on_biometrics_clicked(self) -> None:
        self._close(OverCapItem.BIOMETRICS)

    def _on_open_clicked(self) -> None:
        current = self.table.current_id()
        if current is not None:
            self.shell.go("people", int(self._files[current].person_id))

    def _on_row_selected(self, row_id: int) -> None:
        self._show_buttons()

    def _on_row_activated(self, row_id: int) -> None:
        self._on_open_clicked()

    def _on_prepared_clicked(self) -> None:
        if self._shown is not None:
            ids = tuple(int(number) for number in self._shown.prepared)
            self.shell.go("applications", Chosen(ids, _("Prepared, not filed")))

    def _assemble(self) -> None:
        self._figures.setSpacing(theme.space(7))
        self._summary_card.body.addLayout(self._figures)
        self._summary_card.body.addWidget(self._note)
        under = QHBoxLayout()
        under.addWidget(self._prepared)
        under.addStretch(1)
        self._summary_card.body.addLayout(under)
        for made in (self._refund, self._biometrics, self._open):
            self._card.head.addWidget(made)
        self._card.body.addWidget(self.table, 1)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(3))
        column.addWidget(self._summary_card)
        column.addWidget(self._card, 1)
        self._stack.addWidget(full)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)


def _summary(shown: OverCap) -> list[tuple[str, str, Tone]]:
    """The list's figures: what each is, its value and its tone."""
    awaited = Tone.WARN if shown.refund_open else Tone.PLAIN
    return [
        (_("Cap in force"), words.number(shown.cap), Tone.PLAIN),
        (_("Applications over the cap"), words.number(len(shown.files)), Tone.PLAIN),
        (_("Refunds due"), format_money(shown.refund_due), Tone.PLAIN),
        (_("Refunds still awaited"), format_money(shown.refund_open), awaited),
    ]


def _left(shown: OverCap) -> str:
    if not shown.open_items:
        return _("everything is closed")
    return ngettext("{count} item open", "{count} items open", shown.open_items).format(
        count=words.number(shown.open_items)
    )


def _item(file: OverCapFile, kind: OverCapItem) -> Item:
    return next(item for item in file.items if item.kind is kind)


def _state(file: OverCapFile, kind: OverCapItem) -> str:
    item = _item(file, kind)
    if not item.closed:
        if kind is OverCapItem.REFUND:
            return _("{amount} awaited").format(amount=format_money(file.refund))
        return _("to cancel")
    return words.iso(item.closed_on)


def _tone(file: OverCapFile, kind: OverCapItem) -> Tone:
    return Tone.OK if _item(file, kind).closed else Tone.WARN


def _family(file: OverCapFile) -> str:
    members = [item for item in file.items if item.kind is OverCapItem.FAMILY]
    left = sum(not item.closed for item in members)
    if not members:
        return words.DASH
    if not left:
        return _("ended")
    return ngettext("{count} to end", "{count} to end", left).format(count=words.number(left))


def _family_tone(file: OverCapFile) -> Tone:
    members = [item for item in file.items if item.kind is OverCapItem.FAMILY]
    if not members:
        return Tone.PLAIN
    return Tone.OK if all(item.closed for item in members) else Tone.WARN


def _held_by(file: OverCapFile) -> str:
    """Who has the place that a receipt recorded late would have had, and which it is."""
    held = file.held_by
    if held is None:
        return words.DASH
    return _("no. {place} · {name}").format(place=words.number(held.place), name=held.name)


def _received(file: OverCapFile) -> str:
    at = file.received_at
    return words.DASH if at is None else words.iso(toronto_day(at))


def _columns() -> tuple[Column[OverCapFile], ...]:
    refund, biometrics = OverCapItem.REFUND, OverCapItem.BIOMETRICS
    return (
        Column(
            "name", lambda: _("Name"), lambda f: f.name, width=10, sort="name", stretch=True,
            tooltip=lambda f: f.name,
        ),
        Column(
            "number", lambda: _("Number"), lambda f: words.text(f.number), width=8.6, quiet=True,
        ),
        Column(
            "received", lambda: field_label("received_at"), _received, width=7.4, kind="date",
            sort="received",
        ),
        Column(
            "refund", lambda: item_label(refund), lambda f: _state(f, refund), width=11.6,
            kind="chip", tone=lambda f: _tone(f, refund),
        ),
        Column(
            "biometrics", lambda: item_label(biometrics), lambda f: _state(f, biometrics),
            width=10.8, kind="chip", tone=lambda f: _tone(f, biometrics),
        ),
        Column(
            "family", lambda: _("Family"), _family, width=9.4, kind="chip", tone=_family_tone,
        ),
        Column(
            "held_by", lambda: _("Place held by"), _held_by, width=10.6, quiet=True,
            tooltip=lambda f: held_by_text(f.held_by) if f.held_by is not None else "",
        ),
    )  # fmt: skip
