# SPDX-License-Identifier: Apache-2.0
"""The names of countries in French and in English, as `data/countries.csv` has them.

Knows no alias and no nationality: lists are understood by `exchange/values/vocabulary.py`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache

from imp_plus_desktop import paths
from imp_plus_desktop.languages import LANGUAGES


def country_name(alpha3: str, lang: str) -> str:
    """Return the name in a language; the code itself when the table does not know it."""
    names = _table().get(alpha3)
    return alpha3 if names is None else names[lang]


def codes() -> Iterable[str]:
    """The countries that have a name."""
    return _table().keys()


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    with paths.data_file("countries.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["alpha3"]: {lang: row[lang] for lang in LANGUAGES} for row in csv.DictReader(file)
        }
