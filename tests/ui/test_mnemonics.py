# SPDX-License-Identifier: Apache-2.0
"""Every entry of a menu has a letter of its own, whichever language the menu is in."""

from collections.abc import Iterator, Sequence

import pytest

from imp_plus_desktop import i18n
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.shell.actions import ACTIONS, MENUS, RECENT, SEPARATOR, Entry

TEXTS = {spec.id: spec.text for spec in ACTIONS} | {RECENT: "Re&cent registers"}


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use("en")


def menus(entries: Sequence[Entry]) -> Iterator[list[str]]:
    """The texts of each menu, the bar itself first."""
    yield [entry[0] if isinstance(entry, tuple) else TEXTS[entry] for entry in plain(entries)]
    for entry in entries:
        if isinstance(entry, tuple):
            yield from menus(entry[1])


def plain(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry != SEPARATOR]


def letter(text: str) -> str:
    _before, _mark, after = text.partition("&")
    return after[:1].lower()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_no_two_entries_of_a_menu_share_a_letter(language: str) -> None:
    i18n.use(language)
    for texts in menus(MENUS):
        letters = [letter(_(text)) for text in texts]
        assert all(letters), texts
        assert len(set(letters)) == len(letters), [_(text) for text in texts]
