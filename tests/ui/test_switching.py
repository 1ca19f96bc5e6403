# SPDX-License-Identifier: Apache-2.0
"""Another language or another theme: every page ends as in a window that was started so.

Pages that are not in front are written anew when they are opened, and not before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import office_builders as build
import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.person.person_panel import PersonPanel
from imp_plus_desktop.ui.window.main_window import MainWindow
from imp_plus_desktop.ui.window.page_table import PAGES

SIZE = QSize(1366, 768)


@pytest.fixture
def busy_office(office: Office) -> Iterator[Office]:
    """One of everything that a page may show, opened with nothing done since."""
    for number in range(1, 4):
        person = build.invite(office, number)
        build.receive(office, person)
        build.add_member(office, person)
        folder.add_note(office, person, "une note")
    build.issue(office, build.an_approved(office, 9))
    build.invite(office, 12, residence_country="CAN", residence_province="QC")
    made = open_office(office.register_path, today=build.TODAY)
    yield made
    made.close()


@contextmanager
def a_window(office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(office, inline_tasks=True)
    made.watching.stop()
    made.resize(SIZE)
    with qtbot.waitActive(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()
    settle()


@pytest.fixture(autouse=True)
def _as_it_was(qapp: QApplication) -> Iterator[None]:
    yield
    i18n.use("en")
    theme.apply(qapp, "light")


def settle() -> None:
    for _turn in range(4):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def texts(root: QWidget) -> list[str]:
    """Everything that is seen or read aloud, as it stands on the screen."""
    said: list[str] = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        said += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, (QLabel, QAbstractButton)):
            said.append(widget.text())
        elif isinstance(widget, QLineEdit):
            said += [widget.placeholderText(), widget.text()]
        elif isinstance(widget, QComboBox):
            said += [widget.itemText(n) for n in range(widget.count())]
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            said += of_a_model(widget)
    return sorted(text for text in said if text)


def differing(some: list[str], others: list[str]) -> tuple[list[str], list[str]]:
    """What is only in the one, and only in the other."""
    one, other = Counter(some), Counter(others)
    return list((one - other).elements()), list((other - one).elements())


def of_a_model(view: QAbstractItemView) -> list[str]:
    model = view.model()
    columns, rows = model.columnCount(), min(model.rowCount(), 30)
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(columns)]
    cells = [model.index(r, c).data() for r in range(rows) for c in range(columns)]
    return [text for text in (*heads, *cells) if isinstance(text, str)]


def seen(window: MainWindow, key: str) -> list[str]:
    window.open_page(key)
    settle()
    return texts(window)


@pytest.mark.many("en-fr-people")
@pytest.mark.parametrize("front", ["people", "overview"])
@pytest.mark.parametrize(("before", "after"), [("en", "fr"), ("fr", "en")])
def test_after_a_switch_every_page_speaks_as_if_the_window_had_been_started_so(
    qtbot: QtBot, busy_office: Office, before: str, after: str, front: str
) -> None:
    i18n.use(before)
    with a_window(busy_office, qtbot) as window:
        for key in PAGES:
            seen(window, key)
        window.open_page(front)
        window.set_language(after, keep=False)
        switched = {key: seen(window, key) for key in (front, *PAGES)}
    assert i18n.current_language() == after
    with a_window(busy_office, qtbot) as window:
        for key in PAGES:
            seen(window, key)
        for key in (front, *PAGES):
            started = seen(window, key)
            assert differing(switched[key], started) == ([], []), key


def test_the_person_beside_a_list_that_is_not_in_front_speaks_it_too(
    qtbot: QtBot, busy_office: Office
) -> None:
    with a_window(busy_office, qtbot) as window:
        seen(window, "people")
        window.open_page("overview")
        window.set_language("fr", keep=False)
        assert "Chronologie" in seen(window, "applications")
        window.open_page("overview")
        window.set_language("en", keep=False)
        assert "Timeline" in seen(window, "people")


def test_a_switch_writes_the_page_in_front_alone(
    qtbot: QtBot, busy_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    with a_window(busy_office, qtbot) as window:
        for key in PAGES:
            seen(window, key)
            kind = type(window.page(key))
            was = kind.retranslate
            monkeypatch.setattr(
                kind, "retranslate", lambda self, w=was: (written.append(self.key), w(self))[1]
            )
        window.open_page("quota")
        written.clear()
        window.set_language("fr", keep=False)
        assert set(written) == {"quota"}
        window.open_page("routes")
        assert set(written) == {"quota", "routes"}
        written.clear()
        window.open_page("quota")
        assert not written


@pytest.mark.long
def test_after_a_switch_of_the_theme_every_page_looks_as_if_started_so(
    qtbot: QtBot, qapp: QApplication, busy_office: Office
) -> None:
    with a_window(busy_office, qtbot) as window:
        for key in PAGES:
            seen(window, key)
        window.set_theme("dark", keep=False)
        switched = {key: picture(window, key) for key in PAGES}
        window.set_theme("light", keep=False)
        back = {key: picture(window, key) for key in PAGES}
    for mode, pictures in (("dark", switched), ("light", back)):
        theme.apply(qapp, mode)
        with a_window(busy_office, qtbot) as window:
            for key in PAGES:
                seen(window, key)
            for key in PAGES:
                assert pictures[key] == picture(window, key), (mode, key)


def picture(window: MainWindow, key: str) -> object:
    """The page as it is drawn, without a blinking cursor."""
    window.open_page(key)
    window.centralWidget().setFocus()
    settle()
    return window.centralWidget().grab().toImage()


def test_a_switch_of_the_theme_moves_nothing(qtbot: QtBot, busy_office: Office) -> None:
    with a_window(busy_office, qtbot) as window:
        seen(window, "people")
        panel = window.findChildren(PersonPanel)[0]
        before = [(w, w.geometry(), w.font()) for w in panel.findChildren(QWidget)]
        window.set_theme("dark", keep=False)
        settle()
        assert [(w, w.geometry(), w.font()) for w, _g, _f in before] == before
