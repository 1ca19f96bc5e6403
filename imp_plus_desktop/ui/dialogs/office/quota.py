# SPDX-License-Identifier: Apache-2.0
"""Two dialogs of the quota: a year's cap with its reason, and the official figures.

    CapDialog.ask(parent, shell, year) -> bool
    OfficialDialog.ask(parent, shell, year) -> bool

Must not judge: the services refuse what cannot be.
"""

from datetime import date

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.services.quota.quota import OfficialFigures
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.date_edit import DateEdit


class NumbersDialog(FormDialog):
    """Reads whole numbers and days, and says under the field when there is none."""

    shell: Shell

    def whole_number(self, key: str, *, required: bool) -> int | None:
        """The number typed, None when empty or wrong; what is wrong is shown."""
        text = "".join(self.form.value(key).replace(",", "").split())
        if text.isdecimal():
            self.form.set_finding(key, Tone.PLAIN, "")
            return int(text)
        if text or required:
            self.form.set_finding(key, Tone.BAD, _("Write a whole number."))
        return None

    def a_day(self, key: str) -> date | None:
        """The day typed; None and a line under the field when there is none."""
        field = self.form.field(key)
        day = field.day() if isinstance(field, DateEdit) else None
        missing = _("Write a day, for example {day}.").format(day=words.iso(self.shell.today()))
        self.form.set_finding(key, Tone.BAD, "" if day is not None else missing)
        return day


class CapDialog(NumbersDialog):
    """Sets a limit of a year from a day on; the former ones stay in the journal."""

    def __init__(self, shell: Shell, year: int, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Change a cap of {year}").format(year=year),
            _("Set the cap"),
            parent,
            sentence=_("The new limit counts from the day you give; the former one is kept."),
        )
        self.shell = shell
        self._year = year
        self.form.add_choice(
            "ledger",
            _("What it limits"),
            (
                (Ledger.APPLICATIONS.value, _("Applications received by IRCC")),
                (Ledger.LETTERS.value, _("Letters sent by MIFI")),
                (Ledger.PERMITS.value, _("Permits")),
            ),
        )
        self.form.add_line("limit", _("Limit"))
        self.form.add_day("from_day", _("From"))
        self.form.add_line("reason", _("Reason"), _("For example the notice that announces it"))
        present = quota.board(shell.office, year).cap
        self.form.set_values(
            {
                "ledger": Ledger.APPLICATIONS.value,
                "limit": "" if present is None else str(present),
                "from_day": words.iso(shell.today()),
            }
        )
        self.form.focus_field("limit")

    @classmethod
    def ask(cls, parent: QWidget, shell: Shell, year: int) -> bool:
        """Ask and store; True when a cap was set."""
        return cls(shell, year, parent).run()

    def submit(self) -> bool:
        limit, from_day = self.whole_number("limit", required=True), self.a_day("from_day")
        reason = self.form.value("reason")
        self.form.set_finding("reason", Tone.BAD, "" if reason else _("A reason is required."))
        if limit is None or from_day is None or not reason:
            return False
        ledger = Ledger(self.form.value("ledger"))
        act = quota.set_cap(self.shell.office, self._year, limit, from_day, reason, ledger)
        self.shell.changed(_("The cap of {year} was changed.").format(year=self._year), act)
        return True


class OfficialDialog(NumbersDialog):
    """Records what IRCC has announced."""

    def __init__(self, shell: Shell, year: int, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Official figures of {year}").format(year=year),
            _("Record the figures"),
            parent,
            sentence=_(
                "What IRCC says it has received, on the day it says so. The higher of this and "
                "our own count decides what remains."
            ),
        )
        self.shell = shell
        self._year = year
        self.form.add_day("as_of", _("As of"))
        self.form.add_line("received", _("Received"))
        self.form.add_line("approved", _("Approved"), _("if known"))
        self.form.add_line("refused", _("Refused"), _("if known"))
        self.form.add_line("withdrawn", _("Withdrawn"), _("if known"))
        self.form.add_line("issued", _("Permits issued"), _("if known"))
        self.form.add_line("letters", _("Letters issued by MIFI"), _("if known"))
        self.form.add_line("source", _("Source"), _("Page or message where it stands"))
        self.form.set_values({"as_of": words.iso(shell.today())})
        self.form.focus_field("received")

    @classmethod
    def ask(cls, parent: QWidget, shell: Shell, year: int) -> bool:
        """Ask and store; True when figures were recorded."""
        return cls(shell, year, parent).run()

    def submit(self) -> bool:
        as_of, received = self.a_day("as_of"), self.whole_number("received", required=True)
        others = {
            key: self.whole_number(key, required=False)
            for key in ("approved", "refused", "withdrawn", "issued", "letters")
        }
        if as_of is None or received is None or self.form.has_findings():
            return False
        figures = OfficialFigures(
            self._year, as_of, received, **others, source=self.form.value("source") or None
        )
        act = quota.set_official(self.shell.office, figures)
        self.shell.changed(_("The official figures were recorded."), act)
        return True
