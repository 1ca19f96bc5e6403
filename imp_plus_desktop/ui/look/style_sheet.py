# SPDX-License-Identifier: Apache-2.0
"""The one style sheet, as a template filled with a theme's colours and the font's sizes.

Widgets take part by the dynamic property `role` (see `theme.set_role`):
QPushButton `accent` (one a screen), `quiet` (the default look), `link`, `ghost`, `chip`, `icon`,
`tab`;
QToolButton `fold`;
QLabel `title`, `heading`, `secondary`, `small`, `figure`, `finding` with a `tone`;
QFrame `card`, `drop`, `banner` with a `tone`, `sidebar`, `line`; QTableView `figures`.
Must not hold any text for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from imp_plus_desktop.paths import resource


def style_sheet(colours: Mapping[str, object], sizes: Mapping[str, int]) -> str:
    """Return the style sheet for a theme's colours, by name, at the sizes of a font, in pixels."""
    values: dict[str, object] = {**colours, **{f"px_{key}": size for key, size in sizes.items()}}
    values["px_inner"] = sizes["control"] - 2
    values["px_inner_focused"] = sizes["control"] - 4
    values["px_chip"] = sizes["control"] - 8
    values["px_chip_half"] = (sizes["control"] - 6) // 2
    values["px_mark"] = sizes["body"] + 3
    values["icons"] = resource("icons").as_posix()
    return Template(_SHEET).substitute(values)


_SHEET = """
QToolTip { background: $card; color: $text; border: 1px solid $border; padding: 4px 6px; }

QMainWindow, QDialog { background: $background; }
QStackedWidget, QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }
QScrollArea { border: none; }

QMenuBar { background: $card; border-bottom: 1px solid $line; padding: 0 4px; }
QMenuBar::item { padding: 6px 8px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $accent_soft; color: $text; }
QMenu { background: $card; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 4px 28px 4px 24px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $secondary; background: transparent; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 6px; }
QMenu::indicator { width: 14px; height: 14px; left: 5px; }
QMenu::indicator:checked { image: url("$icons/style/tick-$signs.svg"); }

QStatusBar { background: $card; border-top: 1px solid $line; color: $secondary; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $secondary; font-size: ${px_small}px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${px_title}px; font-weight: 600; }
QLabel[role="subject"] { font-size: ${px_heading}px; font-weight: 600; }
QLabel[role="figure"] { font-size: ${px_figure}px; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="secondary"] { color: $secondary; }
QLabel[role="struck"] { color: $secondary; text-decoration: line-through; }
QLabel[role="small"] { color: $secondary; font-size: ${px_small}px; }
QLabel[role="finding"] { font-size: ${px_small}px; color: $secondary; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="accent"] { color: $accent; }
QLabel[role="key"] { color: $secondary; font-size: ${px_small}px; border: 1px solid $line;
    border-radius: 4px; padding: 0 4px; }

QFrame[role="card"] { background: $card; border: 1px solid $line; border-radius: 8px; }
QFrame[role="popup"] { background: $card; border: 1px solid $accent; border-radius: 8px; }
QFrame[role="drop"] { background: $card; border: 1px solid $border; }
QFrame[role="sidebar"] { background: $card; border: none; border-right: 1px solid $line; }
QFrame[role="find"] { background: $card; border: 1px solid $border; border-radius: 10px; }
QLineEdit[role="find"], QLineEdit[role="find"]:focus { border: none; background: transparent;
    font-size: ${px_heading}px; padding: 0; }
QListView[role="found"] { background: $card; border: none; outline: none; }
QFrame[role="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="banner"] { background: $neutral_soft; border: none; border-radius: 6px; }
QFrame[role="banner"][tone="ok"] { background: $ok_soft; }
QFrame[role="banner"][tone="warn"] { background: $warn_soft; }
QFrame[role="banner"][tone="bad"] { background: $bad_soft; }
QFrame[role="banner"][tone="accent"] { background: $accent_soft; }

QPushButton, QToolButton { background: $card; border: 1px solid $line; border-radius: 6px;
    padding: 0 12px; min-height: ${px_inner}px; color: $text; }
QToolButton { padding: 0 8px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $accent_soft; }
QPushButton:focus, QToolButton:focus { border: 1px solid $accent; outline: none; }
QPushButton:disabled, QToolButton:disabled { color: $secondary; background: $background; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; width: 0; }
QPushButton[role="accent"] { background: $accent; border: 1px solid $accent; color: $on_accent;
    font-weight: 600; }
QPushButton[role="accent"]:hover { background: $accent; border: 1px solid $text; }
QPushButton[role="accent"]:focus { border: 2px solid $text; padding: 0 11px;
    min-height: ${px_inner_focused}px; }
QPushButton[role="accent"]:disabled { background: $neutral_soft; border: 1px solid $line;
    color: $secondary; }
QPushButton[role="link"], QToolButton[role="link"] { background: transparent; color: $accent;
    border: 1px solid transparent; padding: 0 2px; min-height: ${px_line}px; border-radius: 4px; }
QPushButton[role="link"][tone="bad"] { color: $bad; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border: 1px solid $accent; }
QPushButton[role="link"]:disabled { color: $secondary; background: transparent; }
QPushButton[role="value"] { background: transparent; border: 1px solid transparent;
    padding: 0 4px; min-height: ${px_chip}px; border-radius: 4px; text-align: left; }
QPushButton[role="value"][tone="unknown"] { color: $secondary; }
QPushButton[role="value"]:hover { background: $hover; }
QPushButton[role="value"][still="true"]:hover { background: transparent; }
QPushButton[role="value"]:focus { border: 1px solid $accent; }
QPushButton[role="ghost"], QToolButton[role="ghost"] { background: transparent;
    border: 1px solid transparent; padding: 0 6px; }
QPushButton[role="ghost"]:hover, QToolButton[role="ghost"]:hover { background: $hover; }
QPushButton[role="ghost"]:focus, QToolButton[role="ghost"]:focus { border: 1px solid $accent; }
QPushButton[role="icon"], QToolButton[role="icon"] { background: transparent;
    border: 1px solid transparent; padding: 0 3px; min-height: ${px_line}px; border-radius: 4px; }
QPushButton[role="icon"]:hover, QToolButton[role="icon"]:hover { background: $hover; }
QPushButton[role="icon"]:focus, QToolButton[role="icon"]:focus { border: 1px solid $accent; }
QToolButton[role="fold"] { background: transparent; border: 1px solid transparent;
    padding: 0 4px 0 0; border-radius: 4px; font-weight: 600; }
QToolButton[role="fold"]:hover { color: $accent; background: transparent; }
QToolButton[role="fold"]:focus { border: 1px solid $accent; }
QPushButton[role="status"], QToolButton[role="status"] { background: transparent;
    border: 1px solid transparent; border-radius: 4px; padding: 0 6px; color: $secondary;
    min-height: ${px_line}px; font-size: ${px_small}px; }
QPushButton[role="status"]:hover { color: $text; background: $hover; }
QPushButton[role="status"]:focus { border: 1px solid $accent; }
QPushButton[role="status"][tone="accent"] { color: $accent; }
QPushButton[role="tab"] { background: transparent; color: $secondary; border: none;
    border-bottom: 2px solid transparent; border-radius: 0; padding: 0 7px;
    min-height: ${px_chip}px; }
QPushButton[role="tab"]:hover { color: $text; }
QPushButton[role="tab"]:checked { color: $accent; border-bottom: 2px solid $accent; }
QPushButton[role="tab"]:focus { background: $hover; }
QPushButton[role="chip"] { border-radius: ${px_chip_half}px; min-height: ${px_chip}px;
    padding: 0 10px; font-size: ${px_small}px; }
QPushButton[role="chip"][tone="accent"] { background: $accent_soft; color: $accent;
    border: 1px solid $accent_soft; font-weight: 600; }
QPushButton[role="chip"][checkable="true"] { padding: 0 6px; }
QPushButton[role="chip"][tone="accent"]:focus { border: 1px solid $accent; }

QCalendarWidget QWidget#qt_calendar_navigationbar { background: $card; }
QCalendarWidget QToolButton { background: transparent; border: 1px solid transparent;
    padding: 0 6px; }
QCalendarWidget QToolButton:hover { background: $hover; }
QCalendarWidget QToolButton:focus { border: 1px solid $accent; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QAbstractSpinBox {
    background: $card; border: 1px solid $border; border-radius: 6px; color: $text;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: ${px_inner}px; padding: 0 8px; }
QLineEdit[role="search"] { border: 1px solid $line; padding: 0 4px; }
QLineEdit > QToolButton { background: transparent; border: none; padding: 0; min-height: 0; }
QPlainTextEdit, QTextEdit { padding: 4px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border: 1px solid $accent; }
QLineEdit:disabled, QComboBox:disabled, QLineEdit:read-only { background: $background;
    color: $secondary; }
QLineEdit[tone="bad"], QComboBox[tone="bad"], QPlainTextEdit[tone="bad"] {
    border: 1px solid $bad; }
QLineEdit[tone="warn"], QComboBox[tone="warn"], QPlainTextEdit[tone="warn"] {
    border: 1px solid $warn; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$icons/style/down-$signs.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $card; border: 1px solid $border; padding: 4px;
    selection-background-color: $accent_soft; selection-color: $text; outline: none; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 20px; border: none; }
QAbstractSpinBox::up-arrow { image: url("$icons/style/up-$signs.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$icons/style/down-$signs.svg"); width: 10px;
    height: 10px; }

QCheckBox, QRadioButton { spacing: 8px; background: transparent; border: 1px solid transparent;
    border-radius: 4px; padding: 0 4px 0 2px; }
QCheckBox::indicator, QRadioButton::indicator { width: ${px_body}px; height: ${px_body}px;
    border: 1px solid $secondary; background: $card; }
QCheckBox::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: ${px_mark}px; }
QCheckBox::indicator:checked { background: $accent; border: 1px solid $accent;
    image: url("$icons/style/check-$signs.svg"); }
QCheckBox::indicator:indeterminate { background: $accent_soft; border: 1px solid $accent; }
QRadioButton::indicator { width: 12px; height: 12px; border-radius: 7px; }
QRadioButton::indicator:checked { background: $card; border: 4px solid $accent; width: 6px;
    height: 6px; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $accent; }

QTableView, QListView, QTreeView { background: $card; border: none; outline: none;
    selection-background-color: $accent_soft; selection-color: $text; }
QTableView[role="figures"]::item { border-bottom: 1px solid $line; padding: 0 10px; }
QTableView[role="figures"]::item:selected { background: $accent_soft; }
QListView[role="completing"] { border: 1px solid $border; padding: 2px; }
QListWidget { border: 1px solid $border; border-radius: 6px; padding: 2px; }
QListWidget::item { padding: 3px 5px; border-radius: 4px; }
QListWidget::item:selected { background: $accent_soft; color: $text; }
QListWidget:focus { border: 1px solid $accent; }
QListWidget::indicator { width: ${px_body}px; height: ${px_body}px; border: 1px solid $secondary;
    border-radius: 3px; background: $card; }
QListWidget::indicator:checked { background: $accent; border: 1px solid $accent;
    image: url("$icons/style/check-$signs.svg"); }
QHeaderView { background: $card; border: none; }
QHeaderView::section { background: $card; color: $secondary; border: none;
    border-bottom: 1px solid $line; padding: 0 10px; font-size: ${px_small}px;
    font-weight: 400; min-height: ${px_inner}px; }
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: $card; border: none; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar::tab { background: transparent; color: $secondary; padding: 6px 10px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $accent; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $text; }

QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }

QProgressBar { background: $neutral_soft; border: none; border-radius: 4px; min-height: 8px;
    max-height: 8px; text-align: center; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 13px; margin: 0;
    border-top: 1px solid $line; width: 50px; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QGroupBox { border: 1px solid $line; border-radius: 8px; margin-top: ${px_line}px;
    padding: 8px; }
QGroupBox::title { subcontrol-origin: margin; left: 8px; padding: 0 4px; }
"""
