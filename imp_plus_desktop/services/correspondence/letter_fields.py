# SPDX-License-Identifier: Apache-2.0
"""The fields that may stand in a letter, and what they hold of each person.

    fields() -> every field with what it is called
    values(office, people, language, typed) -> what stands in each person's letter

What the register knows of a person comes from the catalogue, as the columns of the list of people
do: a new field of the register is a field of letters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.letters.letters import current_letter, letter_use, window_end
from imp_plus_desktop.domain.reads.list_columns import ListColumn, ListKind, columns
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.codes import Language
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.verdict.checklist import checklist
from imp_plus_desktop.domain.verdict.safe_day import last_safe_day, last_safe_day_chain
from imp_plus_desktop.exchange.correspondence.filled import Value
from imp_plus_desktop.i18n import format_day
from imp_plus_desktop.services.correspondence import letterhead
from imp_plus_desktop.services.office import person_file, summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads.shaping import cells
from imp_plus_desktop.words.correspondence.letter_words import (
    ASKED,
    MEMBER,
    OWN,
    letter_value,
    salutation,
)
from imp_plus_desktop.words.messages import name_of
from imp_plus_desktop.words.terms.list_texts import column_label

_LEFT_OUT = frozenset({"person.tags", "person.died_on"})
"""The office's own words for its files are nobody else's."""
_OUTCOME = "application.outcome"
NO_BLANK = frozenset({"missing_documents", "members", *(n for n in OWN if n.startswith("office_"))})
"""What leaves no line to write on where it is empty: lists, and the office itself."""


@dataclass(frozen=True, slots=True)
class LetterField:
    """A field that may stand in a letter: its name there, and what it is called.

    `members` are the names within it, of one that is gone through.
    """

    name: str
    label: str
    members: tuple[str, ...] = ()
    is_asked: bool = False

    @property
    def tag(self) -> str:
        """What is put into the template."""
        if not self.members:
            return f"{{{{ {self.name} }}}}"
        return f"{{%p for x in {self.name} %}}"


@cache
def _columns() -> Mapping[str, ListColumn]:
    """The columns of the list of people by their names in letters."""
    some = [one for one in columns(ListKind.PEOPLE).values() if one.id not in _LEFT_OUT]
    times = Counter(_plain(one) for one in some)
    names = {
        f"{one.entity}_{one.name}" if times[_plain(one)] > 1 else _plain(one): one for one in some
    }
    return {name: one for name, one in names.items() if name not in OWN}


def _plain(column: ListColumn) -> str:
    return column.field.named if column.field is not None else column.name


def fields() -> list[LetterField]:
    """Every field of letters, in the language in use."""
    listed = {"missing_documents": ("document",), "members": MEMBER}
    own = [LetterField(name, i18n._(text), listed.get(name, ())) for name, text in OWN.items()]
    asked = [LetterField(name, i18n._(text), is_asked=True) for name, text in ASKED.items()]
    of_register = [
        LetterField(name, column_label(ListKind.PEOPLE, column))
        for name, column in _columns().items()
    ]
    return [*own, *asked, *of_register]


def label(name: str) -> str:
    """What a field is called."""
    return next((one.label for one in fields() if one.name == name), name)


def known() -> dict[str, tuple[str, ...]]:
    """The names of all fields, with those of their members."""
    found = dict.fromkeys((*OWN, *ASKED, *_columns()), ())
    return {**found, "members": MEMBER}


def language_of(file: PersonFile) -> str:
    """The language in which the office writes to somebody: French unless the file says English."""
    return (file.person.language or Language.FR).value


def values(
    office: Office, files: Sequence[PersonFile], language: str, typed: Mapping[str, str]
) -> list[dict[str, Value]]:
    """What stands in the letter of each, in a language; what is not known is empty."""
    summary.refresh(office)  # columns are read from what is derived
    wanted = _columns()
    ids = [int(file.person.id) for file in files]
    today = office.clock.today()
    ordered = [column.id for column in wanted.values()]
    found = cells.cells(office.register, ListKind.PEOPLE, ids, ordered, today)
    programme, head = office.programme(), letterhead.letterhead(office)
    with i18n.speaking(language):
        shared: dict[str, Value] = {
            "today": format_day(today),
            "office_name": head.name or "",
            "office_address": head.address or "",
            "office_phone": head.phone or "",
            "office_email": head.email or "",
            **{name: _said(typed.get(name, "")) for name in ASKED},
        }
        made = []
        for file, number in zip(files, ids, strict=True):
            row = found.get(number, (None,) * len(ordered))
            held = dict(zip(ordered, row, strict=True))
            told = {name: letter_value(column, held[column.id]) for name, column in wanted.items()}
            outcome = str(held.get(_OUTCOME) or "")
            own = _own(office, file, today, programme)
            made.append({**told, **shared, **own, "outcome_code": outcome})
        return made


def _own(office: Office, file: PersonFile, today: date, programme: Programme) -> dict[str, Value]:
    """What no list has of a file."""
    person, end = file.person, _last_day(file, today, programme)
    is_open = last_day_open(file, today, programme)[0] is not None
    open_items = (item for item in checklist(file, today, programme) if item.is_open)
    missing = dict.fromkeys(name_of(item.type) for item in open_items if item.member_id is None)
    return {
        "salutation": salutation(person),
        "full_name": person.full_name,
        "apply_by": format_day(end) if end is not None else "",
        "apply_by_open": format_day(end) if end is not None and is_open else "",
        "missing_documents": list(missing),
        "members": [
            {
                "full_name": f"{one.given_names or ''} {one.family_name}".strip(),
                "relation": name_of(one.relation),
                "birth_date": format_day(one.birth_date) if one.birth_date else "",
            }
            for one in file.members
        ],
        "signed_by": person.clerk or (office.user if office.user != "—" else ""),
    }


def last_day_open(
    file: PersonFile, today: date, programme: Programme
) -> tuple[date | None, date | None]:
    """Until when somebody may still apply, and since when they are invited; None where they may
    not, or are not."""
    letter, end = current_letter(file), _last_day(file, today, programme)
    since = None if letter is None else letter.letter_received_date or letter.letter_date
    is_open = end is not None and today <= end and letter_use(file) is None
    return end if is_open else None, since


def _last_day(file: PersonFile, today: date, programme: Programme) -> date | None:
    """The day that the person's page tells, too: a CSQ or a passport may end before the letter."""
    letter = current_letter(file)
    safe, _because = last_safe_day(last_safe_day_chain(file, today, programme))
    return safe or (None if letter is None else window_end(letter, programme))


def _said(typed: str) -> str:
    """What was typed; a day in words."""
    text = typed.strip()
    try:
        return format_day(date.fromisoformat(text)) if len(text) == 10 else text
    except ValueError:
        return text


def files(office: Office, people: Sequence[int]) -> list[PersonFile]:
    """The files of these people in their order; those that are gone are left out."""
    found = person_file.files_of(office, people)
    return [found[number] for number in dict.fromkeys(people) if number in found]
