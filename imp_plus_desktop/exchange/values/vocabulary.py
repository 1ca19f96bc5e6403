# SPDX-License-Identifier: Apache-2.0
"""The words of lists: headers of fields, names of countries, words of coded values.

Everything comes from tables of data (`data/synonyms.toml`, `data/header_meanings.toml`,
`data/statuses.toml`, `data/countries.csv`); this module only folds and looks up. It decides
nothing about a sheet (`layout.py`) and nothing about a cell's type (`values.py`).
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, cached_property, lru_cache
from itertools import filterfalse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imp_plus_desktop.exchange.values.country_words import Country, CountryWords
from imp_plus_desktop.exchange.values.header_meanings import HeaderMeanings
from imp_plus_desktop.languages import LANGUAGES

if TYPE_CHECKING:
    from imp_plus_desktop.domain.programmes.programme_file import ListRead

_NO_HEADER_MEANINGS: Mapping[str, Any] = {
    "words": {}, "phrases": {}, "meanings": {}, "strangers": (), "members": (), "federal": ()
}  # fmt: skip

_SPECIAL = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th"}
)
_OPTIONAL_ENDING = re.compile(r"\((?:s|e|es|x|ne)\)", re.IGNORECASE)
_DOTTED = re.compile(r"\b(?:[a-z]\.){3,}")
# Figures that a scanned header has for letters: `N0m`, `1ettre`; a code such as R206 has none.
_HALF_READ = re.compile(r"[01]?[a-z]+(?:[01][a-z]+)+|[01][a-z]{3,}")
_MISREAD = re.compile(r"^1|[01]")
_NUMBER_WORDS = frozenset({"n", "no", "nr", "num", "numero", "number", "nos"})
SMALL_WORDS = frozenset(
    {"de", "du", "des", "la", "le", "les", "l", "d", "of", "the", "a", "an", "s", "et", "and"}
)


def fold(text: str) -> str:
    """Lower case, without accents, ligatures opened; spaces and punctuation kept."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_SPECIAL))
    return "".join(filterfalse(unicodedata.combining, plain))


def squeeze(text: str) -> str:
    """Letters and digits only, folded: the key under which a word of a cell is looked up."""
    folded = fold(text)
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


def clean(text: str) -> str:
    """The text as a person reads it: one line, single ordinary spaces, no invisible edges."""
    if text.isprintable():  # no space but the ordinary one, nothing invisible
        line = text.strip() if "  " not in text else " ".join(text.split())
        return line if line.isascii() else unicodedata.normalize("NFC", line)
    visible = "".join(" " if c.isspace() or c in "\u200b\ufeff\u2060\x00" else c for c in text)
    return unicodedata.normalize("NFC", " ".join(visible.split()))


def _as_letter(figure: re.Match[str]) -> str:
    if figure.group() == "0":
        return "o"
    return "l" if figure.start() == 0 else "i"


def header_words(text: str) -> list[str]:
    """A header's words, folded, every way to write *number* as `no`, plurals without their s."""
    return list(_header_words(text))


@lru_cache(maxsize=8192)
def _header_words(text: str) -> tuple[str, ...]:
    folded = fold(_OPTIONAL_ENDING.sub("", text).replace("°", " ").replace("#", " no "))
    folded = _DOTTED.sub(lambda letters: letters.group().replace(".", ""), folded)
    words = re.findall(r"[a-z0-9]+", folded) or ["".join(folded.split())]
    words = [
        _MISREAD.sub(_as_letter, word) if _HALF_READ.fullmatch(word) else word for word in words
    ]
    merged: list[str] = []
    for word in words:
        if word in _NUMBER_WORDS:
            word = "no"
            if merged and merged[-1] == "no":
                continue
        elif len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
            word = word[:-1]
        merged.append(word)
    return tuple(merged)


def header_keys(text: str) -> tuple[str, str]:
    """Two keys of a header: all its words, and without the small ones (a last word stays)."""
    return "".join(header_words(text)), "".join(header_phrase(text))


def header_phrase(text: str) -> tuple[str, ...]:
    """A header's words without the small ones; a last word stays (`Permis au`)."""
    words = header_words(text)
    last = len(words) - 1
    return tuple(w for i, w in enumerate(words) if w not in SMALL_WORDS or i == last)


class Vocabulary:
    """Look-ups over the tables. Build it with `from_tables` or `load_vocabulary`.

    What only a list being read asks for is made when it is first asked for: every start of the
    program would pay for it.
    """

    def __init__(
        self,
        countries: Mapping[str, Country],
        headers: Mapping[str, Mapping[str, tuple[str, ...]]],
        words: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]],
        ignored_headers: Iterable[str] = (),
        after: Iterable[Mapping[str, Any]] = (),
        header_meanings: Mapping[str, Any] | None = None,
        beside: Iterable[str] = (),
        marks: Mapping[str, str] | None = None,
    ) -> None:
        self._countries = countries
        self._headers = headers
        self._words = words
        self._ignored = tuple(ignored_headers)
        self._after = tuple(after)
        self._header_meanings = header_meanings or _NO_HEADER_MEANINGS
        self._beside = tuple(beside)
        self._marks = marks or {}

    def with_programmes(self, lists: Iterable[tuple[str, ListRead]]) -> Vocabulary:
        """The same words with what programmes say of their lists, by the programme's key."""
        headers = {field: dict(texts) for field, texts in self._headers.items()}
        routes = dict(self._words.get("route", {}))
        marks = dict(self._marks)
        for key, told in lists:
            for field, texts in told.headers.items():
                for lang in LANGUAGES:
                    headers[field][lang] = (*headers[field][lang], *texts)
            if told.words:
                routes[key] = dict.fromkeys(LANGUAGES, told.words)
            marks |= dict.fromkeys((header_keys(text)[0] for text in told.marks), key)
        return Vocabulary(
            self._countries,
            headers,
            {**self._words, "route": routes},
            self._ignored,
            self._after,
            self._header_meanings,
            self._beside,
            marks,
        )

    def programme_of(self, headers: Iterable[str]) -> str | None:
        """The programme whose list has one of these headers, None for the main one's."""
        if not self._marks:
            return None
        found = (self._marks.get(header_keys(text)[0]) for text in headers)
        return next((key for key in found if key is not None), None)

    def prepare(self) -> None:
        """Make what a list will ask for: best while the list itself is still being read."""
        for name, made in vars(type(self)).items():
            if isinstance(made, cached_property):
                getattr(self, name)

    @cached_property
    def country_words(self) -> CountryWords:
        """What countries are called, in all the ways of lists."""
        return CountryWords(self._countries.values(), fold)

    @cached_property
    def _value_keys(self) -> dict[str, dict[str, str]]:
        return {kind: _value_keys(codes) for kind, codes in self._words.items()}

    @cached_property
    def header_index(self) -> dict[str, str]:
        """Key of a header → its field."""
        return _header_index(self._headers)

    @cached_property
    def header_phrases(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """The words of every known header, each with its field."""
        return tuple(
            {
                (header_phrase(text), field): None
                for field, by_lang in self._headers.items()
                for texts in by_lang.values()
                for text in texts
            }
        )

    @cached_property
    def after(self) -> dict[tuple[str, str], str]:
        """A field and the key of the header behind it → the field of that header."""
        return {
            (previous, header_keys(header)[0]): str(rule["field"])
            for rule in self._after
            for previous in rule["previous"]
            for header in rule["headers"]
        }

    @cached_property
    def header_meanings(self) -> HeaderMeanings:
        """What the words of a header mean together."""
        return HeaderMeanings(self._header_meanings, header_words)

    @cached_property
    def _header_words(self) -> frozenset[str]:
        phrases = {word for phrase, _field in self.header_phrases for word in phrase}
        return frozenset(self.header_meanings.known_words | phrases)

    @cached_property
    def ignored_headers(self) -> frozenset[str]:
        """Keys of headers that say nothing of a person."""
        return frozenset(key for header in self._ignored for key in header_keys(header) if key)

    @cached_property
    def beside(self) -> frozenset[str]:
        """Keys of headers that only add to the column before them."""
        return frozenset(header_keys(header)[0] for header in self._beside)

    @classmethod
    def from_tables(
        cls,
        countries_rows: Iterable[Mapping[str, str]],
        synonyms_table: Mapping[str, Any],
    ) -> Vocabulary:
        """From the rows of countries.csv and the table of `synonyms.toml`, with its `values`."""
        countries = {
            row["alpha3"]: Country(
                row["alpha3"],
                row["alpha2"],
                row["fr"],
                row["en"],
                *(tuple(filter(None, row[c].split("|"))) for c in ("aliases", "shared", "joined")),
            )
            for row in countries_rows
        }
        headers = {
            field: {lang: tuple(texts[lang]) for lang in LANGUAGES}
            for field, texts in synonyms_table["fields"].items()
        }
        words = {
            kind: {
                code: {lang: tuple(texts[lang]) for lang in LANGUAGES}
                for code, texts in codes.items()
            }
            for kind, codes in synonyms_table.get("values", {}).items()
        }
        return cls(
            countries,
            headers,
            words,
            synonyms_table.get("ignored", ()),
            synonyms_table.get("after", ()),
            synonyms_table.get("header_meanings"),
            synonyms_table.get("beside", ()),
        )

    def may_be_header(self, text: str) -> bool:
        """Whether a text has a word of any known header: quick, and sure only where it is not.

        Only a misspelt word of a header in two languages, which `by_words` guesses, is missed.
        """
        words = header_words(text)
        return not self._header_words.isdisjoint(words) or "".join(words) in self.header_index

    def is_header_word(self, word: str) -> bool:
        """Whether a folded word stands in any known header."""
        return word in self._header_words

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self._headers)

    def header(self, field: str, lang: str) -> str:
        """The header that this program writes for a field in `fr` or `en`."""
        return self._headers[field][lang][0]

    def country(self, text: str) -> str | None:
        """Alpha-3 of a country by its code, French or English name, or nationality.

        A word of two countries (Congo, Korea, Dominican) is none: `tools/country_words.toml`.
        """
        return self.country_words.read(text).first

    def country_name(self, alpha3: str, lang: str) -> str:
        """Name in `fr` or `en`; the code itself when the table does not know it."""
        country = self._countries.get(alpha3)
        return alpha3 if country is None else (country.fr if lang == "fr" else country.en)

    def countries(self, lang: str, *, places: bool = False) -> tuple[tuple[str, str], ...]:
        """(alpha-3, name) of every country, in the order of the folded names.

        With `places` only of those where one can live: not of stateless and its like.
        """
        codes = (c for c in self._countries if not places or self._countries[c].alpha2)
        named = ((code, self.country_name(code, lang)) for code in codes)
        return tuple(sorted(named, key=lambda pair: fold(pair[1])))

    def code(self, kind: str, text: str) -> str | None:
        """The code that a word stands for (`sex`, `yes_no`, `relation` ...), else None."""
        keys = self._value_keys.get(kind, {})
        symbol = text.strip()
        return keys.get(squeeze(text) or symbol)

    def word(self, kind: str, code: str, lang: str) -> str:
        """The word that this program writes for a code; the code itself when it has none."""
        texts = self._words.get(kind, {}).get(code)
        return texts[lang][0] if texts else code

    def words(self, kind: str, lang: str) -> tuple[tuple[str, str], ...]:
        """(code, word) of every value of a kind, in the order of the table."""
        return tuple((code, texts[lang][0]) for code, texts in self._words[kind].items())


@cache
def load_vocabulary(
    countries_path: Path, synonyms_path: Path, statuses_path: Path | None = None
) -> Vocabulary:
    """Reads the tables, once for a process; `header_meanings.toml` stands beside the synonyms,
    `statuses.toml` too unless given."""
    with countries_path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    table: dict[str, Any] = tomllib.loads(synonyms_path.read_text(encoding="utf-8"))
    statuses = statuses_path or synonyms_path.with_name("statuses.toml")
    table["values"] = tomllib.loads(statuses.read_text(encoding="utf-8"))
    header_meanings = synonyms_path.with_name("header_meanings.toml")
    table["header_meanings"] = tomllib.loads(header_meanings.read_text(encoding="utf-8"))
    return Vocabulary.from_tables(rows, table)


def _value_keys(codes: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, str]:
    keys: dict[str, str] = {}
    for code, texts in codes.items():
        keys.setdefault(squeeze(code), code)
        for lang in LANGUAGES:
            for text in texts[lang]:
                keys.setdefault(squeeze(text) or text, code)
    return keys


def _header_index(headers: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, str]:
    """Key of a header to its field; a full key always wins over another field's short key."""
    index: dict[str, str] = {}
    texts = [(f, text) for f, by_lang in headers.items() for lang in by_lang.values()
             for text in lang]  # fmt: skip
    for field, text in texts:
        index.setdefault(header_keys(text)[0], field)
    for field, text in texts:
        index.setdefault(header_keys(text)[1], field)
    for field in headers:
        index.setdefault(header_keys(field.replace("_", " "))[0], field)
    return index
