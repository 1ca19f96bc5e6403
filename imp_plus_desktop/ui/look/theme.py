# SPDX-License-Identifier: Apache-2.0
"""Colours, sizes and the style sheet of the window: light and dark, each also in high contrast.

`Theme` holds the colours as `#rrggbb` tokens; `ALL` are the four there are.
`apply(app, mode)` dresses the whole application and may be called again at any time; widgets that
paint themselves ask `current()` at each paint, so that a switch reaches them by a plain repaint.
`Metrics` derives every text-dependent size from the font; `space(n)` is n steps of the 4 px grid.
Must not know any page, nor hold a text for people.
"""

import enum
from dataclasses import asdict
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetrics,
    QGuiApplication,
    QPalette,
)
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.ui.look.style_sheet import style_sheet

GRID = 4
_BODY_PIXELS = 13
_PLAIN_FAMILY = "DejaVu Sans"
"""What fontconfig gives when nobody chose a font; wide, so a better one is taken if there is."""
_BETTER_FAMILIES = ("Inter", "Noto Sans", "Open Sans", "Cantarell", "DejaVu Sans Condensed")


class Tone(enum.StrEnum):
    """What a chip, a finding or a line means. Colour never speaks alone: each has its glyph."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    UNKNOWN = "unknown"
    ACCENT = "accent"
    PLAIN = "plain"


SIGNS = {Tone.BAD: "✕ ", Tone.WARN: "▲ ", Tone.OK: "✓ ", Tone.UNKNOWN: "? "}
"""What stands before a sentence that has no glyph beside it."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, as `#rrggbb`."""

    name: str
    background: str
    card: str
    line: str
    text: str
    secondary: str
    accent: str
    accent_soft: str
    accent_second: str
    on_accent: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    neutral_soft: str
    hover: str
    border: str
    signs: str
    """`light` or `dark`: the drawings of ticks and arrows that are seen on it."""

    def ink(self, tone: Tone) -> QColor:
        """The colour of text and glyphs of a tone."""
        inks = {
            Tone.OK: self.ok,
            Tone.WARN: self.warn,
            Tone.BAD: self.bad,
            Tone.ACCENT: self.accent,
        }
        return QColor(inks.get(tone, self.secondary))

    def soft(self, tone: Tone) -> QColor:
        """The colour behind text of a tone."""
        softs = {
            Tone.OK: self.ok_soft,
            Tone.WARN: self.warn_soft,
            Tone.BAD: self.bad_soft,
            Tone.ACCENT: self.accent_soft,
        }
        return QColor(softs.get(tone, self.neutral_soft))


LIGHT = Theme(
    name="light",
    background="#f6f7f9",
    card="#ffffff",
    line="#e2e5ea",
    text="#1d2430",
    secondary="#667085",
    accent="#1f5aa6",
    accent_soft="#e6eef8",
    accent_second="#93aed5",
    on_accent="#ffffff",
    ok="#1b7a46",
    ok_soft="#e6f3eb",
    warn="#9a5b00",
    warn_soft="#fdf1dd",
    bad="#b3261e",
    bad_soft="#fbe9e7",
    neutral_soft="#f2f4f7",
    hover="#f0f3f7",
    border="#c9ced8",
    signs="light",
)
DARK = Theme(
    name="dark",
    background="#15181d",
    card="#1d2127",
    line="#2e343d",
    text="#e7eaef",
    secondary="#98a2b3",
    accent="#7fb0ee",
    accent_soft="#22324a",
    accent_second="#48699a",
    on_accent="#10151d",
    ok="#6fcf97",
    ok_soft="#1c3326",
    warn="#f0b45b",
    warn_soft="#3a2b12",
    bad="#f28b82",
    bad_soft="#40201f",
    neutral_soft="#272d36",
    hover="#252b34",
    border="#444c58",
    signs="dark",
)
LIGHT_CONTRAST = Theme(
    name="light-contrast",
    background="#ffffff",
    card="#ffffff",
    line="#6b7280",
    text="#000000",
    secondary="#333333",
    accent="#003a8c",
    accent_soft="#c9dcff",
    accent_second="#3b6fc4",
    on_accent="#ffffff",
    ok="#00491f",
    ok_soft="#d2f0de",
    warn="#5c3200",
    warn_soft="#ffe3b0",
    bad="#8a0000",
    bad_soft="#ffd9d6",
    neutral_soft="#ebebeb",
    hover="#dde6f5",
    border="#000000",
    signs="light",
)
DARK_CONTRAST = Theme(
    name="dark-contrast",
    background="#000000",
    card="#000000",
    line="#8c8c8c",
    text="#ffffff",
    secondary="#d6d6d6",
    accent="#ffd500",
    accent_soft="#463c00",
    accent_second="#bfa000",
    on_accent="#000000",
    ok="#7dffb0",
    ok_soft="#00331a",
    warn="#ffc247",
    warn_soft="#402800",
    bad="#ffb0a8",
    bad_soft="#4d0500",
    neutral_soft="#262626",
    hover="#333333",
    border="#ffffff",
    signs="dark",
)
ALL = (LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST)


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes that follow the font, in device-independent pixels."""

    body: int
    small: int
    title: int
    heading: int
    figure: int
    line: int
    control: int
    row: int

    @classmethod
    def of(cls, font: QFont) -> "Metrics":
        """The sizes that go with `font` as body text."""
        body = QFontInfo(font).pixelSize()
        height = QFontMetrics(font).height()
        control = max(round(body * 2.3), height + 10)
        return cls(
            body=body,
            small=max(round(body * 0.92), 11),
            title=round(body * 1.54),
            heading=round(body * 1.31),
            figure=round(body * 2.7),
            line=height,
            control=control + control % 2,
            row=control + control % 2,
        )


def apply(app: QApplication, mode: str, text_size: int = 100) -> Theme:
    """Dress the application for `mode`, `system` or the name of a theme; return the theme used.

    `text_size` is in per cent of what is usual. The first call sets it for as long as the program
    runs: widgets take their sizes from it when they are made.
    """
    theme = _chosen(mode)
    if not app.styleSheet():
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setFont(body_font(text_size))
    sheet = style_sheet(asdict(theme), asdict(Metrics.of(app.font())))
    if sheet != app.styleSheet():  # each change dresses every widget anew, which is felt
        # Taken off first: where one sheet replaces another, Qt dresses each widget once for every
        # widget that it stands in, which takes four times as long.
        app.setStyleSheet("")
        app.setPalette(palette(theme))
        app.setStyleSheet(sheet)
    return theme


def current() -> Theme:
    """The theme in use, read from the application's palette."""
    # Asked for by every cell that is painted: read once for each palette.
    shown = QGuiApplication.palette()
    return _of_palette.get(shown.cacheKey()) or _read_theme(shown)


def _read_theme(shown: QPalette) -> Theme:
    _of_palette.clear()
    window, accent = (shown.color(r).name() for r in (_ROLE.Window, _ROLE.Accent))
    return _of_palette.setdefault(shown.cacheKey(), _BY_COLOURS.get((window, accent), LIGHT))


_ROLE = QPalette.ColorRole
_BY_COLOURS = {(theme.background, theme.accent): theme for theme in ALL}
_of_palette: dict[int, Theme] = {}


def metrics() -> Metrics:
    """The sizes for the application's font."""
    return _metrics(QApplication.font())


@cache
def _metrics(font: QFont) -> Metrics:
    """The sizes of one font, worked out once: there are one or two in a session."""
    return Metrics.of(font)


def space(steps: int) -> int:
    """Steps of the grid in device-independent pixels."""
    return GRID * steps


def body_font(percent: int = 100) -> QFont:
    """The system's font at a readable size; a narrower one where the system chose none."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if QFontInfo(font).family() == _PLAIN_FAMILY:
        families = set(QFontDatabase.families())
        font.setFamily(next((f for f in _BETTER_FAMILIES if f in families), _PLAIN_FAMILY))
    pixels = QFontInfo(font).pixelSize()
    if pixels < _BODY_PIXELS:
        font.setPointSizeF(font.pointSizeF() * _BODY_PIXELS / pixels)
    font.setPointSizeF(font.pointSizeF() * percent / 100)
    return font


def sized_font(pixels: int, *, semibold: bool = False, figures: bool = False) -> QFont:
    """The body font at another size, for widgets that paint; `figures` makes digits equal wide."""
    return QFont(_font(QApplication.font(), pixels, semibold, figures))


@cache
def _font(body: QFont, pixels: int, semibold: bool, figures: bool) -> QFont:
    """Made once for each font of the application: cells ask for it at each paint."""
    font = QFont(body)
    font.setPixelSize(pixels)
    if semibold:
        font.setWeight(QFont.Weight.DemiBold)
    if figures:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def palette(theme: Theme) -> QPalette:
    """The Qt palette of a theme; style hints do not reach every platform, so it is our own."""
    role = QPalette.ColorRole
    made = QPalette()
    for key, colour in (
        (role.Window, theme.background),
        (role.WindowText, theme.text),
        (role.Base, theme.card),
        (role.AlternateBase, theme.neutral_soft),
        (role.ToolTipBase, theme.card),
        (role.ToolTipText, theme.text),
        (role.Text, theme.text),
        (role.PlaceholderText, theme.secondary),
        (role.Button, theme.card),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.bad),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Highlight, theme.accent_soft),
        (role.HighlightedText, theme.text),
        (role.Accent, theme.accent),
        (role.Light, theme.card),
        (role.Midlight, theme.line),
        (role.Mid, theme.line),
        (role.Dark, theme.border),
        (role.Shadow, theme.line),
    ):
        made.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, QColor(theme.secondary))
    return made


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours by WCAG 2.1, from 1 to 21; AA asks 4.5 of body text."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def set_role(widget: QWidget, role: str, tone: Tone = Tone.PLAIN) -> None:
    """Give a widget its part in the style sheet, and its tone; both may change at run time."""
    if (widget.property("role"), widget.property("tone")) == (role, tone.value):
        return
    widget.setProperty("role", role)
    widget.setProperty("tone", tone.value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)


def _chosen(mode: str) -> Theme:
    if mode != "system":
        return next((theme for theme in ALL if theme.name == mode), LIGHT)
    is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    if _wants_contrast():
        return DARK_CONTRAST if is_dark else LIGHT_CONTRAST
    return DARK if is_dark else LIGHT


def _wants_contrast() -> bool:
    """Whether the system was asked for more contrast."""
    hints = QGuiApplication.styleHints()
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
