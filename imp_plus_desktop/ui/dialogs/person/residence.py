# SPDX-License-Identifier: Apache-2.0
"""Where a person lives: `ResidenceDialog(office, person_id, residence=None).ask()`.

All the residences on one line and in one list, the chosen one in the form, what the rule says of
them below; stored together as one act. Without a residence it begins with a new one. Answers what
changed, None when it was given up. Must not hold a rule: `residences` and the domain judge.
"""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QWidget

from imp_plus_desktop.domain.records.papers import Residence
from imp_plus_desktop.domain.residence.residence import QUEBEC
from imp_plus_desktop.domain.residence.stays import Stretch, StretchKind, troubles
from imp_plus_desktop.domain.values.codes import ResidenceProof
from imp_plus_desktop.i18n import _, format_day_short
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.people import people, residences
from imp_plus_desktop.services.people.residences import Draft, ResidenceLine
from imp_plus_desktop.ui.charts.stay_line import StayLine, StayLineView, StayStretch
from imp_plus_desktop.ui.days.day_words import parse_day
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import mark_days, mark_needed, typed_day
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.verdicts.findings import lines_of
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine
from imp_plus_desktop.ui.widgets.labels import button
from imp_plus_desktop.words.messages import field_label, name_of, place_name

_CANADA = "CAN"
_ROWS = 4
"""How many residences the list shows without scrolling."""


class ResidenceDialog(FormDialog[Changed]):
    """The residences of one person, entered and corrected together."""

    ACT = "people.residence"

    def __init__(
        self,
        office: Office,
        person_id: int,
        residence: Residence | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Residences"),
            _("Save the residences"),
            parent,
            sentence=_(
                "The first and the last day count. Without a first day, a residence holds for "
                "every earlier day that no other one covers."
            ),
            columns=2,
        )
        self._office, self._person_id = office, person_id
        self._file = people.file(office, person_id)
        self.tell_whose(self._file.person.full_name)
        self._known = {code for code, _name in choices.countries(office, places=True)}
        self._drafts = residences.drafts_of(self._file)
        self._chosen = 0
        self._line = StayLine(self)
        self._list = QListWidget(self)
        self._add = button(_("Add a residence"), "link")
        self._remove = button(_("Remove"), "link")
        self._assemble_head()
        self._add_fields()
        chosen = None if residence is None else residence.id
        self._choose(next((n for n, d in enumerate(self._drafts) if d.id == chosen), None))
        self._list.currentRowChanged.connect(self._on_row_changed)
        self._add.clicked.connect(self._on_add_clicked)
        self._remove.clicked.connect(self._on_remove_clicked)
        self.form.edited.connect(self._on_form_edited)
        self.form.focus_field("country")

    def submit(self) -> bool:
        for place, draft in enumerate(self._drafts):
            if draft.country not in self._known or not draft.country:
                self._list.setCurrentRow(place)
                mark_needed(self.form, "country", _("Choose a country of the list."))
                return False
        if self._drafts:
            for key in ("from_day", "until_day"):
                typed_day(self.form, key)
        if self.form.has_findings():
            return False
        for place, draft in enumerate(self._drafts):
            found = residences.days_of_stay(self._office, self._file, draft)
            if any(one.stops_a_hand for one in found):
                self._list.setCurrentRow(place)
                self._mark_days()
                return False
        self.answer = residences.save_all(self._office, self._person_id, self._drafts)
        return True

    def _choose(self, place: int | None) -> None:
        """Put a residence in the form; None begins a new one."""
        if place is None:
            self._drafts.append(Draft(""))
            place = len(self._drafts) - 1
        self._chosen = place
        self._show_list()
        self._fill_form()
        self._show_line()

    def _fill_form(self) -> None:
        self.form.setEnabled(bool(self._drafts))
        draft = self._drafts[self._chosen] if self._drafts else Draft("")
        self.form.clear_findings()
        self.form.set_values(
            {
                "country": draft.country,
                "province": draft.province or "",
                "from_day": iso(draft.from_day) if draft.from_day else "",
                "until_day": iso(draft.until_day) if draft.until_day else "",
                "proof": draft.proof.value if draft.proof else "",
            }
        )
        self.form.set_field_shown("province", _has_province(draft))
        self._mark_days()

    def _mark_days(self) -> None:
        """Say under the days of the chosen residence what is wrong with them."""
        if self._drafts:
            draft = self._drafts[self._chosen]
            mark_days(self.form, residences.days_of_stay(self._office, self._file, draft))

    def _on_form_edited(self, key: str) -> None:
        form = self.form
        draft = self._drafts[self._chosen]
        country, proof = form.value("country"), form.value("proof")
        if key == "country":
            # A province that contradicts its country goes when a country is chosen.
            draft = replace(draft, country=country, province=None)
            form.set_field_shown("province", _has_province(draft))
        draft = replace(
            draft,
            country=country if country in self._known else "",
            province=form.value("province") or None if _has_province(draft) else None,
            proof=ResidenceProof(proof) if proof else None,
        )
        try:
            first, last = parse_day(form.value("from_day")), parse_day(form.value("until_day"))
            draft = replace(draft, from_day=first, until_day=last)
        except ValueError:
            pass  # a day still being typed; `submit` marks one that stays unreadable
        self._drafts[self._chosen] = draft
        form.clear_findings()
        self._mark_days()
        self._show_list()
        self._show_line()

    def _on_row_changed(self, row: int) -> None:
        if 0 <= row < len(self._drafts) and row != self._chosen:
            self._chosen = row
            self._fill_form()

    def _on_add_clicked(self) -> None:
        self._choose(None)
        self.form.focus_field("country")

    def _on_remove_clicked(self) -> None:
        if self._drafts:
            del self._drafts[self._chosen]
        self._chosen = max(0, min(self._chosen, len(self._drafts) - 1))
        self._show_list()
        self._fill_form()
        self._show_line()

    def _show_list(self) -> None:
        blocked = self._list.blockSignals(True)
        self._list.clear()
        self._list.addItems([_draft_text(draft) for draft in self._drafts])
        self._list.setCurrentRow(self._chosen if self._drafts else -1)
        self._list.blockSignals(blocked)
        self._remove.setEnabled(bool(self._drafts))

    def _show_line(self) -> None:
        known = residences.as_residences(
            [draft for draft in self._drafts if draft.country], self._person_id
        )
        line = residences.line_of(known, self._file, self._office.clock.today())
        judged = _("today") if line.judged_on == line.today else _("receipt")
        shown = tuple(_stretch(stretch) for stretch in line.stretches)
        self._line.show_view(StayLineView(shown, line.judged_on, judged))
        found = residences.finding_on(self._file, known, line.judged_on)
        self.show_findings([*lines_of([found]), *_trouble_lines(line)])

    def _add_fields(self) -> None:
        form = self.form
        form.add_choice(
            "country",
            field_label("country"),
            choices.countries(self._office, places=True),
            typing=True,
        )
        form.add_choice("province", field_label("province"), choices.provinces())
        form.add_day("from_day", field_label("from_day"))
        form.add_day("until_day", field_label("until_day"))
        proofs = choices.with_none(choices.of_codes(ResidenceProof))
        form.add_choice("proof", field_label("proof"), proofs)

    def _assemble_head(self) -> None:
        set_name(self._line, _("Residences on one line"))
        set_name(self._list, _("Residences"))
        height = theme.metrics().control * _ROWS
        self._list.setFixedHeight(height)
        self._list.setSpacing(theme.space(1) // 2)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        links = QHBoxLayout()
        links.addWidget(self._add)
        links.addWidget(self._remove)
        links.addStretch(1)
        self.head.addWidget(self._line)
        self.head.addWidget(self._list)
        self.head.addLayout(links)


def _has_province(draft: Draft) -> bool:
    """In Canada; elsewhere only what a list has brought, and contradicts the country."""
    return draft.country == _CANADA or bool(draft.province)


def _draft_text(draft: Draft) -> str:
    """`Ontario · since 2023-05-01 · lease`."""
    if not draft.country:
        return _("New residence")
    parts = [place_name(draft.country, draft.province), _days(draft)]
    parts.append(name_of(draft.proof) if draft.proof else _("no proof"))
    return " · ".join(parts)


def _days(draft: Draft) -> str:
    first, last = draft.from_day, draft.until_day
    if first is None and last is None:
        return _("no day recorded")
    if first is None and last is not None:
        return _("until {day}").format(day=format_day_short(last))
    if last is None or first is None:
        return _("since {day}").format(day=format_day_short(first or last or date.min))
    return _("{first} to {last}").format(first=format_day_short(first), last=format_day_short(last))


def _stretch(stretch: Stretch) -> StayStretch:
    if stretch.kind is StretchKind.GAP:
        return StayStretch(stretch.first, stretch.last, _("no residence recorded"), Tone.PLAIN)
    stay = stretch.stays[0]
    text = place_name(stay.country, stay.province)
    tone = Tone.BAD if stay.country == _CANADA and stay.province == QUEBEC else Tone.OK
    if stretch.kind is StretchKind.OVERLAP:
        text = " + ".join(place_name(s.country, s.province) for s in stretch.stays)
        tone = Tone.WARN
    return StayStretch(stretch.first, stretch.last, text, tone)


def _trouble_lines(line: ResidenceLine) -> list[FindingLine]:
    """Days without a residence, and days with several."""
    lines = []
    for stretch in troubles(line.stretches):
        span = {"first": format_day_short(stretch.first), "last": format_day_short(stretch.last)}
        if stretch.kind is StretchKind.GAP:
            text = _("No residence from {first} to {last}").format(**span)
            lines.append(FindingLine(Tone.UNKNOWN, text))
        else:
            text = _("Several residences from {first} to {last}: the latest begun counts")
            lines.append(FindingLine(Tone.WARN, text.format(**span)))
    return lines
