# SPDX-License-Identifier: Apache-2.0
"""Two files that are one person become one: compared, chosen field by field, merged as one act.

The first file stays and everything of the second moves to it: letters, residences, passports,
applications with their permits, members, documents, notes, contacts. What is not kept of two
entries that say the same differently is written down in a note. One undo takes all of it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, fields
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.people.merging import Clash, Comparison, Side
from imp_plus_desktop.domain.people.merging import compare as compare_files
from imp_plus_desktop.domain.records.catalogue import NAMES, PARTLY, known_of
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId, PersonId
from imp_plus_desktop.domain.records.papers import Document
from imp_plus_desktop.domain.records.person import FormerName, Person
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.names import fold, list_name
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.duplicates import matching, passport_pairs
from imp_plus_desktop.services.duplicates.passport_pairs import LikelyPair
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.storage.archive.known_people import known_people
from imp_plus_desktop.storage.journal import cap_places
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.words.terms.field_texts import field_label
from imp_plus_desktop.words.terms.value_texts import value_text

_STEP = 25
"""People looked at between two words about the progress."""
_OWN = frozenset({"id", "person_id"})
"""Columns that say what an entry is and not what it holds."""
_RECEIPT = frozenset({"received_at", "cap_year", "place", "outcome", "decided_on"})
"""Columns of an application that only mean something with its place."""


@dataclass(frozen=True, slots=True)
class Merged:
    """`person` is the file that stays, `gone` the one that went; `moved` counts entries."""

    act: ActId
    person: PersonId
    gone: PersonId
    moved: Mapping[str, int]
    taken: Mapping[str, Side]


def compare(office: Office, left: int, right: int) -> Comparison:
    """What two files say differently. Errors: DomainError person_not_found, same_person."""
    office.must_see_all()
    if left == right:
        raise InvalidInput("same_person")
    return compare_files(person_file.file_of(office, left), person_file.file_of(office, right))


def merge(
    office: Office,
    left: int,
    right: int,
    take: Mapping[str, str] | None = None,
    *,
    sure: bool = False,
) -> Merged:
    """Make one file of two: `left` stays, `right` goes. `take` chooses a side by field or clash.

    Whatever the two say differently must be chosen; only where nothing is lost by it a clash has a
    default. `sure` is the explicit yes that two references, UCIs, sexes or birth dates ask for.
    Errors: DomainError person_not_found, same_person, unknown_choice, choice_needed(names),
    two_people(fields).
    """
    with office.act("people.merge") as act:
        found = compare(office, left, right)
        taken = _taken(found, take or {})
        if found.contradictions and not sure:
            raise Refused("two_people", fields=found.contradictions)
        work = _Merging(act, found, taken)
        work.run()
        act.details["merged"] = {"into": int(left), "from": int(right)}
        act.details["counts"] = dict(work.moved)
    return Merged(
        ActId(act.id or 0), PersonId(int(left)), PersonId(int(right)), dict(work.moved), taken
    )


def likely_duplicates(office: Office, progress: Progress | None = None) -> list[LikelyPair]:
    """Files that may be one person, the likest first.

    Two different references or UCIs are two people, whatever the names; one passport number is
    one person, or was mistyped in one of the files, whatever the references.
    """
    office.must_see_all()
    known = {person.id: person for person in known_people(office.register)}
    people = matching.People(known.values())
    pairs: dict[tuple[int, int], LikelyPair] = {}
    # Of two who are one, at least one has no reference: only these are looked at.
    wanted = [person for person in known.values() if person.individual_reference is None]
    for done, person in enumerate(wanted):
        if progress is not None and done % _STEP == 0:
            progress.step(done, len(wanted))
        told = (*NAMES, "birth_date", "birth_known", "citizenship")
        values = {name: getattr(person, name) for name in told}
        for candidate in people.alike(values):
            other = known[candidate.person_id]
            if other.id == person.id or _two_people(person.uci, other.uci):
                continue
            left, right = sorted((person.id, other.id))
            names = {p.id: list_name(p.family_name, p.given_names) for p in (person, other)}
            pairs[left, right] = LikelyPair(
                PersonId(left),
                PersonId(right),
                names[left],
                names[right],
                candidate.score,
                candidate.because,
            )
    for pair in passport_pairs.pairs(office, known):
        pairs[pair.left, pair.right] = pair
    return sorted(pairs.values(), key=lambda pair: (-pair.score, pair.left, pair.right))


def _two_people(one: str | None, other: str | None) -> bool:
    return bool(one and other and normalise(one) != normalise(other))


def _taken(found: Comparison, take: Mapping[str, str]) -> dict[str, Side]:
    choices = found.choices
    taken = dict(found.defaults)
    agreed = {one.name for one in fields(Person)} - choices.keys() - {"id"}
    for name, side in take.items():
        if name in agreed and side in (Side.LEFT, Side.RIGHT):
            continue  # both say the same, or only one says anything
        if name not in choices or side not in choices[name]:
            raise InvalidInput("unknown_choice", name=f"{name}={side}")
        taken[name] = Side(side)
    open_ones = tuple(name for name in choices if name not in taken)
    if open_ones:
        raise InvalidInput("choice_needed", names=open_ones)
    return taken


@dataclass
class _Merging:
    """One merger in progress: what was moved, and what is not kept."""

    act: Act
    found: Comparison
    taken: Mapping[str, Side]
    moved: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    @property
    def left(self) -> PersonFile:
        return self.found.left

    @property
    def right(self) -> PersonFile:
        return self.found.right

    def run(self) -> None:
        """Resolve what clashes, move the rest, then let the second file go."""
        for clash in self.found.clashes:
            side = self.taken[clash.key]
            if side is not Side.BOTH:
                self._join(clash, side)
        self._drop_same_stays()
        for entity, numbers in self.act.hanging("person", self.right.person.id).items():
            for number in numbers:
                self.act.update(entity[0], number, {entity[1]: self.left.person.id})
            self.moved[entity[0]] = len(numbers)
        self.act.delete("person", self.right.person.id)
        self.act.update("person", self.left.person.id, self._person_values())
        self._keep_name()
        self._write_note()

    def _join(self, clash: Clash, side: Side) -> None:
        """Make one entry of two: what only the one that goes holds is filled in."""
        kept, gone = (clash.left, clash.right) if side is Side.LEFT else (clash.right, clash.left)
        one, other = self.act.stored(clash.kind, kept.id), self.act.stored(clash.kind, gone.id)
        if one is None or other is None:
            return
        self._reattach(clash.kind, kept.id, gone.id)
        self._tell_differences(clash.kind, one, other)
        if other.get("place") is not None:
            # Entered twice: the second entry was a mistake, and its place goes back.
            cap_places.give_back(self.act, gone.id, other["cap_year"], "undone", "CAP-03")
        self.act.delete(clash.kind, gone.id)
        fills = {n: other[n] for n in one if n not in _OWN and one[n] is None}
        if other.get("place") is not None:
            fills = {n: value for n, value in fills.items() if n not in _RECEIPT}
        whole = {part for day, part in PARTLY.items() if one.get(day) is not None}
        self.act.update(clash.kind, kept.id, {n: v for n, v in fills.items() if n not in whole})

    def _reattach(self, kind: str, kept: int, gone: int) -> None:
        """Hang what hangs on an entry that goes on the one that stays."""
        for (table, column), numbers in self.act.hanging(kind, gone).items():
            for number in numbers:
                twin = self._same_document(kept, number) if table == "document" else None
                if twin is not None:
                    self._keep_scan(twin, number)
                    self.act.delete(table, number)
                else:
                    self.act.update(table, number, {column: kept})
        if kind == "letter":
            for letter in (*self.left.letters, *self.right.letters):
                if letter.supersedes_id == gone and letter.id != kept:
                    self.act.update("letter", letter.id, {"supersedes_id": kept})

    def _same_document(self, member: int, number: int) -> Document | None:
        """The document of the same type that the member who stays has already."""
        documents = (*self.left.documents, *self.right.documents)
        wanted = next(d for d in documents if d.id == number)
        same = (d for d in documents if d.member_id == member and d.type is wanted.type)
        return next(same, None)

    def _keep_scan(self, twin: Document, number: int) -> None:
        """A scan of the document that goes becomes that of the one that stays, if it has none."""
        gone = self.act.stored("document", number)
        if twin.attachment is None and gone is not None:
            names = ("attachment", "attachment_name")
            self.act.update("document", twin.id, {name: gone[name] for name in names})

    def _drop_same_stays(self) -> None:
        def said(stay: object) -> tuple[object, ...]:
            names = ("country", "province", "from_day", "until_day")
            return tuple(getattr(stay, name) for name in names)

        known = {said(stay) for stay in self.left.residences}
        for stay in self.right.residences:
            if said(stay) in known:
                self.act.delete("residence", stay.id)

    def _person_values(self) -> dict[str, object]:
        values: dict[str, object] = {}
        for one in fields(Person):
            if one.name == "id" or one.name in PARTLY.values():
                continue
            if one.name in PARTLY:
                values |= self._day_values(one.name)
                continue
            mine = getattr(self.left.person, one.name)
            theirs = getattr(self.right.person, one.name)
            side = self.taken.get(one.name)
            if side is Side.RIGHT or mine is None:
                values[one.name] = theirs
            if side is not None and one.name not in NAMES:
                self._tell(one.name, mine if side is Side.RIGHT else theirs)
        return values

    def _day_values(self, name: str) -> dict[str, object]:
        """A day that either file may know in part: the chosen one, else what says more."""
        mine, theirs = known_of(self.left.person, name), known_of(self.right.person, name)
        side = self.taken.get(name)
        if side is None:
            kept = max((mine, theirs), key=lambda known: len(str(known or "")))
        else:
            kept = theirs if side is Side.RIGHT else mine
            self._tell(name, mine if side is Side.RIGHT else theirs)
        whole = isinstance(kept, date)
        return {name: kept if whole else None, PARTLY[name]: None if whole else kept}

    def _keep_name(self) -> None:
        """The name that is not kept stays findable, as one of before."""
        now = self.act.stored("person", self.left.person.id) or {}
        shown = fold(f"{now.get('family_name')} {now.get('given_names') or ''}")
        known = {fold(f"{f.family_name} {f.given_names or ''}") for f in self._former()}
        for person in (self.left.person, self.right.person):
            form = fold(f"{person.family_name} {person.given_names or ''}")
            if form != shown and form not in known:
                values = {name: getattr(person, name) for name in NAMES}
                self.act.insert("former_name", {**values, "person_id": self.left.person.id})
                known.add(form)

    def _former(self) -> Iterator[FormerName]:
        yield from (*self.left.former_names, *self.right.former_names)

    def _tell_differences(
        self, kind: str, one: Mapping[str, object], other: Mapping[str, object]
    ) -> None:
        for name, value in other.items():
            told = name not in _OWN and not name.endswith("_id") and name != "place"
            if told and value is not None and one[name] not in (None, value):
                self._tell(name, value, kind)

    def _tell(self, name: str, value: object, entity: str = "person") -> None:
        words = value_text(name, value, entity)
        self.lost.append(_("{name}: {value}").format(name=field_label(name), value=words))

    def _write_note(self) -> None:
        text = _("Merged with another file (no. {number}).").format(number=self.right.person.id)
        if self.lost:
            text += "\n" + _("Not kept:") + "\n" + "\n".join(f"– {line}" for line in self.lost)
        self.act.insert(
            "note",
            {"person_id": self.left.person.id, "text": text, "written_at": self.act.now},
        )
