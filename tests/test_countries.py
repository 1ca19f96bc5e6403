# SPDX-License-Identifier: Apache-2.0
"""The table of countries: made by its tool, and no word of it means two."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pycountry
import pytest
from exchange_builders import VOCABULARY

from tools import countries

WORDS = countries.read_words()


def rows() -> list[dict[str, str]]:
    with countries.TARGET.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def all_words() -> Iterator[tuple[str, str]]:
    for row in rows():
        for word in filter(None, (row["alpha3"], row["alpha2"], row["fr"], row["en"])):
            yield word, row["alpha3"]
        yield from ((word, row["alpha3"]) for word in row["aliases"].split("|") if word)


def test_the_table_is_what_its_tool_makes() -> None:
    assert countries.main(["--check"]) == 0


def test_a_table_that_is_out_of_date_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "countries.csv"
    old.write_text(countries.made_file().replace("Afghane", "Afgane"), encoding="utf-8")
    monkeypatch.setattr(countries, "TARGET", old)
    assert countries.main(["--check"]) == 1
    assert "countries.csv" in capsys.readouterr().err


def test_every_code_name_and_word_means_its_own_country() -> None:
    words = list(all_words())
    assert len(words) > 2000
    wrong = {word: VOCABULARY.country(word) for word, code in words
             if VOCABULARY.country(word) != code}  # fmt: skip
    assert wrong == {}


@pytest.mark.parametrize("word", sorted(WORDS.ambiguous))
@pytest.mark.parametrize("shape", ["{}", "{} ", "THE {}", "le {}", "{} (pays)", "({})", "-{}-"])
def test_a_word_of_two_countries_is_none(word: str, shape: str) -> None:
    assert VOCABULARY.country(shape.format(word)) is None


def test_every_name_of_iso_is_known_but_those_of_two_countries() -> None:
    ambiguous = {countries.squeeze(word) for word in WORDS.ambiguous}
    known = {source.alpha3 for source in countries.sources(WORDS)}
    asked = 0
    for country in pycountry.countries:
        assert country.alpha_3 in known
        for kind in ("name", "common_name", "official_name"):
            name = getattr(country, kind, None)
            if name and countries.squeeze(name) not in ambiguous:
                asked += 1
                assert VOCABULARY.country(name) == country.alpha_3, name
    assert asked > 400


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Korea, Republic of", "KOR"),
        ("Korea (the Republic of)", "KOR"),
        ("Korea, Democratic People's Republic of", "PRK"),
        ("Corée, République populaire démocratique de", "PRK"),
        ("Congo, Democratic Republic of the", "COD"),
        ("Congo, The Democratic Republic of the", "COD"),
        ("Congo, Rép. dém. du", "COD"),
        ("Congo, République démocratique du", "COD"),
        ("Congo, Republic of the", "COG"),
        ("Congo, Republic of", "COG"),
        ("Iran, Islamic Republic of", "IRN"),
        ("IRAN, RÉPUBLIQUE ISLAMIQUE D’", "IRN"),
        ("Tanzania, United Republic of", "TZA"),
        ("Venezuela, Bolivarian Republic of", "VEN"),
        ("Venezuela (Bolivarian Republic of)", "VEN"),
        ("Gambia, The", "GMB"),
        ("Federal Republic of Germany", "DEU"),
        ("République fédérale d'Allemagne", "DEU"),
        ("Allemagne, République fédérale d’", "DEU"),
        ("China - Hong Kong SAR", "HKG"),
        ("Chine (Hong Kong)", "HKG"),
        ("China (Taiwan)", "TWN"),
        ("Palestine, State of", "PSE"),
        ("Autorité palestinienne", "PSE"),
        ("R.-U.", "GBR"),
        ("R.U.", "GBR"),
        ("RU", "RUS"),
        ("u.s.", "USA"),
        ("Dominicaine", "DOM"),
        ("Dominiquaise", "DMA"),
        ("Guinea", "GIN"),
        ("Equatorial Guinea", "GNQ"),
        ("Nigérien", "NER"),
        ("Nigérian", "NGA"),
        ("Fidjienne", "FJI"),
        ("Saint Lucian", "LCA"),
    ],
)
def test_a_country_is_known_as_lists_write_it(text: str, code: str) -> None:
    assert VOCABULARY.country(text) == code


def clash(**changes: object) -> str:
    words = dataclasses.replace(WORDS, **changes)
    with pytest.raises(countries.Clash) as refused:
        list(countries.told_apart(list(countries.sources(words)), words))
    return str(refused.value)


def test_a_word_of_two_countries_stops_the_tool() -> None:
    assert "DMA and DOM" in clash(own={**WORDS.own, "DMA": ["Dominicaine"]})
    assert "GIN and GNQ" in clash(own={**WORDS.own, "GNQ": ["Guinée"]})
    without = {word: codes for word, codes in WORDS.ambiguous.items() if word != "Korea"}
    own = {**WORDS.own, "PRK": ["Korea"], "KOR": ["Korea"]}
    assert "KOR and PRK" in clash(ambiguous=without, own=own)


def test_another_country_s_code_is_no_word() -> None:
    assert "another country's code" in clash(own={**WORDS.own, "GBR": ["RU"]})


def test_an_ambiguous_word_needs_two_countries_and_is_nobody_s_own() -> None:
    assert "two countries" in clash(ambiguous={"Congo": ["COD"]})
    assert "two countries" in clash(ambiguous={"Congo": ["COD", "COQ"]})
    assert "own word" in clash(own={**WORDS.own, "DOM": ["Dominican"]})
    assert "own word" in clash(ambiguous={**WORDS.ambiguous, "Mali": ["MLI", "NER"]})
