# SPDX-License-Identifier: Apache-2.0
"""The forms about personal information.

    EraseDialog(office, prospect, parent).ask() -> EraseWish | None     asks, and does nothing yet
    HoldDialog(office, person, name, parent).ask() -> ActId | None
    IncidentDialog(office, incident, parent).ask() -> ActId | None      None enters a new one
    DeskDialog(office, parent).ask() -> ActId | None

Must not hold a rule.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.privacy.incidents import Incident
from imp_plus_desktop.domain.privacy.retention import OfficeKind
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.privacy import desk, erasure, incidents, retention
from imp_plus_desktop.services.privacy.erasure import RULE, Prospect
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import mark_needed, typed_day
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.format import day_long, iso, number
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine, FindingList
from imp_plus_desktop.words.privacy import privacy_texts as words


@dataclass(frozen=True, slots=True)
class EraseWish:
    """Why a file goes, why before its floor if so, and whether older copies go along."""

    reason: str
    early: str
    drop_copies: bool


class EraseDialog(FormDialog[EraseWish]):
    """Says what goes and what stays, and asks for the name, typed, and a reason."""

    ACT = "privacy.erase"

    def __init__(self, office: Office, prospect: Prospect, parent: QWidget) -> None:
        super().__init__(
            _("Destroy the file"),
            _("Destroy for good"),
            parent,
            sentence=_("{name} · this cannot be undone").format(name=prospect.name),
        )
        self._name = prospect.name
        policy, today = desk.desk(office).policy, office.clock.today()
        clock = words.clock_text(prospect.clock, policy, today)
        told = FindingList(self)
        told.show_lines(
            [
                FindingLine(Tone.WARN, clock),
                FindingLine(Tone.PLAIN, words.goes_text(prospect.goes)),
                *(FindingLine(Tone.PLAIN, text) for text in _what_stays(office, prospect)),
            ]
        )
        self.head.addWidget(told)
        self.form.add_line("name", _("Name, as above"), prospect.name)
        self.form.add_line("reason", _("Reason"), _("Kept in the journal, without the name"))
        if prospect.stays.copies and erasure.can_drop(office):
            self.form.add_check(
                "drop",
                _("Also drop the copies made before ({count})").format(
                    count=number(len(prospect.stays.copies))
                ),
            )
        floor = prospect.early(today)
        if floor is not None:
            line = _("This file must be kept until {day}.").format(day=day_long(floor))
            self.show_block([FindingLine(Tone.BAD, line)], {RULE: _("Why it goes before")})
        self.form.edited.connect(self._on_form_edited)
        self._on_form_edited("name")
        self.form.focus_field("name")

    def submit(self) -> bool:
        values = self.form.values()
        if not values["reason"]:
            mark_needed(self.form, "reason", _("A reason is needed. Write why."))
            return False
        drop = values.get("drop") == "yes"
        self.answer = EraseWish(values["reason"], self.reasons().get(RULE, ""), drop)
        return True

    def _on_form_edited(self, _key: str) -> None:
        typed = " ".join(self.form.value("name").split())
        self.set_ok_enabled(typed.casefold() == self._name.casefold())


def _what_stays(office: Office, prospect: Prospect) -> list[str]:
    stays, on_server = prospect.stays, office.server is not None
    copies = len(stays.copies) if on_server else 0
    counted = words.stays_counted_text(stays.counted)
    return [
        *([counted] if counted else []),
        *words.stays_text(len(stays.family_of), len(stays.sources)),
        *([words.still_holding_text(copies, on_server=True)] if copies else []),
        *([words.unseen_text()] if stays.unseen else []),
        _("Exports, letters and copies that were saved elsewhere are not reached."),
    ]


class HoldDialog(FormDialog[ActId]):
    """Asks why a file must be kept."""

    ACT = "privacy.hold"

    def __init__(self, office: Office, person: int, name: str, parent: QWidget) -> None:
        super().__init__(_("Legal hold"), _("Keep the file"), parent, sentence=name)
        self._office, self._person = office, person
        self.form.add_line("reason", _("Reason"), _("A dispute, an inspection, a request"))
        self.form.add_day("from_day", _("From"), past=True)
        self.form.set_values({"from_day": iso(office.clock.today())})
        self.keep_draft("reason", office, person, "hold")
        self.form.focus_field("reason")

    def submit(self) -> bool:
        if not self.form.value("reason"):
            mark_needed(self.form, "reason", _("A reason is needed. Write why."))
            return False
        day = typed_day(self.form, "from_day")
        if self.form.has_findings():
            return False
        self.answer = retention.hold(self._office, self._person, self.form.value("reason"), day).act
        return True


_LONG = ("information", "circumstances", "risk", "measures")


class IncidentDialog(FormDialog[ActId]):
    """The eight items of an incident; what is missing may come later."""

    ACT = "privacy.incident"

    def __init__(self, office: Office, incident: Incident | None, parent: QWidget) -> None:
        super().__init__(
            _("Confidentiality incident"),
            _("Save the incident"),
            parent,
            sentence=_("The register of incidents holds eight items of each (A-2.1, r. 3.1)."),
        )
        self._office = office
        self._number = None if incident is None else incident.id
        self.setMinimumWidth(theme.metrics().body * 48)
        for name in incidents.FIELDS:
            self._add(name)
        if incident is not None:
            values = {name: _shown(getattr(incident, name)) for name in incidents.FIELDS}
            self.form.set_values(values)
        self.form.focus_field("information")

    def _add(self, name: str) -> None:
        text = words.item_label(name)
        if name in incidents.DAYS:
            self.form.add_day(name, text, past=True)
        elif name == "serious":
            yes, no = (incidents.YES, _("Yes")), (incidents.NO, _("No"))
            self.form.add_choice(name, text, [("", _("Not assessed yet")), yes, no])
        elif name in _LONG:
            self.form.add_text(name, text, lines=2)
        else:
            self.form.add_line(name, text)

    def submit(self) -> bool:
        days = {name: typed_day(self.form, name) for name in incidents.DAYS}
        if self.form.has_findings():
            return False
        texts = {
            name: text for name, text in self.form.values().items() if name not in incidents.DAYS
        }
        values = {**incidents.from_texts(texts), **days}
        act = incidents.save(self._office, self._number, values)[1]
        self.answer = act or None
        return True


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return incidents.YES if value else incidents.NO
    return "" if value is None else str(value)


class DeskDialog(FormDialog[ActId]):
    """Who is in charge, what the information is for, and how long files are kept."""

    ACT = "privacy.desk"

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(
            _("Protection of personal information"),
            _("Save"),
            parent,
            sentence=_("It stands in the register, for the whole office."),
        )
        self._office = office
        present = desk.desk(office)
        for name in ("officer_name", "officer_title", "officer_phone", "officer_email"):
            self.form.add_line(name, words.desk_label(name))
        kinds = [("", _("Not said"))]
        kinds += [(kind.value, words.office_kind_text(kind)) for kind in OfficeKind]
        self.form.add_choice("office_kind", words.desk_label("office_kind"), kinds)
        self.form.add_line(
            "ceiling_years", words.desk_label("ceiling_years"), _("The floor alone, if empty")
        )
        self.form.add_text("purposes", words.desk_label("purposes"), lines=3)
        shown = self.form.keys()
        self.form.set_values({name: _shown(getattr(present, name)) for name in shown})
        self.form.focus_field("officer_name")

    def submit(self) -> bool:
        settled = desk.from_texts(desk.desk(self._office), self.form.values())
        self.answer = desk.save(self._office, settled)
        return True
