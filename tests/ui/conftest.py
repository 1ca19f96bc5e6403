# SPDX-License-Identifier: Apache-2.0
"""What tests of the window share: one application dressed like the real one."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.shell.singletons import keep_singletons

keep_singletons()


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> Iterator[QApplication]:
    """The one application of the session, in the light theme."""
    theme.apply(qapp, "light")
    return qapp


@pytest.fixture
def dark(qapp: QApplication) -> Iterator[None]:
    """The dark theme for one test."""
    theme.apply(qapp, "dark")
    yield
    theme.apply(qapp, "light")
