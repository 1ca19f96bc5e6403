# SPDX-License-Identifier: Apache-2.0
"""Words of the board, of the over-cap list and of the reports. Must not count anything.

Labels stand alone before their number; sentences say what a report stands on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from imp_plus_desktop.domain.letters.intake import Intake
from imp_plus_desktop.domain.quota.forecast import Pace
from imp_plus_desktop.domain.quota.late_receipts import Holder
from imp_plus_desktop.domain.quota.over_cap import Item, OverCapItem
from imp_plus_desktop.domain.quota.reports import Override, Period, ReportKind
from imp_plus_desktop.domain.values.calendar import toronto_day, toronto_time, toronto_year
from imp_plus_desktop.domain.values.programme import PlaceSwitches
from imp_plus_desktop.i18n import N_, _, format_day, format_number, format_time, ngettext

FIGURES: Mapping[str, str] = {
    "submitted": N_("Applications submitted"),
    "received": N_("Applications received"),
    "approved": N_("Approved"),
    "refused": N_("Refused"),
    "withdrawn": N_("Withdrawn"),
    "returned": N_("Returned incomplete"),
    "cancelled_over_cap": N_("Cancelled over cap"),
    "extensions": N_("Of the received: extensions"),
    "letters": N_("Letters issued by MIFI"),
    "issued": N_("Permits issued"),
    "cap_applications": N_("Cap on applications"),
    "cap_letters": N_("Limit on letters"),
    "cap_permits": N_("Limit on permits"),
    "use_received": N_("Applications received in the year"),
    "use_used": N_("Places used, our register"),
    "use_effective_used": N_("Places that count as used"),
    "use_over_cap": N_("Over the cap in the year"),
    "use_letters": N_("Letters counted in the year"),
    "use_permits": N_("Permits counted in the year"),
    "returned_uses_place": N_("Returned applications use a place"),
    "extension_uses_place": N_("Extensions use a place"),
    "used": N_("Places used, our register"),
    "effective_used": N_("Places that count as used"),
    "over_cap": N_("Over the cap, to be refunded"),
    "pending": N_("Decision awaited"),
    "near_boundary": N_("Received near midnight on December 31"),
    "permits": N_("Permits issued"),
}
"""Figures of reports, of the board and of what a closing keeps, by code."""

ITEMS: Mapping[OverCapItem, str] = {
    OverCapItem.REFUND: N_("Refund"),
    OverCapItem.BIOMETRICS: N_("Biometric letter"),
    OverCapItem.FAMILY: N_("Family’s applications"),
}

PARAMETERS: Mapping[str, str] = {
    "opened": N_("First day of the programme"),
    "last_accepted_letter": N_("Date of the last letter accepted"),
    "letter_window_days": N_("Days to apply after receipt of the letter"),
    "restoration_days": N_("Days to restore a status in Canada"),
    "decision_due_days": N_("Days after which a decision is usually there"),
    "returned_uses_place": N_("Returned applications use a place"),
    "extension_uses_place": N_("Extensions use a place"),
}


_MOST_ACTS = 6


def intake_text(intake: Intake) -> str:
    """That no letter is accepted any more, and since when; empty while letters come in."""
    if intake.open:
        return ""
    return _(
        "IRCC accepts no letter dated after {day}: free places are for letters written by then."
    ).format(day=format_day(intake.last_letter))


def figure_label(code: str) -> str:
    """A figure's name, to stand before its number."""
    return _(FIGURES[code]) if code in FIGURES else code


def parameter_label(name: str) -> str:
    """A setting's name, to stand before its value."""
    return _(PARAMETERS[name]) if name in PARAMETERS else name


def item_label(item: OverCapItem) -> str:
    """What is to be brought to an end for an application over the cap."""
    return _(ITEMS[item])


def items_text(items: Iterable[Item]) -> str:
    """What is still open, in a few words: `Refund, Biometric letter`; empty for nothing."""
    kinds = dict.fromkeys(item.kind for item in items if not item.closed)
    return ", ".join(item_label(kind) for kind in kinds)


def period_text(period: Period) -> str:
    """A period's name: `Week 47 of 2024`, `Quarter 3 of 2024`, `Year 2024`."""
    if period.kind is ReportKind.WEEKLY:
        return _("Week {number} of {year}").format(number=period.number, year=period.year)
    if period.kind is ReportKind.QUARTERLY:
        return _("Quarter {number} of {year}").format(number=period.number, year=period.year)
    return _("Year {year}").format(year=period.year)


def period_short(period: Period) -> str:
    """A period under a column: `W47`, `Q3 2024`, `2024`."""
    if period.kind is ReportKind.WEEKLY:
        return _("W{number}").format(number=period.number)
    if period.kind is ReportKind.QUARTERLY:
        return _("Q{number} {year}").format(number=period.number, year=period.year)
    return str(period.year)


def period_days(period: Period) -> str:
    """The days of a period: `from July 1, 2024 to September 30, 2024`."""
    return _("from {first} to {last}").format(
        first=format_day(period.first), last=format_day(period.last)
    )


def report_title(kind: ReportKind) -> str:
    """What a report is called."""
    titles = {
        ReportKind.WEEKLY: _("Weekly report"),
        ReportKind.QUARTERLY: _("Quarterly report"),
        ReportKind.YEARLY: _("Yearly report"),
    }
    return titles[kind]


def choices_text(switches: PlaceSwitches) -> str:
    """What the year's switches say, where the instructions are silent (CAP-05)."""
    returned = (
        _("Applications returned incomplete use a place")
        if switches.returned_uses_place
        else _("Applications returned incomplete use no place")
    )
    extension = (
        _("extensions use a place")
        if switches.extension_uses_place
        else _("extensions use no place")
    )
    return _("{returned}; {extension}.").format(returned=returned, extension=extension)


def counting_text() -> str:
    """How letters and permits are counted, for the foot of a report."""
    return _(
        "A letter counts in the year of its date, and once even when it is issued again; a "
        "permit counts when it is a principal’s first. Receipts count on their day in Toronto."
    )


def pace_text(paces: Sequence[Pace]) -> str:
    """The paces that a projection stands on, and where they lead; empty without any."""
    if not paces:
        return ""
    parts = [
        _("{count} a week over {weeks} weeks").format(count=_rate(pace), weeks=pace.weeks)
        for pace in paces
    ]
    low, high = (f(pace.year_end for pace in paces) for f in (min, max))
    said = _("Pace of our own receipts: {paces}").format(paces=", ".join(parts))
    if low == high:
        end = _("at this pace, {count} on December 31").format(count=format_number(low))
    else:
        end = _("at these paces, {low} to {high} on December 31").format(
            low=format_number(low), high=format_number(high)
        )
    return _("{pace}; {end}.").format(pace=said, end=end)


def correction_text(code: str, then: int | None, now: int | None, acts: Sequence[int]) -> str:
    """A figure that is no longer what it was: `Refused: 12 then, 13 now (acts 41, 40)`."""
    words = _("{figure}: {then} then, {now} now").format(
        figure=figure_label(code), then=_number(then, code), now=_number(now, code)
    )
    if not acts:
        return words
    listed = ", ".join(str(act) for act in acts[:_MOST_ACTS])
    more = "…" if len(acts) > _MOST_ACTS else ""
    return _("{words} (acts {acts})").format(words=words, acts=listed + more)


def held_by_text(held: Holder) -> str:
    """Whose later receipt holds the place that an earlier one, recorded late, would have had."""
    words = _(
        "By its receipt it would have had a place: {name}, received later ({day}, {time}), "
        "holds place {place} of {year}. Places do not move."
    )
    return words.format(
        name=held.name,
        day=format_day(toronto_day(held.received_at)),
        time=format_time(toronto_time(held.received_at)),
        place=format_number(held.place),
        year=toronto_year(held.received_at),
    )


def override_text(one: Override) -> str:
    """A rule that was set aside: `March 4, 2024: INV-02 set aside (act 12): reason`.

    With the day on which it was recorded, where that is another one.
    """
    if one.on != one.event_on:
        words = _("{day}, recorded on {on}: {rule} set aside (act {act}): {reason}")
    else:
        words = _("{day}: {rule} set aside (act {act}): {reason}")
    return words.format(
        day=format_day(one.event_on),
        on=format_day(one.on),
        rule=one.rule,
        act=one.act,
        reason=one.reason,
    )


def unmoved_text(count: int) -> str:
    """What a changed switch does to the places there are: nothing, and how many that concerns."""
    if not count:
        return _("No application of the year is concerned.")
    return ngettext(
        "{count} application recorded before stays as it is.",
        "{count} applications recorded before stay as they are.",
        count,
    ).format(count=format_number(count))


def _number(value: int | None, code: str) -> str:
    if value is None:
        return "—"
    if code in PARAMETERS:
        return _("yes") if value else _("no")
    return format_number(value)


def _rate(pace: Pace) -> str:
    rate = Decimal(pace.receipts) / pace.weeks
    if rate >= 10 or rate == int(rate):
        return format_number(round(rate))
    return _("{whole}.{tenth}").format(whole=int(rate), tenth=int(rate * 10) % 10)
