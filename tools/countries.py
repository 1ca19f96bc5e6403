#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes `data/countries.csv`: what each country is called in lists, in French and in English.

The two names that the program writes are CLDR's (by Babel, French of Canada). What it also reads
are CLDR's other names, the names of ISO 3166-1 (by pycountry) plain and turned round, and our own
words and nationalities (`country_words.toml`). Run it after a change or after a new version of
either library; `--check` says whether the file is up to date. Never a name of two countries: it
stands in the list of ambiguous words, or this tool stops. The table gives such a word to every
country that it may mean, as `shared`, so that the program can ask which. A row without alpha-2
code is nobody's territory: what a passport has in place of a country, such as stateless.
"""

from __future__ import annotations

import csv
import gettext
import io
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pycountry
from babel import Locale

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from imp_plus_desktop.exchange.values.vocabulary import fold, squeeze  # noqa: E402

TARGET = ROOT / "data" / "countries.csv"
WORDS = Path(__file__).with_name("country_words.toml")
COLUMNS = ("alpha3", "alpha2", "fr", "en", "aliases", "shared", "joined")
_SHOWN = ("fr_CA", "en")
_ALSO_READ = ("fr", "en_CA")

# The end of a form of government: `Islamic Republic of`, `République islamique d’`.
_LEADS_TO_NAME = re.compile(r"(?:\b(?:of|of the|de|de la|du|des)|\bd['’])$", re.IGNORECASE)
_ADJECTIVES = frozenset({"British", "U.S."})


class Clash(Exception):
    """A word of two countries that nobody has called ambiguous."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a country: its codes, both names shown, and all else, in order."""

    alpha3: str
    alpha2: str
    shown: tuple[str, str]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The file kept by hand: countries beside ISO's, own names and words, what is no territory,
    words of several countries, and what begins a nationality of two."""

    beside_iso: Mapping[str, str]
    shown: Mapping[str, list[str]]
    no_territory: Mapping[str, list[str]]
    own: Mapping[str, list[str]]
    ambiguous: Mapping[str, list[str]]
    joined: Mapping[str, list[str]]


def main(arguments: list[str]) -> int:
    """Write the file, or with `--check` say whether it is what this tool makes."""
    made = made_file()
    if arguments != ["--check"]:
        TARGET.write_text(made, encoding="utf-8", newline="")
        return 0
    if TARGET.read_text(encoding="utf-8") == made:
        return 0
    print(f"{TARGET.name} is not what tools/countries.py makes", file=sys.stderr)
    return 1


def made_file() -> str:
    """The text of the table."""
    words = read_words()
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for source, aliases in told_apart(list(sources(words)), words):
        shared = [word for word, codes in words.ambiguous.items() if source.alpha3 in codes]
        lists = (aliases, shared, words.joined.get(source.alpha3, ()))
        table.writerow([source.alpha3, source.alpha2, *source.shown, *map("|".join, lists)])
    return out.getvalue()


def read_words() -> Words:
    """The words kept by hand."""
    table = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return Words(
        table["beside_iso"],
        table["shown"],
        table["no_territory"],
        table["words"],
        table["ambiguous"],
        table["joined"],
    )


def sources(words: Words) -> Iterator[Source]:
    """Every country by its alpha-3 code, with all that it is called."""
    iso = {country.alpha_3: country for country in pycountry.countries}
    codes = {alpha3: country.alpha_2 for alpha3, country in iso.items()} | dict(words.beside_iso)
    french = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["fr"])
    locales = {name: Locale.parse(name) for name in (*_SHOWN, *_ALSO_READ)}
    for alpha3, alpha2 in sorted(codes.items()):
        cldr = {name: locale.territories[alpha2] for name, locale in locales.items()}
        others = [*words.own.get(alpha3, ()), *(cldr[name] for name in _ALSO_READ)]
        if alpha3 in iso:
            names, official = _names_of_iso(iso[alpha3])
            others += _forms(names, official, cldr["en"])
            in_french = [[french.gettext(name) for name in group] for group in (names, official)]
            others += _forms(*in_french, cldr["fr_CA"])
        fr, en = (cldr[name] for name in _SHOWN)
        if alpha3 in words.shown:
            others = [fr, en, *others]
            fr, en = words.shown[alpha3]
        yield Source(alpha3, alpha2, (fr, en), tuple(others))
    for alpha3, (fr, en, *others) in words.no_territory.items():
        yield Source(alpha3, "", (fr, en), tuple(others))


def _names_of_iso(country: object) -> tuple[list[str], list[str]]:
    """The short names of ISO, and its long one where there is one."""
    found = [getattr(country, kind, None) for kind in ("name", "common_name", "official_name")]
    return [name for name in found[:2] if name], [name for name in found[2:] if name]


def _forms(names: Iterable[str], official: Iterable[str], shown: str) -> Iterator[str]:
    """Names as ISO has them, those turned round put straight, and the long ones turned round."""
    shorts, long = [shown], list(official)
    for name in names:
        yield name
        shorts.append(name.split(",")[0])
        straight = list(_put_straight(name))
        yield from straight
        long += straight[:1]
    for name in long:
        yield name
        for short in dict.fromkeys(shorts):
            yield from _turned_round(name, short)


def _put_straight(name: str) -> Iterator[str]:
    """`Iran, Islamic Republic of` as `Islamic Republic of Iran`, and as `Iran, the Islamic …`."""
    short, comma, rest = name.partition(", ")
    if not comma or not (_LEADS_TO_NAME.search(rest) or rest in _ADJECTIVES):
        return
    yield f"{rest}{short}" if rest.endswith(("'", "’")) else f"{rest} {short}"
    if rest[:1].isupper() and rest.endswith(("of", "of the")):
        yield f"{short}, the {rest.removeprefix('The ')}"


def _turned_round(name: str, short: str) -> Iterator[str]:
    """`Republic of the Congo` as `Congo, Republic of the`, `Congo, Republic of`, `Congo, the`."""
    if not _level(name).endswith(_level(short)):
        return
    lead = name[: -len(short)].strip()
    lead = re.sub(r"^the ", "", lead, flags=re.IGNORECASE)
    if not _LEADS_TO_NAME.search(lead):
        return
    yield f"{short}, {lead}"
    if lead.endswith(" of the"):
        yield f"{short}, {lead.removesuffix(' the')}"
        yield f"{short}, the"


def _level(text: str) -> str:
    return fold(text.replace("’", "'"))


def told_apart(listed: list[Source], words: Words) -> Iterator[tuple[Source, list[str]]]:
    """Each country with the words that mean it and no other.

    Raises Clash for a word of two countries, and for an ambiguous word that is not one.
    """
    codes = {squeeze(code) for s in listed for code in (s.alpha3, s.alpha2) if code}
    holders: dict[str, set[str]] = {}
    for source in listed:
        for name in (*source.shown, *source.others):
            holders.setdefault(squeeze(name), set()).add(source.alpha3)
    ambiguous = _checked_ambiguous(listed, words, holders)
    for key, found in holders.items():
        if len(found) > 1 and key not in ambiguous:
            raise Clash(f"{key} means {' and '.join(sorted(found))}: put it among the ambiguous")
    for source in listed:
        yield source, list(_aliases(source, ambiguous, codes - _own_codes(source)))


def _aliases(source: Source, ambiguous: set[str], codes: set[str]) -> Iterator[str]:
    """What a country is called beside its two names, each word once; `codes` are the others'."""
    known = ambiguous | _own_codes(source) | {squeeze(name) for name in source.shown}
    for name in source.others:
        key = squeeze(name)
        if key in codes and name.isalnum():
            raise Clash(f"{name} of {source.alpha3} is another country's code")
        if key not in known:
            known.add(key)
            yield name


def _own_codes(source: Source) -> set[str]:
    return {squeeze(code) for code in (source.alpha3, source.alpha2) if code}


def _checked_ambiguous(
    listed: list[Source], words: Words, holders: Mapping[str, set[str]]
) -> set[str]:
    """The keys of the words that mean several countries."""
    known = {source.alpha3 for source in listed}
    shown = {squeeze(name) for source in listed for name in source.shown}
    own = {squeeze(word) for texts in words.own.values() for word in texts}
    for word, countries in words.ambiguous.items():
        if len(set(countries)) < 2 or not known.issuperset(countries):
            raise Clash(f"{word} needs two countries that exist")
        if squeeze(word) in own | shown or not holders.get(squeeze(word), set()) <= {*countries}:
            raise Clash(f"{word} is ambiguous, and a country's own word as well")
    return {squeeze(word) for word in words.ambiguous}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
