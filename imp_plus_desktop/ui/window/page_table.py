# SPDX-License-Identifier: Apache-2.0
"""The pages of the window, in the order of the side bar. A new page is one line here."""

from imp_plus_desktop.ui.imports.imports import ImportsPage
from imp_plus_desktop.ui.lists.applications import ApplicationsPage
from imp_plus_desktop.ui.lists.deadlines import DeadlinesPage
from imp_plus_desktop.ui.lists.family import FamilyPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.lists.permits import PermitsPage
from imp_plus_desktop.ui.pages.bin import BinPage
from imp_plus_desktop.ui.pages.overview import OverviewPage
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.pages.routes import RoutesPage
from imp_plus_desktop.ui.quota.quota import QuotaPage

PAGES: tuple[type[Page], ...] = (
    OverviewPage,
    PeoplePage,
    ApplicationsPage,
    PermitsPage,
    FamilyPage,
    DeadlinesPage,
    QuotaPage,
    ImportsPage,
    RoutesPage,
    BinPage,
)
