# SPDX-License-Identifier: Apache-2.0
"""One question over everything in the register: asked at every key, so that each way is short.

    find(office, text) -> Found            who and what has all that was typed, best first
    alike(office, text, besides) -> [Likely]     who may have been meant: a slip, the same sound
    opened(office, people) -> [PersonFile]       the files of people, as a list of the latest shows
    latest(office, most) -> [PersonFile]         whom the latest acts touched
    is_closed(office, person) -> bool            whether nothing is to be done in a file any more

Reads only, and never the summaries: what the lists show is up to date already where a window asks.
The command line asks for them itself. What is in the bin is in no index.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.search.alike import (
    TWICE_FROM,
    Nearness,
    how_near,
    is_kept,
    keys_of,
    two_slips,
)
from imp_plus_desktop.domain.search.hits import Hit, HitKind, hits_of
from imp_plus_desktop.domain.search.lines import items_of
from imp_plus_desktop.domain.search.typed import Part, Term, Typed, read
from imp_plus_desktop.domain.values.names import sort_key
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import found

MOST = 24
"""Files that are looked into for one question: more would be no help to the eye."""
_LOOKED_INTO = 75
"""Files that are looked into for a single letter, at most: beyond that the index is quicker."""
_NEAR_WORDS, _NEAR_PEOPLE = 400, 24
_BEGINNING_SO = 4000
"""Words with one first letter that are compared with what was typed, at most."""
SHOWN_ALIKE = 5
_PLACE = {HitKind.PERSON: 0, HitKind.MEMBER: 1, HitKind.NUMBER: 2, HitKind.NOTE: 3}


@dataclass(frozen=True, slots=True)
class Found:
    """What has all that was typed, people first; `more` where there may be others."""

    hits: tuple[Hit, ...] = ()
    more: bool = False

    @property
    def people(self) -> frozenset[int]:
        """In whose files anything was found."""
        return frozenset(hit.file.person.id for hit in self.hits)


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody who may have been meant, and why: `letter`, `sound`, `beginning`."""

    hit: Hit
    because: str


def find(office: Office, text: str, most: int = MOST) -> Found:
    """Who and what has all that was typed. Nothing typed finds nobody."""
    typed = read(text)
    named = found.by_name(office.register, typed, most + 1)
    looked: dict[int, PersonFile] = {}
    # Whose name begins so comes first: where there are enough, nobody else would be seen.
    others = _by_words(office, typed, most + 1, looked) if len(named) <= most else []
    people = list(dict.fromkeys([*named, *others]))
    unread = [number for number in people[:most] if number not in looked]
    looked |= {file.person.id: file for file in found.files(office.register, unread)}
    files = (looked[number] for number in people[:most] if number in looked)
    hits = [hit for file in files for hit in hits_of(typed, file)]
    begins = set(named)
    hits.sort(key=lambda hit: _rank(hit, begins))
    return Found(tuple(hits), len(people) > most)


def _by_words(office: Office, typed: Typed, most: int, looked: dict[int, PersonFile]) -> list[int]:
    """Who has all of it anywhere. A single letter begins so many words that it is quicker to look
    for it in the files of those who have the rest; these are kept in `looked`."""
    rest = typed.without_letters()
    if rest is not None:
        some = found.by_words(office.register, rest, _LOOKED_INTO)
        have: list[int] = []
        for start in range(0, len(some), most):
            files = found.files(office.register, some[start : start + most])
            looked |= {file.person.id: file for file in files}
            have += [file.person.id for file in files if _has(file, typed)]
            if len(have) >= most:
                return have[:most]
            if len(some) == _LOOKED_INTO and len(have) * len(some) < most * (start + most):
                break  # at this rate they would not do
        else:
            if len(some) < _LOOKED_INTO:
                return have
    return found.by_words(office.register, typed, most)


def _has(file: PersonFile, typed: Typed) -> bool:
    return typed.met_by([word for item in items_of(file) for word in item.words])


def alike(
    office: Office, text: str, besides: Collection[int] = (), most: int = SHOWN_ALIKE
) -> list[Likely]:
    """Who has names like those typed, besides whom `find` has found; the likest first."""
    typed = read(text)
    for meant in _meant(office, typed):
        numbers = found.by_words(office.register, meant, _NEAR_PEOPLE + len(besides))
        files = found.files(office.register, [n for n in numbers if n not in besides])
        likely = _judged(typed, meant, files)
        if likely:
            return likely[:most]
    return [] if besides else _twice(office, typed)[:most]


def _twice(office: Office, typed: Typed) -> list[Likely]:
    """Who has a name that two slips lead to: asked where nobody at all is found."""
    parts = {part for some in typed.conjunctions for part in some if len(part.text) >= TWICE_FROM}
    near = {}
    for part in (one for one in parts if is_kept(one.text)):
        words = found.words_beginning(office.register, part.text[0], _BEGINNING_SO)
        ways = [(Term(word, whole=True),) for word in words if two_slips(part.text, word)]
        if ways:
            near[part] = replace(part, ways=tuple(ways))
    meant = [
        (*some[:at], near[part], *some[at + 1 :])
        for some in typed.conjunctions
        for at, part in enumerate(some)
        if part in near
    ]
    if not meant:
        return []
    asked = Typed(meant[0], tuple(meant))
    numbers = found.by_words(office.register, asked, _NEAR_PEOPLE)
    return _judged(typed, asked, found.files(office.register, numbers))


def _judged(typed: Typed, meant: Typed, files: Sequence[PersonFile]) -> list[Likely]:
    """Of what was found by words that may have been meant, the likest first."""
    judged = [
        (nearness, sort_key(file.person.family_name, file.person.given_names), hit)
        for file in files
        for hit in hits_of(meant, file)
        if (nearness := _nearness(typed, hit)) is not None
    ]
    judged.sort(key=lambda one: (one[0], _PLACE[one[2].kind], one[1]))
    return [Likely(hit, _BECAUSE[worst]) for (_sum, worst), _name, hit in judged]


def opened(office: Office, people: Sequence[int]) -> list[PersonFile]:
    """The files of people, in their order; who is there no more is left out."""
    return found.files(office.register, people)


def latest(office: Office, most: int) -> list[PersonFile]:
    """The files that the latest acts touched, the latest first."""
    return opened(office, found.latest(office.register, most))


def is_closed(office: Office, person: int) -> bool:
    """Whether nothing is to be done in a file any more, as the lists know it."""
    return found.is_closed(office.register, person)


def _rank(hit: Hit, begins: Collection[int]) -> tuple[object, ...]:
    """People whose name begins so first, then people, members, numbers, notes, each by name."""
    person = hit.file.person
    first = hit.kind is not HitKind.PERSON or person.id not in begins
    return (_PLACE[hit.kind], first, sort_key(person.family_name, person.given_names), person.id)


def _meant(office: Office, typed: Typed) -> Iterator[Typed]:
    """The same with one word of a name in place of those that are like it; then with all of them,
    for whom no one slip leads to."""
    parts = {part for some in typed.conjunctions for part in some if is_kept(part.text)}
    near = {part: alike for part in parts if (alike := _near(office, part)) is not None}
    one = [
        (*some[:at], near[part], *some[at + 1 :])
        for some in typed.conjunctions
        for at, part in enumerate(some)
        if part in near
    ]
    if one:
        yield Typed(one[0], tuple(one))
    if len(near) > 1:
        wide = {part: replace(part, ways=(*part.ways, *alike.ways)) for part, alike in near.items()}
        both = [tuple(wide.get(part, part) for part in some) for some in typed.conjunctions]
        yield Typed(both[0], tuple(both))


def _near(office: Office, part: Part) -> Part | None:
    """The words of names that are like one typed and do not begin with it, None without any."""
    words = found.words_near(office.register, keys_of(part.text), _NEAR_WORDS)
    others = (word for word in words if not word.startswith(part.text))
    near = [(Term(word, whole=True),) for word in others if how_near(part.text, word) is not None]
    return replace(part, ways=tuple(near)) if near else None


_BECAUSE = {
    Nearness.SOUND: "sound",
    Nearness.LETTER: "letter",
    Nearness.BEGINNING: "beginning",
    Nearness.TWO: "two_letters",
}


def _nearness(typed: Typed, hit: Hit) -> tuple[int, Nearness] | None:
    """How far the names of a hit are from what was typed: all words together, and the worst."""
    words = [word for item in items_of(hit.file) for word in item.words]
    best: tuple[int, Nearness] | None = None
    for parts in typed.conjunctions:
        found_each = [_nearest(part, words) for part in parts]
        known = [one for one in found_each if one is not None]
        if len(known) == len(found_each):
            judged = (sum(known), max(known))
            best = judged if best is None else min(best, judged)
    return best if best is not None and best[1] is not Nearness.SAME else None


def _nearest(part: Part, words: Sequence[str]) -> Nearness | None:
    """How near the nearest of a file's words is to one thing typed."""
    if part.met_by(words):
        return Nearness.SAME
    if not part.is_name:
        return None
    near = [one for word in words if (one := how_near(part.text, word)) is not None]
    twice = [Nearness.TWO] if not near and any(two_slips(part.text, w) for w in words) else []
    return min((*near, *twice), default=None)
