# SPDX-License-Identifier: Apache-2.0
"""Words and tones of an import: values of a row, effects, what a button will do.

Everything here is a plain function of what the services give. Must not hold a widget or a rule.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records import catalogue
from imp_plus_desktop.domain.records.catalogue import BY_NAME, KEYS_OF_PEOPLE
from imp_plus_desktop.domain.records.fields import Kind, Part
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.i18n import _, format_day, format_iso, format_number, ngettext
from imp_plus_desktop.services.imports.import_drafts import Draft
from imp_plus_desktop.services.imports.import_known import Novelty
from imp_plus_desktop.services.imports.imports import Effect, Preview
from imp_plus_desktop.services.imports.planning.planned_rows import changes_anything
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.messages import country_name, field_label, name_of

PEOPLE, FAMILY = "people", "family"


def _with_whole_names(known: tuple[str, ...]) -> tuple[str, ...]:
    """The fields with the columns of names that lists alone have, each where one looks for it."""
    at = known.index("given_names")
    whole = (field.named for field in catalogue.WHOLE_NAMES)
    return (*known[: at + 1], catalogue.MIDDLE_NAMES.named, *whole, *known[at + 1 :])


PEOPLE_FIELDS = _with_whole_names((*catalogue.READ_FIELDS, *catalogue.TOGETHER_FIELDS))
FAMILY_FIELDS = _with_whole_names(catalogue.FAMILY_FIELDS)
_SAYS_WHO = {"family_name", *(field.named for field in catalogue.WHOLE_NAMES)}


_WHO = (Part.NUMBERS, Part.IDENTITY, Part.PASSPORT)


def _is_offered(field: str) -> bool:
    """Whether somebody may choose a field of those that a row has of several: the third application
    has the headers of the second, and of other members than a spouse lists have who they are."""
    if field in catalogue.IN_FAMILY:
        plain, slot = catalogue.IN_FAMILY[field]
        return slot == "spouse" or plain == "relation" or BY_NAME[plain].traits.part in _WHO
    return catalogue.AGAIN.get(field, ("", "2"))[1] in ("2", "extension")


OFFERED = tuple(filter(_is_offered, PEOPLE_FIELDS))
"""What somebody may choose for a column."""

EFFECT_TONES: Mapping[Effect, Tone] = {
    Effect.NEW: Tone.OK,
    Effect.UPDATE: Tone.ACCENT,
    Effect.SAME: Tone.PLAIN,
    Effect.REVIEW: Tone.WARN,
    Effect.REJECTED: Tone.BAD,
}


def effect_name(effect: Effect) -> str:
    """`New`, `To be checked`, as a chip says it."""
    return name_of(effect, "row_effect")


def effect_count(effect: Effect, count: int) -> str:
    """`Nouvelles 34`: the rows with an effect and how many they are, as a chip says it."""
    words = {
        Effect.NEW: ngettext("new", "new", count),
        Effect.UPDATE: ngettext("updated", "updated", count),
        Effect.SAME: ngettext("unchanged", "unchanged", count),
    }
    word = words.get(effect) or effect_name(effect)
    return f"{word[:1].upper()}{word[1:]} {format_number(count)}"


def value_text(field: str, value: Any) -> str:
    """A typed value, or the text of one, as a person reads it; empty for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool) or value in ("yes", "no"):
        return name_of(value, None if isinstance(value, bool) else "yes_no")
    known = BY_NAME[field]
    if known.kind is Kind.INSTANT and isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, date):
        return format_iso(_day_of(value))
    if known.is_country:
        return country_name(str(value))
    if known.words:
        return name_of(str(value), known.words)
    if isinstance(value, StrEnum):
        return name_of(value)
    return str(value)


def _day_of(value: date) -> date:
    """The day, in Toronto where the moment is told."""
    if isinstance(value, datetime):
        return toronto_day(value) if value.tzinfo else value.date()
    return value


def kind_text(kind: str, *, members: bool = False) -> str:
    """What a list is of: people, members of their families, or both."""
    if kind == FAMILY:
        return _("family members")
    return _("people and family members") if members else _("people")


def cell_text(cell: Any) -> str:
    """A cell as the list writes it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}" if cell.hour or cell.minute else format_iso(cell.date())
    if isinstance(cell, date):
        return format_iso(cell)
    return name_of(cell) if isinstance(cell, bool) else str(cell)


def column_letters(index: int) -> str:
    """0 is `A`, 26 is `AA`, as a spreadsheet names its columns."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def people_and_members(preview: Preview) -> tuple[int, int, int]:
    """How many people and members an import would add or change, and rows it would hold."""
    own = preview.of_members
    rows = own.new + own.updated
    people = preview.counts.new + preview.counts.updated - rows
    members = rows + preview.members_beside
    return people, members, preview.counts.review


def import_button(preview: Preview) -> str:
    """What the last button does; empty when it would do nothing."""
    if not changes_anything(sheet.rows for sheet in preview.sheets):
        return ""
    people, members, review = people_and_members(preview)
    if people and members:
        return _("Import {people} and {members}").format(
            people=people_text(people), members=members_text(members)
        )
    if people:
        return ngettext("Import {count} person", "Import {count} people", people).format(
            count=format_number(people)
        )
    if members:
        return ngettext(
            "Import {count} family member", "Import {count} family members", members
        ).format(count=format_number(members))
    if review:
        return ngettext("Hold {count} row to check", "Hold {count} rows to check", review).format(
            count=format_number(review)
        )
    return ""


def novelty_text(novelty: Novelty, today: date) -> str:
    """What to know of a list that the register holds already; empty when the list is news."""
    if novelty.leaves_out and not novelty.changes:
        return ""  # the counts say it: it would be wrong to say that the register holds all of it
    day = toronto_day(novelty.imported_at) if novelty.imported_at is not None else None
    if day is None:
        if novelty.changes:
            return ""
        return _("The register already holds all that this list can bring: nothing will change.")
    if novelty.updates:
        return _(
            "This very file was imported on {day}. Imported again, it would put its values in the "
            "place of what was changed since."
        ).format(day=format_day(day))
    if novelty.changes:
        return _(
            "This very file was imported on {day}. Only what is counted above would still change."
        ).format(day=format_day(day))
    if day == today:
        return _("This list has been in the register since today: nothing will change.")
    return _("This list has been in the register since {day}: nothing will change.").format(
        day=format_day(day)
    )


def draft_text(draft: Draft) -> str:
    """Whose choices and corrections of an import left in the middle are taken up again."""
    count, day = len(draft.choices.repairs), format_day(toronto_day(draft.at))
    if not count and not draft.choices.taken:
        return _("The columns are as they were chosen on {day} ({who}).").format(
            day=day, who=draft.who
        )
    if not count:
        return _("The conflicts are as they were decided on {day} ({who}).").format(
            day=day, who=draft.who
        )
    text = ngettext(
        "{count} correction of {day} ({who}) that has not been imported yet is there again.",
        "{count} corrections of {day} ({who}) that have not been imported yet are there again.",
        count,
    )
    return text.format(count=format_number(count), day=day, who=draft.who)


def people_text(count: int) -> str:
    return ngettext("{count} person", "{count} people", count).format(count=format_number(count))


def members_text(count: int) -> str:
    return ngettext("{count} family member", "{count} family members", count).format(
        count=format_number(count)
    )


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a list must hold, and whether it does."""

    text: str
    met: bool


def says_who(fields: Collection[str]) -> bool:
    """Whether a list with these columns says what people are called: given names alone do not."""
    return not _SAYS_WHO.isdisjoint(fields)


def needs(kind: str, fields: set[str]) -> tuple[Need, ...]:
    """What makes a sheet a list that can be imported, with the columns it has."""
    name = says_who(fields)
    if kind == FAMILY:
        return (
            Need(field_label("principal_reference"), "principal_reference" in fields),
            Need(field_label("relation"), "relation" in fields),
            Need(_("A family name, or an only name"), name),
        )
    number = not fields.isdisjoint(KEYS_OF_PEOPLE)
    likeness = name and {"birth_date", "citizenship"} <= fields
    return (
        Need(field_label("letter_date"), "letter_date" in fields),
        Need(_("A family name, or an only name"), name),
        Need(
            _("Who it is: a reference, a UCI or a file number, else birth date and citizenship"),
            number or likeness,
        ),
    )
