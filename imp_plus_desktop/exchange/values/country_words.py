# SPDX-License-Identifier: Apache-2.0
"""A country as a cell names it: code, name or nationality, turned round, shortened, or two at once.

    CountryWords(countries, fold).read("Liban (et France)") -> LBN, and FRA beside it

A word of several countries is none, and says of which. Whatever a cell holds beside what is read
is handed back, so that nothing of it is left out in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from imp_plus_desktop.domain.classes import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """One row of the country table; `aliases` are other names and nationality adjectives.

    `shared` are the words that mean another country too, `joined` what stands for it first in a
    nationality of two. Without `alpha2` it is nobody's territory, such as stateless.
    """

    alpha3: str
    alpha2: str
    fr: str
    en: str
    aliases: tuple[str, ...]
    shared: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()


class CountryReading(NamedTuple):
    """What a cell says: one country, a second one, and what else stands there.

    `between` are the countries that its word may mean, where it means several.
    """

    first: str | None = None
    second: str | None = None
    left_out: str = ""
    between: tuple[str, ...] = ()


NOTHING = CountryReading()

# Words that change nothing of what is meant, and words that are written short.
_FILLERS = frozenset(
    {"de", "du", "des", "d", "la", "le", "les", "l", "of", "the", "et", "and", "s"}
)
_STEMS = {
    "st": "saint", "ste": "saint", "sainte": "saint", "rep": "republic", "republique": "republic",
    "dem": "democratic", "democratique": "democratic", "pop": "people", "populaire": "people",
    "peoples": "people", "fed": "federal", "federale": "federal", "federation": "federal",
    "federated": "federal", "federes": "federal", "is": "island", "isl": "island",
    "islands": "island", "ile": "island", "iles": "island", "islamique": "islamic",
    "arabe": "arab", "unie": "united",
}  # fmt: skip
_FORMS = frozenset({"republic", "people", "democratic", "federal", "islamic", "arab", "united"})
"""Forms of government: beside a name that means one country they say nothing more."""
_WORD = re.compile(r"[a-z0-9]+")
_BRACKETS = re.compile(r"(.*?)\s*[(\[]\s*([^()\[\]]*?)\s*[)\]]\s*(.*)")
_BETWEEN = re.compile(r"\s*[/;|+&,\n]\s*|\s+(?:et|and)\s+|\s+[-–—]\s+", re.IGNORECASE)
_HYPHEN = re.compile(r"\s*[-‐‑–]\s*")
_AS_WELL = re.compile(r"(?:et|and|also|aussi|ainsi que|as well as|[+&])\s*(.+)", re.IGNORECASE)


class CountryWords:
    """Looks countries up by all that they are called."""

    def __init__(self, countries: Iterable[Country], fold: Callable[[str], str]) -> None:
        known = tuple(countries)
        self._fold = fold
        self._codes = {
            self._squeeze(code): c.alpha3 for c in known for code in (c.alpha2, c.alpha3) if code
        }
        self._names: dict[str, str] = {}
        self._shared: dict[str, tuple[str, ...]] = {}
        self._joined = {self._squeeze(word): c.alpha3 for c in known for word in c.joined}
        self._by_words: dict[tuple[str, ...], str | None] = {}
        for country in known:
            for name in (*country.aliases, country.fr, country.en):
                self._names[self._squeeze(name)] = country.alpha3
                self._enter_words(name, country.alpha3)
            for word in country.shared:
                key = self._squeeze(word)
                self._shared[key] = (*self._shared.get(key, ()), country.alpha3)
        self._shared_words = {
            self._words(word): self._shared[self._squeeze(word)] for c in known for word in c.shared
        }
        self._places = frozenset(c.alpha3 for c in known if c.alpha2)
        self.read = lru_cache(maxsize=4096)(self._read)

    def is_place(self, alpha3: str) -> bool:
        """Whether one can live there: not in what a passport has in place of a country."""
        return alpha3 in self._places

    def one(self, text: str) -> str | None:
        """The country that a whole text means, None for none and for several."""
        key = self._squeeze(text)
        if not key or key in self._shared:
            return None
        # R.U. is the United Kingdom, RU the code of Russia.
        code, name = self._codes.get(key), self._names.get(key)
        found = (code or name) if text.strip().isalnum() else (name or code)
        if found is not None:
            return found
        words = self._words(text)
        return None if words in self._shared_words else self._by_words.get(words)

    def between(self, text: str) -> tuple[str, ...]:
        """The countries that a whole text may mean, where it is a word of several."""
        found = self._shared.get(self._squeeze(text))
        return found or self._shared_words.get(self._words(text), ())

    def _read(self, text: str) -> CountryReading:
        found = self.one(text)
        if found is not None:
            return CountryReading(found)
        if several := self.between(text):
            return CountryReading(between=several)
        inside = _BRACKETS.fullmatch(text)
        if inside is not None:
            return self._with_brackets(*inside.groups())
        parts = [part for part in _BETWEEN.split(text) if part]
        if len(parts) > 1:
            return self._of_parts(parts)
        return self._joined_by_hyphens(text)

    def _with_brackets(self, before: str, inner: str, behind: str) -> CountryReading:
        """`Liban (et France)` are two; of `Liban (France)` nothing says what the second is."""
        if not before:
            # `(Maroc)`: nothing but brackets.
            return self._read(behind or inner) if behind or inner else NOTHING
        main, said = self._read(before), self.one(inner)
        if main.first is None:
            # `Congolais (RDC)`: what stands in brackets tells which of the two.
            return CountryReading(said) if said in main.between and not behind else main
        rest = f"{inner} {behind}".strip()
        as_well = _AS_WELL.fullmatch(inner)
        if as_well is not None and not behind and main.second is None:
            second = self.one(as_well.group(1))
            if second is not None:
                return main if second == main.first else main._replace(second=second)
        if (not behind and said == main.first) or self._is_form(rest):
            return main
        return main._replace(left_out=f"{main.left_out} {rest}".strip())

    def _of_parts(self, parts: Sequence[str]) -> CountryReading:
        """Several countries: two are kept, and all must be known for the first to be sure."""
        parts = [part for part in parts if not self._is_form(part)] or parts
        read = [self._read(part) for part in parts]
        first = read[0]
        if first.first is None:
            meant = [one.first for one in read if one.first in first.between]
            return CountryReading(meant[0]) if len(parts) == 2 and meant else first
        codes = list(dict.fromkeys(one.first for one in read if one.first is not None))
        unknown = [p for p, one in zip(parts, read, strict=True) if one.first is None]
        left_out = [*(one.left_out for one in read if one.left_out), *unknown]
        left_out += [p for p, one in zip(parts, read, strict=True) if one.first in codes[2:]]
        second = codes[1] if len(codes) > 1 else first.second
        return CountryReading(codes[0], second, ", ".join(left_out))

    def _joined_by_hyphens(self, text: str) -> CountryReading:
        """`Maroc-France`, `Franco-marocaine`, wherever a hyphen may stand in a name."""
        for hyphen in _HYPHEN.finditer(text):
            one, other = text[: hyphen.start()], text[hyphen.end() :]
            first = self.one(one) or self._joined.get(self._squeeze(one))
            second = self.one(other)
            if first is not None and second is not None and second != first:
                return CountryReading(first, second)
        return NOTHING

    def _is_form(self, text: str) -> bool:
        words = self._words(text)
        return bool(words) and _FORMS.issuperset(words)

    def _enter_words(self, name: str, alpha3: str) -> None:
        """Under the words of a name in any order; those of two countries mean none."""
        words = self._words(name)
        if words:
            same = self._by_words.setdefault(words, alpha3) == alpha3
            self._by_words[words] = alpha3 if same else None

    def _squeeze(self, text: str) -> str:
        folded = self._fold(text)
        return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))

    def _words(self, text: str) -> tuple[str, ...]:
        # Each as often as it stands there: `Soudan / Soudan du Sud` are two countries.
        return tuple(
            sorted(
                _STEMS.get(word, word)
                for word in _WORD.findall(self._fold(text))
                if word not in _FILLERS
            )
        )
