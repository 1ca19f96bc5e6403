# SPDX-License-Identifier: Apache-2.0
"""Headers of what a row tells once more: `N° de demande 2`, `Prolongation – reçue le`.

Takes the word that says which one out of a header, and looks up what is left. It sees no value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from imp_plus_desktop.domain.records.catalogue import AGAIN
from imp_plus_desktop.exchange.values.vocabulary import Vocabulary, header_keys, header_words

_FIELD_OF = {again: field for field, again in AGAIN.items()}
_PLAIN = frozenset(plain for plain, _slot in AGAIN.values())
_ORDINALS = {
    1: "1 1er 1re 1ere premier premiere first 1st initial initiale",
    2: "2 2e 2eme 2ieme 2nd 2nde second seconde deuxieme",
    3: "3 3e 3eme 3ieme 3rd third troisieme",
    4: "4 4e 4eme 4ieme 4th fourth quatrieme",
    5: "5 5e 5eme 5ieme 5th fifth cinquieme",
    6: "6 6e 6eme 6ieme 6th sixth sixieme",
    7: "7 7e 7eme 7ieme 7th seventh septieme",
    8: "8 8e 8eme 8ieme 8th eighth huitieme",
}
_OF_APPLICATIONS = 5
_PLACE_OF = {word: place for place, words in _ORDINALS.items() for word in words.split()}
_KIND_OF = {
    "prolongation": "extension",
    "renouvellement": "extension",
    "prorogation": "extension",
    "extension": "extension",
    "renewal": "extension",
    "retablissement": "restoration",
    "restoration": "restoration",
}
_NUMBERED = re.compile(r"(.*\w)\.([1-4])")
"""As a table's reader calls the second column of a name: `Statut.1`."""
_KEYS = re.compile(r"(?<=[a-z])(?=[1-8]$)")
_LONGEST = 80


def again(text: str, vocabulary: Vocabulary) -> str | None:
    """The field of a header that says which of several it is of, None where it says nothing so.

    `text` is the header with what stands above it.
    """
    place, kind, left = _told(text) if len(text) <= _LONGEST else (0, "", [])
    if not left or not (place or kind):
        return None
    field = _meant(left, vocabulary, of_permit=bool(kind))
    if field not in _PLAIN:
        return None
    if not kind:
        return field if place == 1 else _FIELD_OF.get((field, str(place)))
    return _FIELD_OF.get((field, kind if place < 2 else f"{kind}_{place}"))


def _told(text: str) -> tuple[int, str, list[str]]:
    """Which of several a header says it is of, of what kind that is, and the words that are left;
    0 and an empty text where it does not say."""
    place, words = placed(text, _OF_APPLICATIONS)
    kind = ""
    left: list[str] = []
    for word in words:
        if word in _KIND_OF and not kind:
            kind = _KIND_OF[word]
        else:
            left.append(word)
    return place, kind, left


def placed(text: str, most: int) -> tuple[int, list[str]]:
    """Which of several, `most` at most, a header says it is of, and its other words; 0 where it
    does not say."""
    numbered = _NUMBERED.fullmatch(text)
    if numbered is not None and header_words(numbered[1])[-1] != "no":
        text = f"{numbered[1]} {int(numbered[2]) + 1}"
    words = [part for word in header_words(text) for part in _KEYS.split(word)]
    pairs = zip(words, (*words[1:], ""), strict=True)
    places = [
        at
        for at, pair in enumerate(pairs)
        if 0 < _PLACE_OF.get(pair[0], 0) <= most and pair != ("first", "name")
    ]
    if not places:
        return 0, words
    return _PLACE_OF[words[places[0]]], [*words[: places[0]], *words[places[0] + 1 :]]


def _meant(words: Sequence[str], vocabulary: Vocabulary, *, of_permit: bool) -> str | None:
    """The field of a header without the word that says which; `Prolongation du` is the permit's."""
    texts = [words, ["permis", *words]] if of_permit else [words]
    return next((field for one in texts if (field := _known(one, vocabulary))), None) or _told_by(
        words, vocabulary
    )


def meant(words: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The field that the words of a header say, without a guess."""
    return _known(words, vocabulary) or _told_by(words, vocabulary)


def _known(words: Sequence[str], vocabulary: Vocabulary) -> str | None:
    full, short = header_keys(" ".join(words))
    return vocabulary.header_index.get(full) or vocabulary.header_index.get(short)


def _told_by(words: Sequence[str], vocabulary: Vocabulary) -> str | None:
    found = vocabulary.header_meanings.meaning([w for w in words if w not in _LINKS], guess=False)
    return None if found is None else found.field


_LINKS = frozenset(
    ["de", "du", "des", "la", "le", "les", "l", "d", "of", "the", "for", "pour", "a"]
)


def repeated(headers: Mapping[int, str], found: Mapping[str, int]) -> dict[int, str]:
    """The columns of a second application under the very headers of the first, with their fields.

    Only where the number of the application or of the permit comes again: a list may have two
    columns `Statut` for two matters. `headers` are the texts with what stands above, `found` the
    columns by field.
    """
    places: dict[str, list[int]] = {}
    for column in sorted(headers):
        places.setdefault(header_keys(headers[column])[0], []).append(column)
    shown = {field: places[header_keys(headers[at])[0]] for field, at in found.items()
             if field in _PLAIN and at in headers}  # fmt: skip
    times = max((len(shown[n]) for n in _NUMBERS if n in shown), default=1)
    return {
        columns[at - 1]: _FIELD_OF[field, str(at)]
        for field, columns in shown.items()
        for at in range(2, times + 1)
        if len(columns) == times and (field, str(at)) in _FIELD_OF
    }


_NUMBERS = ("application_number", "permit_number")
