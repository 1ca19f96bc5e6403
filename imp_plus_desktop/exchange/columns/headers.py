# SPDX-License-Identifier: Apache-2.0
"""Which field a column's header means: by its whole text, its parts, its words, or almost so.

Works on the header, the band above it and the vocabulary. It sees no value and no other column,
but for `of_members`, where the row as a whole says whose the values are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.catalogue import FAMILY_FIRST, FULL_NAME, GIVEN_FIRST
from imp_plus_desktop.exchange.columns.of_family import of_family
from imp_plus_desktop.exchange.columns.side_by_side import again
from imp_plus_desktop.exchange.values.values import DATE_FIELDS
from imp_plus_desktop.exchange.values.vocabulary import (
    SMALL_WORDS,
    Vocabulary,
    header_keys,
    header_phrase,
    header_words,
)

Said = tuple[str, float, str]
"""The field that a header means, how sure that is (0 to 1), and the code of the reason."""

_NEAR = 0.78
_LONG_WORD = 4
_LONGEST_HEADER = 60
_OF_FAMILY = ("relation", "principal_reference")
_HARMLESS_WORDS = """
    personne candidat candidate client cliente demandeur demandeuse invite invitee person
    applicant imp pmi obligatoire required optional facultatif aaaa mm jj yyyy dd format iso oui
    non yes si connu connue known mifi ircc actuel actuelle current courant no
"""
_DAY_WORDS = frozenset(
    ("date", "day", "expiry", "expiration", "echeance", "validite", "fin", "debut", "end", "start")
)
_HARMLESS = frozenset(_HARMLESS_WORDS.split())
_GIVEN = frozenset(("prenom", "given", "first", "forename", "firstname", "pren"))
_FAMILY = frozenset(("nom", "famille", "family", "last", "surname", "patronyme", "lastname"))


@dataclass(frozen=True, slots=True)
class Header:
    """A column's own header, and the text of the band or the merged cell above it."""

    text: str
    band: str


def stated_order(text: str) -> str | None:
    """The field whose order a header of whole names states (`Prénom et nom`), None for neither."""
    words = header_words(text)
    given = next((at for at, word in enumerate(words) if word in _GIVEN), None)
    family = next((at for at, word in enumerate(words) if word in _FAMILY), None)
    if given is None or family is None:
        return None
    return GIVEN_FIRST.named if given < family else FAMILY_FIRST.named


def _in_stated_order(said: Said | None, text: str) -> Said | None:
    """What a header means; of whole names those whose given names come first."""
    if said is not None and said[0] == FULL_NAME.named and stated_order(text) == GIVEN_FIRST.named:
        return GIVEN_FIRST.named, *said[1:]
    return said


def exact(text: str, vocabulary: Vocabulary) -> str | None:
    """The field whose known header a text is, whatever its case, accents and small words."""
    if len(text) > 120:
        return None
    full, short = header_keys(text)
    if full in vocabulary.ignored_headers:
        return None
    return vocabulary.header_index.get(full) or vocabulary.header_index.get(short)


def by_words(header: Header, vocabulary: Vocabulary) -> Said | None:
    """Field, confidence and reason, by the header's words and its band."""
    return _in_stated_order(_by_words(header, vocabulary), header.text or header.band)


def _by_words(header: Header, vocabulary: Vocabulary) -> Said | None:
    if header.text and header.band:
        if said := _under_its_band(header, vocabulary):
            return said
        if vocabulary.header_meanings.of_someone_else(header_words(header.band)):
            return None
    text = header.text or header.band
    if said := _wholly(header, text, vocabulary):
        return said
    if header_keys(text)[0] in vocabulary.ignored_headers:
        return None
    meant = (
        vocabulary.header_meanings.meaning(header_phrase(_outside(text))) if _joins(text) else None
    )
    if meant is not None:
        return meant.field, meant.confidence, "words"
    field = _by_part(text, vocabulary)
    return None if field is None else (field, 0.95, "part")


def _under_its_band(header: Header, vocabulary: Vocabulary) -> Said | None:
    for joined in (f"{header.band} {header.text}", f"{header.text} {header.band}"):
        if field := exact(joined, vocabulary):
            return field, 0.95, "band"
    field = of_family(f"{header.band} {header.text}", vocabulary)
    return None if field is None else (field, 0.95, "family")


def _wholly(header: Header, text: str, vocabulary: Vocabulary) -> Said | None:
    """By a word that says which of several it is of, else by the whole text."""
    if field := again(f"{header.band} {header.text}".strip(), vocabulary):
        return field, 0.95, "header"
    if field := exact(text, vocabulary):
        return field, 1.0, "header"
    field = of_family(text, vocabulary)
    return None if field is None else (field, 0.95, "family")


def by_words_or_meaning(header: Header, vocabulary: Vocabulary) -> Said | None:
    """By the words as they stand, else by what all of them mean; nothing is guessed."""
    said = _by_words(header, vocabulary) or _by_meaning(header, vocabulary, guess=False)
    return _in_stated_order(said, header.text or header.band)


def _joins(text: str) -> bool:
    """Whether a header may hold two languages, or one thing said in two steps: `Permis - fin`."""
    return len(_parts(text)) > 2 and len(text) <= _LONGEST_HEADER


def _by_part(text: str, vocabulary: Vocabulary) -> str | None:
    """The field that one of two languages says, or what stands in brackets."""
    parts = [part for part in _parts(text) if part.strip()]
    strange = [vocabulary.header_meanings.of_someone_else(header_words(part)) for part in parts]
    if any(strange) and not all(strange):
        return None  # `Conjoint – courriel` is no address of the person's
    for part in parts:
        if field := exact(part, vocabulary):
            return field
    of_a_day = not _DAY_WORDS.isdisjoint(header_words(_outside(text)))
    for part in re.findall(r"\((.*?)\)", text):
        field = exact(part, vocabulary) if part.strip() else None
        # `Date (passeport)` is no number of a passport.
        if field is not None and (field in DATE_FIELDS or not of_a_day):
            return field
    return None


def _outside(text: str) -> str:
    """The text without what stands in brackets."""
    return re.sub(r"[(\[].*?[)\]]", " ", text)


def _parts(text: str) -> list[str]:
    """A header without its brackets, and each of its two languages."""
    outside = _outside(text)
    return [outside, *re.split(r"\s*[/|\n–—]\s*|\s+-\s+", outside)]


def near(header: Header, vocabulary: Vocabulary) -> Said | None:
    """Field, confidence and reason by what the words mean, or by almost the same words."""
    return _in_stated_order(_near(header, vocabulary), header.text or header.band)


def _near(header: Header, vocabulary: Vocabulary) -> Said | None:
    text = header.text or header.band
    if len(text) > _LONGEST_HEADER or _is_ignored(header, vocabulary):
        return None
    words = header_words(text)
    if vocabulary.header_meanings.of_someone_else([*words, *header_words(header.band)]):
        return None
    fewer = [w for w in words if w not in _HARMLESS]
    while fewer and fewer[-1] in SMALL_WORDS:
        fewer.pop()
    if fewer and len(fewer) < len(words) and (field := exact(" ".join(fewer), vocabulary)):
        return field, 0.85, "near"
    return _by_meaning(header, vocabulary) or _misspelt(header_phrase(text), vocabulary)


def may_be_anything(header: Header, vocabulary: Vocabulary) -> bool:
    """Whether a header leaves open what its column holds, and whose it is."""
    words = header_words(f"{header.band} {header.text}")
    return not _is_ignored(header, vocabulary) and not vocabulary.header_meanings.of_someone_else(
        words
    )


def _is_ignored(header: Header, vocabulary: Vocabulary) -> bool:
    return header_keys(header.text or header.band)[0] in vocabulary.ignored_headers


def _by_meaning(header: Header, vocabulary: Vocabulary, *, guess: bool = True) -> Said | None:
    """By the concepts of the words: with the band's, as they stand, or of one of two languages."""
    texts = [f"{header.band} {header.text}", header.text or header.band]
    texts += [part for part in _parts(texts[1]) if part != texts[1]]
    for text in texts if header.band and header.text else texts[1:]:
        if len(text) > _LONGEST_HEADER:
            continue
        found = vocabulary.header_meanings.meaning(header_phrase(text), guess=guess)
        if found is not None:
            return found.field, found.confidence, "words"
    return None


def _misspelt(phrase: tuple[str, ...], vocabulary: Vocabulary) -> Said | None:
    """A known header with one long word written a little differently; short words count.

    A word that headers use is no misspelling of another: the State of an address is no status.
    """
    best: Said | None = None
    for known, field in vocabulary.header_phrases:
        if len(known) != len(phrase):
            continue
        odd = [(k, w) for k, w in zip(known, phrase, strict=True) if k != w]
        if len(odd) != 1 or min(len(word) for word in odd[0]) < _LONG_WORD:
            continue
        if vocabulary.is_header_word(odd[0][1]):
            continue
        ratio = SequenceMatcher(None, *odd[0], autojunk=False).ratio()
        if ratio >= _NEAR and (best is None or 0.9 * ratio > best[1]):
            best = (field, round(0.9 * ratio, 2), "near")
    return best


def of_members(headers: Mapping[int, Header], vocabulary: Vocabulary) -> Mapping[int, Header]:
    """The headers of a family list without the words that say whose they are: `Nom du membre`."""
    members = vocabulary.header_meanings.members
    said = {c: header_words(h.text) for c, h in headers.items()}
    if all(members.isdisjoint(words) for words in said.values()):
        return headers
    matches = [by_words_or_meaning(header, vocabulary) for header in headers.values()]
    fields = {match[0] for match in matches if match is not None}
    if fields.isdisjoint(_OF_FAMILY) or "letter_date" in fields:
        return headers
    return {
        c: Header(_without(said[c], members), h.band) if members & set(said[c]) else h
        for c, h in headers.items()
    }


def _without(words: Sequence[str], left_out: frozenset[str]) -> str:
    """The words but those, and but the small ones that then stand at the end."""
    kept = [word for word in words if word not in left_out]
    while kept and kept[-1] in SMALL_WORDS:
        kept.pop()
    # A header that says nothing else is one: `Conjoint` alone is no name.
    return " ".join(kept or words)
