# SPDX-License-Identifier: Apache-2.0
"""Two dialogs of the quota: a year's cap with its reason, and the official figures.

    CapDialog(office, year).ask()           the act that set it
    OfficialDialog(office, year).ask()      the act that recorded them

Must not judge: the services refuse what cannot be.
"""

from datetime import date
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.quota.quota import OfficialCount
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.date_edit import DateEdit

T = TypeVar("T")


class NumbersDialog(FormDialog[T]):
    """Reads whole numbers and days, and says under the field when there is none."""

    office: Office

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
        today = words.iso(self.office.clock.today())
        missing = _("Write a day, for example {day}.").format(day=today)
        self.form.set_finding(key, Tone.BAD, "" if day is not None else missing)
        return day


class CapDialog(NumbersDialog[ActId]):
    """Sets a limit of a year from a day on; the former ones stay in the journal."""

    ACT = "quota.cap"

    def __init__(self, office: Office, year: int, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Change a cap of {year}").format(year=year),
            _("Set the cap"),
            parent,
            sentence=_("The new limit counts from the day you give; the former one is kept."),
        )
        self.office = office
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
        present = quota.board(office, year).cap
        self.form.set_values(
            {
                "ledger": Ledger.APPLICATIONS.value,
                "limit": "" if present is None else str(present),
                "from_day": words.iso(office.clock.today()),
            }
        )
        self.form.focus_field("limit")

    def submit(self) -> bool:
        limit, from_day = self.whole_number("limit", required=True), self.a_day("from_day")
        reason = self.form.value("reason")
        self.form.set_finding("reason", Tone.BAD, "" if reason else _("A reason is required."))
        if limit is None or from_day is None or not reason:
            return False
        ledger = Ledger(self.form.value("ledger"))
        self.answer = quota.set_cap(self.office, self._year, limit, from_day, reason, ledger)
        return True


class OfficialDialog(NumbersDialog[ActId]):
    """Records what IRCC has announced."""

    ACT = "quota.official"

    def __init__(self, office: Office, year: int, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Official figures of {year}").format(year=year),
            _("Record the figures"),
            parent,
            sentence=_(
                "What IRCC says it has received, on the day it says so. The higher of this and "
                "our own count decides what remains."
            ),
        )
        self.office = office
        self._year = year
        self.form.add_day("as_of", _("As of"))
        self.form.add_line("received", _("Received"))
        self.form.add_line("approved", _("Approved"), _("if known"))
        self.form.add_line("refused", _("Refused"), _("if known"))
        self.form.add_line("withdrawn", _("Withdrawn"), _("if known"))
        self.form.add_line("issued", _("Permits issued"), _("if known"))
        self.form.add_line("letters", _("Letters issued by MIFI"), _("if known"))
        self.form.add_line("source", _("Source"), _("Page or message where it stands"))
        self.form.set_values({"as_of": words.iso(office.clock.today())})
        self.form.focus_field("received")

    def submit(self) -> bool:
        as_of, received = self.a_day("as_of"), self.whole_number("received", required=True)
        others = {
            key: self.whole_number(key, required=False)
            for key in ("approved", "refused", "withdrawn", "issued", "letters")
        }
        if as_of is None or received is None or self.form.has_findings():
            return False
        figures = OfficialCount(
            self._year, as_of, received, **others, source=self.form.value("source") or None
        )
        self.answer = quota.set_official(self.office, figures)
        return True
