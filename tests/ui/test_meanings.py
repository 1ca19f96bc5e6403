# SPDX-License-Identifier: Apache-2.0
"""What a code means is said beside it, in the words of the guide's glossary."""

from collections.abc import Iterator

import pytest

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.values.codes import ApplicationCode
from imp_plus_desktop.ui.look.meanings import meaning_of


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use("en")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_code_of_the_programme_has_a_meaning(language: str) -> None:
    i18n.use(language)
    codes = [code for code in ApplicationCode if code is not ApplicationCode.STUDY]
    assert [code for code in codes if not meaning_of(code).startswith(str(code))] == []


def test_a_meaning_is_plain_text_in_the_language_in_use() -> None:
    i18n.use("fr")
    assert meaning_of("A76") == "A76\u00a0: Le permis de travail ouvert du PMI+."
    i18n.use("en")
    assert meaning_of("A76") == "A76: The open work permit of IMP+."
    assert meaning_of("PRTQ") == meaning_of("PSTQ").replace("PSTQ:", "PRTQ:")


def test_what_the_glossary_does_not_have_has_none() -> None:
    assert meaning_of("B99") == ""
    assert meaning_of(None) == ""
