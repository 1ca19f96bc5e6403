# SPDX-License-Identifier: Apache-2.0
"""The pages of the window, in the order of the side bar, and how each is made.

A new page is one line here and one of `ui/pages/entries.py`. Each is loaded by the function that
names it, when it is first opened: most days one or two of them are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imp_plus_desktop.ui.pages.page import Page


def _overview() -> type[Page]:
    from imp_plus_desktop.ui.pages.overview import OverviewPage

    return OverviewPage


def _people() -> type[Page]:
    from imp_plus_desktop.ui.lists.people import PeoplePage

    return PeoplePage


def _applications() -> type[Page]:
    from imp_plus_desktop.ui.lists.applications import ApplicationsPage

    return ApplicationsPage


def _permits() -> type[Page]:
    from imp_plus_desktop.ui.lists.permits import PermitsPage

    return PermitsPage


def _family() -> type[Page]:
    from imp_plus_desktop.ui.lists.family import FamilyPage

    return FamilyPage


def _deadlines() -> type[Page]:
    from imp_plus_desktop.ui.lists.deadlines import DeadlinesPage

    return DeadlinesPage


def _quota() -> type[Page]:
    from imp_plus_desktop.ui.quota.quota import QuotaPage

    return QuotaPage


def _imports() -> type[Page]:
    from imp_plus_desktop.ui.imports.imports import ImportsPage

    return ImportsPage


def _routes() -> type[Page]:
    from imp_plus_desktop.ui.pages.routes import RoutesPage

    return RoutesPage


def _bin() -> type[Page]:
    from imp_plus_desktop.ui.pages.bin import BinPage

    return BinPage


PAGES: Mapping[str, Callable[[], type[Page]]] = {
    "overview": _overview,
    "people": _people,
    "applications": _applications,
    "permits": _permits,
    "family": _family,
    "deadlines": _deadlines,
    "quota": _quota,
    "imports": _imports,
    "routes": _routes,
    "bin": _bin,
}
