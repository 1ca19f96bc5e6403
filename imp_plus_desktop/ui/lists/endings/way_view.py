# SPDX-License-Identifier: Apache-2.0
"""What the board says of a permit that ends and of each way on, as plain values.

    board_view(ways) -> BoardView      .banner, .ways (the four of everybody), .others

Must not hold a widget, nor weigh anything.
"""

from collections.abc import Sequence
from datetime import timedelta

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines.nearness import SOON_DAYS
from imp_plus_desktop.domain.documents.documents import Presence
from imp_plus_desktop.domain.ways.ways import Answer, WayOn
from imp_plus_desktop.i18n import _, format_cents, format_day, format_day_short, ngettext
from imp_plus_desktop.services.permits.endings import Ways
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.look.glyphs import OF_TONE, Glyph
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.messages import name_of
from imp_plus_desktop.words.terms.way_texts import months_text

MAIN = ("extension", "bridging", "employer", "restoration")
"""The ways that stand beside each other, in the same place for everybody."""

_POINT = " · "
_LATER = frozenset({"permit_ended", "within_restoration"})
"""What is not yet so while the permit runs: no condition that fails."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A line with its sign; the tooltip says where it comes from."""

    tone: Tone
    glyph: Glyph
    text: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class WayView:
    """One way as it is shown. `strong` stands above `quiet` in its cell."""

    key: str
    title: str
    about: str
    chip: Sign
    chip_tip: str
    conditions: tuple[Sign, ...]
    papers: tuple[Sign, ...]
    by: tuple[str, str]
    cost: tuple[str, str]
    family: tuple[str, str]
    recommended: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class BoardView:
    """Everything beside the list."""

    tone: Tone
    title: str
    sentence: str
    ways: tuple[WayView, ...]
    others: tuple[WayView, ...]


def board_view(found: Ways) -> BoardView:
    """What is shown of one person."""
    views = [_way(found, one) for one in found.ways]
    tone, title, sentence = _banner(found)
    return BoardView(
        tone,
        title,
        sentence,
        tuple(view for view in views if view.key in MAIN),
        tuple(view for view in views if view.key not in MAIN),
    )


def _banner(found: Ways) -> tuple[Tone, str, str]:
    ending, left = found.ending, found.days_left
    if ending.held.kept and ending.held.waiting_since is not None:
        filed = format_day(ending.held.waiting_since)
        title = _("Status maintained until the decision")
        return Tone.OK, title, _("What was filed on {day} waits for IRCC.").format(day=filed)
    if left < 0:
        return _ended(found)
    words = ngettext(
        "{count} day to apply without ceasing to work",
        "{count} days to apply without ceasing to work",
        left,
    )
    sentence = _after(found)
    advised = next((one.advised for one in found.ways if one.advised is not None), None)
    if advised is not None and advised > ending.day:
        best = _("Preferably by {day}.").format(day=format_day(advised))
        sentence = f"{best} {sentence}"
    near = Tone.WARN if left <= SOON_DAYS else Tone.ACCENT
    return near, words.format(count=write.number(left)), sentence


def _after(found: Ways) -> str:
    ending = found.ending
    until = ending.permit.valid_until
    days = write.number(ending.programme.restoration_days)
    facts = {
        "until": format_day(until),
        "next": format_day(until + timedelta(days=1)),
        "days": days,
    }
    if found.waiting_cents is None or found.waiting_cents <= 0:
        return _("After {until}: no work from {next} on, and {days} days to restore.").format(
            **facts
        )
    cost = format_cents(found.waiting_cents)
    return _("After {until}: no work from {next} on, {days} days to restore, {cost} more.").format(
        **facts, cost=cost
    )


def _ended(found: Ways) -> tuple[Tone, str, str]:
    ending = found.ending
    count = -found.days_left
    title = ngettext(
        "Ended {count} day ago, nothing filed", "Ended {count} days ago, nothing filed", count
    ).format(count=write.number(count))
    last = format_day(ending.restorable_until)
    if ending.day <= ending.restorable_until:
        return Tone.BAD, title, _("The status can be restored until {day}.").format(day=last)
    return Tone.BAD, title, _("The status could be restored until {day}.").format(day=last)


def _way(found: Ways, one: WayOn) -> WayView:
    way, chosen = one.way, one.way.key == found.chosen
    about = [way.code] if way.permit and way.code else []
    about += [_("open permit") if way.permit == "open" else _("tied")] if way.permit else []
    about += [months_text(way.months)] if way.months else []
    if way.key == "restoration":
        days = write.days_in_words(found.ending.programme.restoration_days)
        about = [_("{days} after the end").format(days=days)]
    chip = _chip(found, one, chosen=chosen)
    return WayView(
        key=way.key,
        title=name_of(way.key, "way"),
        about=_POINT.join(about),
        chip=chip,
        chip_tip=_why(one) if one.recommended else "",
        conditions=tuple(_condition(one, answer, found) for answer in one.answers),
        papers=tuple(
            Sign(
                Tone.OK if paper.presence is Presence.YES else Tone.PLAIN,
                Glyph.CHECK if paper.presence is Presence.YES else Glyph.BOX,
                name_of(paper.type),
            )
            for paper in one.papers
        ),
        by=_by(found, one),
        cost=_cost(one),
        family=_family(found, one),
        recommended=one.recommended,
        chosen=chosen,
    )


def _chip(found: Ways, one: WayOn, *, chosen: bool) -> Sign:
    if chosen:
        return Sign(Tone.ACCENT, Glyph.CHECK, _("Way chosen"))
    if one.recommended:
        return Sign(Tone.OK, Glyph.CHECK, _("Recommended way"))
    if one.way.key == "restoration" and found.ending.runs:
        return Sign(Tone.PLAIN, Glyph.RING, _("Not now"))
    if one.fails:
        return Sign(Tone.BAD, Glyph.CROSS, _("A condition fails"))
    if not one.is_open:
        return Sign(Tone.UNKNOWN, Glyph.QUESTION, _("To be checked"))
    if one.way.discretion:
        return Sign(Tone.UNKNOWN, Glyph.QUESTION, _("Case by case"))
    return Sign(Tone.PLAIN, Glyph.CHECK, _("Possible"))


def _why(one: WayOn) -> str:
    return _(
        "No condition fails or is unknown; of such ways it lasts longest, then costs least, "
        "then leaves the officer the least to weigh. Source: {source}"
    ).format(source=one.way.source)


def _condition(one: WayOn, answer: Answer, found: Ways) -> Sign:
    tip = _("Source: {source}").format(source=one.way.source)
    text = name_of(answer.condition, "way_condition")
    if answer.condition == "passport_covers" and answer.met is False:
        return Sign(Tone.WARN, Glyph.TRIANGLE, _passport(one, found), tip)
    if answer.met:
        return Sign(Tone.OK, Glyph.CHECK, text, tip)
    later = answer.condition in _LATER and found.ending.runs
    if later:
        return Sign(Tone.PLAIN, Glyph.RING, text, tip)
    if answer.met is None:
        return Sign(Tone.UNKNOWN, Glyph.QUESTION, text, tip)
    tone = Tone.WARN if answer.weighed else Tone.BAD
    return Sign(tone, OF_TONE[tone], _not(answer.condition), tip)


def _not(condition: str) -> str:
    """A condition that fails, said the other way round."""
    said = {
        "permit_runs": _("Permit ended"),
        "pr_in_process": _("PR not in process"),
        "pr_acknowledged": _("PR not acknowledged"),
        "pr_not_decided": _("PR decided"),
        "csq_held": _("CSQ expired"),
        "lives_in_quebec": _("Does not live in Quebec"),
        "in_canada": _("Is not in Canada"),
        "waits_for_csq": _("Has the CSQ already"),
        "policy_open": _("Policy not in force"),
        "employer_permit_ends": _("The permit is open"),
        "within_restoration": _("The 90 days are over"),
        "conditions_respected": _("Work or address outside Quebec"),
    }
    return said.get(condition) or name_of(condition, "way_condition")


def _passport(one: WayOn, found: Ways) -> str:
    cut = one.passport_until
    if cut is not None and cut <= found.ending.day:
        return _("Passport expired")
    return _("Passport: {days} lost").format(days=write.days(one.lost_days))


def _by(found: Ways, one: WayOn) -> tuple[str, str]:
    wait = found.waits.get(one.way.key)
    if one.by is None:
        return write.DASH, ""
    left = (one.by - found.ending.day).days
    first = format_day_short(one.by)
    if left >= 0:
        first = _POINT.join((first, write.days(left)))
    if not one.way.months:
        return first, ""
    if wait is None:
        return first, _("wait: not enough files")
    days, count = wait
    words = ngettext("wait: {days}, {count} file", "wait: {days}, {count} files", count)
    return first, words.format(days=write.days(days), count=write.number(count))


def _cost(one: WayOn) -> tuple[str, str]:
    if not one.way.fees:
        return "", ""
    if one.cents is None:
        return _("Not known"), ""
    said = format_cents(one.cents)
    if one.indexed_on is not None:
        day = format_day_short(one.indexed_on)
        return said, _("to be looked up from {day}").format(day=day)
    if one.employer_cents:
        amount = format_cents(one.employer_cents)
        return said, _("and {amount} by the employer").format(amount=amount)
    return said, ""


def _family(found: Ways, one: WayOn) -> tuple[str, str]:
    if not found.members:
        return _("No family"), ""
    said = name_of(one.way.family, "way_family")
    if not one.family_cents or one.total_cents is None:
        return said, ""
    return said, _("{amount} in all").format(amount=format_cents(one.total_cents))


def spoken(lines: Sequence[Sign]) -> str:
    """Lines as a screen reader says them."""
    return ", ".join(line.text for line in lines)
