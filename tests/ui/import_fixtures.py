# SPDX-License-Identifier: Apache-2.0
"""An empty register years after the first receipts, and the page by which lists come into it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from new_registers import new_office
from pytestqt.qtbot import QtBot

from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.imports.imports import ImportsPage
from imp_plus_desktop.ui.shell.shell import Shell


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An empty register on 20 November 2026."""
    made = new_office(tmp_path / "bureau.imp", date(2026, 11, 20))
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> Iterator[ImportsPage]:
    """The page of imports in a small window."""
    yield from shown_page(qtbot, office, 1093, 614)


@pytest.fixture
def shell(office: Office) -> Iterator[Shell]:
    """The window around a page, whose tasks run at once."""
    made = Shell(office, inline_tasks=True)
    yield made
    made.tasks.close()


@pytest.fixture
def wide_page(qtbot: QtBot, shell: Shell) -> ImportsPage:
    """The page of imports, as wide as a small screen has room for."""
    made = ImportsPage(shell)
    qtbot.addWidget(made)
    shell.data_changed.connect(made.refresh)
    made.resize(1182, 690)
    made.refresh()
    made.show()
    qtbot.waitExposed(made)
    return made


def shown_page(qtbot: QtBot, office: Office, width: int, height: int) -> Iterator[ImportsPage]:
    """The page of imports of a register, shown at a size and fresh after every act."""
    shell = Shell(office, inline_tasks=True)
    made = ImportsPage(shell)
    qtbot.addWidget(made)
    shell.data_changed.connect(made.refresh)
    made.resize(width, height)
    made.refresh()
    made.show()
    yield made
    shell.tasks.close()
