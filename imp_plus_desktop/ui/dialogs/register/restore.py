# SPDX-License-Identifier: Apache-2.0
"""Shows what restoring a copy would change, before anything is changed.

    RestoreDialog(parent, prospect).ask()     True where the copy is to be restored

The copy and the register stand side by side: people, acts, the latest act. Enter and Escape both
leave the register as it is.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from imp_plus_desktop.domain.reads.prospects import Prospect, RegisterState
from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.i18n import _, format_day_short, format_time, ngettext
from imp_plus_desktop.ui.dialogs.question import Question
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.format import number
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import label
from imp_plus_desktop.words.copy_texts import plain_text
from imp_plus_desktop.words.messages import act_text


class RestoreDialog(Question):
    """The question before a restore."""

    def __init__(self, parent: QWidget | None, prospect: Prospect) -> None:
        super().__init__(
            parent,
            _("Restore this copy?"),
            prospect.source.name,
            _("Restore the copy"),
            _("Leave the register"),
        )
        self.body.addWidget(_comparison(prospect))
        if prospect.is_other:
            self.body.addWidget(
                label(
                    "⚠ "
                    + _(
                        "This is the register of another office, or another register of yours:"
                        " nothing of the present one is in it."
                    ),
                    role="finding",
                    tone=Tone.BAD,
                    wrap=True,
                )
            )
        if prospect.is_plain:
            self.body.addWidget(label("ℹ " + plain_text(), role="finding", wrap=True))
        for text, tone in _changes(prospect):
            self.body.addWidget(label(text, role="finding", tone=tone, wrap=True))
        for act in prospect.lost:
            self.body.addWidget(label("– " + _act(act), "secondary", wrap=True))
        if prospect.would_lose > len(prospect.lost):
            more = prospect.would_lose - len(prospect.lost)
            text = ngettext("and {count} earlier one", "and {count} earlier ones", more)
            self.body.addWidget(label("– " + text.format(count=number(more)), "secondary"))
        self.body.addWidget(
            label(
                _("What is there now is kept as a copy, and Ctrl+Z brings it back."),
                "secondary",
                wrap=True,
            )
        )


def _comparison(prospect: Prospect) -> QWidget:
    """The register and the copy, side by side."""
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.space(4))
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    grid.addWidget(label(_("The register now"), "heading"), 0, 1)
    grid.addWidget(label(_("After restoring"), "heading"), 0, 2)
    names = (_("People"), _("Acts"), _("Latest act"))
    for row, name in enumerate(names, 1):
        grid.addWidget(label(name, "secondary"), row, 0, Qt.AlignmentFlag.AlignTop)
    for column, state in ((1, prospect.present), (2, prospect.copy)):
        for row, text in enumerate(_state(state), 1):
            grid.addWidget(label(text, wrap=True), row, column, Qt.AlignmentFlag.AlignTop)
    return table


def _state(state: RegisterState) -> tuple[str, str, str]:
    newest = _act(state.newest) if state.newest is not None else _("none yet")
    return number(state.people), number(state.acts), newest


def _act(act: ActRow) -> str:
    at = act.at.astimezone()
    return _("{day}, {time}, {who}: {act}").format(
        day=format_day_short(at.date()), time=format_time(at), who=act.who, act=act_text(act)
    )


def _changes(prospect: Prospect) -> list[tuple[str, Tone]]:
    said: list[tuple[str, Tone]] = []
    lost, brought = prospect.would_lose, prospect.would_bring
    if lost:
        text = ngettext(
            "{count} act of the register is not in the copy and would go:",
            "{count} acts of the register are not in the copy and would go:",
            lost,
        )
        said.append(("⚠ " + text.format(count=number(lost)), Tone.WARN))
    if brought and not prospect.is_other:
        text = ngettext(
            "{count} act of the copy is not in the register and would come.",
            "{count} acts of the copy are not in the register and would come.",
            brought,
        )
        said.append(("ℹ " + text.format(count=number(brought)), Tone.WARN))
    if not (lost or brought):
        said.append(("✓ " + _("The copy and the register hold the same."), Tone.OK))
    return said
