# SPDX-License-Identifier: Apache-2.0
"""The dialog where two desks have changed the same: before, theirs, mine.

    MeetingDialog(meetings, parent=None, names=None).ask()
                                        those of which mine is to stand, None when it was left:
                                        then nothing is chosen; `names` tells whose files they are
    settled(error, parent, names=None) -> bool
                                        ask, and note what was chosen; the act may then be done
                                        again
    meet(parent, attempt) -> answer     do an act, asking as often as others were first

Theirs is chosen from the start: whoever only presses Enter takes nothing of theirs away. What says
one thing together (an outcome and its day) is chosen together. Must not store anything.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from imp_plus_desktop.domain.reads.meetings import Meeting, Overtaken, together
from imp_plus_desktop.i18n import _, format_day_short, format_time, pgettext
from imp_plus_desktop.ui.dialogs.dialog import Dialog, Reading
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.widgets.labels import WholeWords, button, label, line
from imp_plus_desktop.words.error_texts import field_or_line
from imp_plus_desktop.words.messages import entity_label, field_label
from imp_plus_desktop.words.servers.whole_texts import WHOLES, whole_label, whole_text
from imp_plus_desktop.words.terms.value_texts import DASH, value_text

T = TypeVar("T")
Names = Callable[[Sequence[int]], Mapping[int, str]]
"""The names of people, by their ids."""
_WIDE_EM = 44
_FEW = 3
"""So many are chosen one by one."""
_UNSEEN = frozenset({"cap_year", "place", "id", "person_id", "member_id", "application_id"})
"""Columns that say nothing by themselves: what they go with is shown."""


class MeetingDialog(Dialog[tuple[Meeting, ...]]):
    """One block for each value, with theirs and mine to choose from."""

    def __init__(
        self,
        meetings: Sequence[Meeting],
        parent: QWidget | None = None,
        names: Names | None = None,
    ) -> None:
        super().__init__(_("Changed at two desks"), parent)
        self._meetings = tuple(meetings)
        people = {one.person for one in meetings if one.person is not None}
        self._people = names(sorted(people)) if names is not None and len(people) > 1 else {}
        self._choices: dict[Meeting, tuple[QRadioButton, QRadioButton]] = {}
        self._groups: list[QButtonGroup] = []
        inner = QWidget()
        self._blocks = QVBoxLayout(inner)
        self._blocks.setContentsMargins(0, 0, theme.space(2), 0)
        self._blocks.setSpacing(theme.space(3))
        for one in self._shown():
            self._add_block(one)
        self._blocks.addStretch(1)
        area = Reading(self.windowTitle(), inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space(5),) * 4)
        column.setSpacing(theme.space(3))
        column.addWidget(label(self.windowTitle(), "subject", wrap=True))
        column.addWidget(label(_sentence(self._meetings), "secondary", wrap=True))
        column.addWidget(area, 1)
        if len({together(one) for one in self._meetings}) > _FEW:
            column.addLayout(self._all_at_once())
        column.addWidget(self._buttons())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.accept)
        self.fit_around(area, theme.metrics().body * _WIDE_EM)
        if self._choices:
            next(iter(self._choices.values()))[0].setFocus()

    def accept(self) -> None:
        self.finish(self.mine())

    def meetings(self) -> tuple[Meeting, ...]:
        """What it asks about."""
        return self._meetings

    def mine(self) -> tuple[Meeting, ...]:
        """Those of which mine is chosen."""
        keys = {together(one) for one, (_theirs, own) in self._choices.items() if own.isChecked()}
        return tuple(one for one in self._meetings if together(one) in keys)

    def choose_mine(self, field: str) -> None:
        """Choose mine for a field, as a click would. KeyError where it is not asked about."""
        keys = {one.field: together(one) for one in self._meetings}
        for one, (_theirs, own) in self._choices.items():
            if together(one) == keys[field]:
                own.setChecked(True)

    def _shown(self) -> list[Meeting]:
        """What is shown: of what is chosen together, at least one."""
        plain = [one for one in self._meetings if one.field not in _UNSEEN]
        known = {together(one) for one in plain}
        return plain + [one for one in self._meetings if together(one) not in known]

    def _add_block(self, one: Meeting) -> None:
        if self._choices:
            self._blocks.addWidget(line())
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space(3))
        grid.setVerticalSpacing(theme.space(1))
        grid.setColumnStretch(1, 1)
        name = _name(one)
        if one.person is not None and one.person in self._people:
            words = _("{name} – {field}")
            name = words.format(name=self._people[one.person], field=name)
        grid.addWidget(label(name, "heading", wrap=True), 0, 0, 1, 3)
        before, theirs, own = _words(one)
        grid.addWidget(label(_("Before"), "secondary"), 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_Value(before, "secondary"), 1, 1)
        group = QButtonGroup(self)
        self._groups.append(group)
        radios = QRadioButton(pgettext("value", "Theirs")), QRadioButton(pgettext("value", "Mine"))
        by = _by(one)
        for row, (radio, text) in enumerate(zip(radios, (theirs, own), strict=True), start=2):
            group.addButton(radio)
            said = f"{name}, {radio.text()}: {text}"
            set_name(radio, f"{said} ({by})" if radio is radios[0] else said)
            grid.addWidget(radio, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_Value(text, "", radio), row, 1)
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        grid.addWidget(label(by, "small"), 2, 2, top)
        radios[0].setChecked(True)
        self._choices[one] = radios
        radios[1].toggled.connect(lambda mine, which=one: self._choose_with(which, mine=mine))
        self._blocks.addLayout(grid)

    def _choose_with(self, chosen: Meeting, *, mine: bool) -> None:
        """What says one thing together is chosen together."""
        for one, (theirs, own) in self._choices.items():
            if one is not chosen and together(one) == together(chosen):
                (own if mine else theirs).setChecked(True)

    def _all_at_once(self) -> QHBoxLayout:
        """Where many are asked about, one press chooses the same side of all."""
        layout = QHBoxLayout()
        layout.setSpacing(theme.space(2))
        for place, words in enumerate((_("Theirs everywhere"), _("Mine everywhere"))):
            made = button(words, "link")
            made.clicked.connect(partial(self._choose_everywhere, place))
            layout.addWidget(made)
        layout.addStretch(1)
        return layout

    def _choose_everywhere(self, place: int) -> None:
        for radios in self._choices.values():
            radios[place].setChecked(True)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(self)
        ok = button(_("Keep what is chosen"), "accent")
        ok.setDefault(True)
        box.addButton(ok, QDialogButtonBox.ButtonRole.AcceptRole)
        back = button(_("Back to what I typed"))
        box.addButton(back, QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box


class _Value(WholeWords):
    """A value; pressed, it chooses its side."""

    def __init__(self, text: str, role: str, radio: QRadioButton | None = None) -> None:
        super().__init__(text, role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._radio = radio

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._radio is not None:
            self._radio.setChecked(True)
            self._radio.setFocus()
        super().mousePressEvent(event)


def settled(error: Overtaken, parent: QWidget | None, names: Names | None = None) -> bool:
    """Ask what is to stand, and note it. Whether anything was chosen."""
    mine = MeetingDialog(error.meetings, parent, names).ask()
    if mine is None:
        return False
    error.settle(mine)
    return True


def meet(parent: QWidget | None, attempt: Callable[[], T]) -> T:
    """Do an act; where another desk was first, ask and do it again with what was chosen.

    Errors: Overtaken where nothing was chosen, and those of the act.
    """
    while True:
        try:
            return attempt()
        except Overtaken as error:
            if not settled(error, parent):
                raise


def _sentence(meetings: Sequence[Meeting]) -> str:
    if any(one.removes for one in meetings):
        return _(
            "Another desk has changed meanwhile what is to be taken out here. Nothing was changed "
            "yet."
        )
    return _(
        "Another desk has changed the same meanwhile. Nothing was stored yet; what nobody else "
        "touched goes in by itself."
    )


def _name(one: Meeting) -> str:
    if not one.named and (one.entity, one.field) in WHOLES:
        return whole_label(one.field)
    if one.named and (one.field == "value" or not one.beside):
        return field_or_line(one.named)
    return field_label(one.field) if one.field else entity_label(one.entity)


def _words(one: Meeting) -> tuple[str, str, str]:
    """Before, theirs and mine, as a person reads them."""
    gone = _("taken out")
    if not one.field:
        return DASH, _("changed"), gone
    tell = whole_text if (one.entity, one.field) in WHOLES else value_text
    before, theirs, mine = (
        tell(one.field, value, one.entity) for value in (one.before, one.theirs, one.mine)
    )
    return before, theirs, gone if one.removes else mine


def _by(one: Meeting) -> str:
    """Who wrote theirs, and when."""
    who = one.who if one.who.strip("—- ") else _("another desk")
    if one.at is None:
        return who
    at = one.at.astimezone()  # when somebody did something, by the clock on the wall
    when = f"{format_day_short(at.date())}, {format_time(at)}"
    return _("{who}, {when}").format(who=who, when=when)
