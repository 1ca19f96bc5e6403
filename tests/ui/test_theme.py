# SPDX-License-Identifier: Apache-2.0
"""The themes: contrast, icons, and the switch at run time."""

import gc

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton, QWidget

from imp_plus_desktop.paths import resource
from imp_plus_desktop.ui.look import icons, theme

TEXT_PAIRS = (
    ("text", "background"),
    ("text", "card"),
    ("text", "accent_soft"),
    ("text", "hover"),
    ("text", "neutral_soft"),
    ("secondary", "background"),
    ("secondary", "card"),
    ("secondary", "neutral_soft"),
    ("accent", "background"),
    ("accent", "card"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("ok", "card"),
    ("ok", "ok_soft"),
    ("warn", "card"),
    ("warn", "warn_soft"),
    ("bad", "card"),
    ("bad", "bad_soft"),
)
"""Text and what stands behind it."""
HIGH = (theme.LIGHT_CONTRAST, theme.DARK_CONTRAST)


def test_the_systems_wishes_are_asked_for_as_often_as_they_change(qapp: QApplication) -> None:
    for _time in range(3):
        theme.apply(qapp, "system")
        gc.collect()
    theme.apply(qapp, "light")


@pytest.mark.parametrize("colours", theme.ALL, ids=lambda t: t.name)
@pytest.mark.parametrize(("front", "behind"), TEXT_PAIRS)
def test_text_meets_contrast_aa(colours: theme.Theme, front: str, behind: str) -> None:
    least = 7 if colours in HIGH else 4.5  # WCAG's AAA and AA
    assert theme.contrast(getattr(colours, front), getattr(colours, behind)) >= least


@pytest.mark.parametrize("colours", HIGH, ids=lambda t: t.name)
@pytest.mark.parametrize("drawn", ["line", "border", "accent", "accent_second"])
def test_in_high_contrast_lines_and_frames_are_seen(colours: theme.Theme, drawn: str) -> None:
    assert theme.contrast(getattr(colours, drawn), colours.card) >= 3


def test_black_on_white_has_the_highest_contrast() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_theme_can_change_while_the_program_runs(qapp: QApplication) -> None:
    for colours in (theme.DARK, theme.DARK_CONTRAST, theme.LIGHT_CONTRAST, theme.LIGHT):
        assert theme.apply(qapp, colours.name) is colours
        assert theme.current() is colours


def test_sizes_follow_the_font(qapp: QApplication) -> None:
    small = theme.Metrics.of(theme.sized_font(13))
    large = theme.Metrics.of(theme.sized_font(26))
    assert large.control > small.control * 1.7
    assert small.control == 30


def test_words_are_as_large_as_asked(qapp: QApplication) -> None:
    usual = theme.body_font().pointSizeF()
    assert theme.body_font(150).pointSizeF() == pytest.approx(usual * 1.5)
    assert theme.Metrics.of(theme.body_font(150)).row > theme.Metrics.of(theme.body_font()).row


@pytest.mark.parametrize(
    "name", sorted(p.stem for p in resource("icons").glob("*.svg") if p.stem != "app")
)
def test_every_icon_draws_something_in_the_colour_asked(qapp: QApplication, name: str) -> None:
    image = icons.pixmap(name, QColor("#ff0000"), 32).toImage()
    inks = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 200
    }
    assert inks == {"#ff0000"}


def test_icons_take_the_new_colours_when_the_theme_changes(qapp: QApplication, dark: None) -> None:
    root = QWidget()
    button = QPushButton(root)
    theme.apply(qapp, "light")
    icons.dress(button, "plus", "accent")
    before = button.icon().pixmap(16).toImage()
    theme.apply(qapp, "dark")
    icons.redress(root)
    assert button.icon().pixmap(16).toImage() != before


def test_every_list_box_has_the_frame_of_a_field(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    box = QListWidget()
    box.addItem("a line")
    box.resize(200, 100)
    box.ensurePolished()
    shown = box.grab().toImage()
    edge = QColor(theme.current().border)
    assert shown.pixelColor(100, 0) == edge
    assert shown.pixelColor(0, 50) == edge
    # A square corner would be of that colour too.
    assert shown.pixelColor(0, 0) != edge
    assert box.visualItemRect(box.item(0)).height() > box.fontMetrics().height() + 4


def test_the_words_of_a_chosen_tab_are_as_wide_as_before(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    tab = QPushButton("Applications by state, and more of them than fit")
    theme.set_role(tab, "tab")
    tab.setCheckable(True)
    tab.resize(tab.sizeHint())

    def drawn() -> list[int]:
        shown = tab.grab().toImage()
        blank, middle = shown.pixelColor(0, 0), range(4, shown.height() - 6)
        columns = range(shown.width())
        return [x for x in columns if any(shown.pixelColor(x, y) != blank for y in middle)]

    before = drawn()
    tab.setChecked(True)
    after = drawn()
    assert (after[0], after[-1]) == (before[0], before[-1])
