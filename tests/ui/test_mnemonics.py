# SPDX-License-Identifier: Apache-2.0
"""Every entry of a menu has a letter of its own, whichever language the menu is in."""

from collections.abc import Iterator
from typing import Any

import pytest

from imp_plus_desktop import i18n
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.shell.actions import Entries, Menu, Place, Separator, for_place
from imp_plus_desktop.ui.window.action_table import ACTIONS, MENUS


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use("en")


def menus(entries: Entries[Any]) -> Iterator[list[str]]:
    """The texts of each menu of the bar, the bar itself first."""
    shown = [e for e in for_place(entries, Place.BAR) if not isinstance(e, Separator)]
    yield [entry.title if isinstance(entry, Menu) else entry.text for entry in shown]
    for entry in shown:
        if isinstance(entry, Menu) and entry.entries:
            yield from menus(entry.entries)


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


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_an_entry_that_names_its_object_keeps_its_letter(language: str) -> None:
    i18n.use(language)
    named = [action for action in ACTIONS if action.named and action.id.startswith("edit.")]
    assert len(named) == 2
    for action in named:
        assert "{act}" in _(action.named)
        assert letter(_(action.named)) == letter(_(action.text))
