# SPDX-License-Identifier: Apache-2.0
"""The pages of the window, in the order of the side bar. A new page is one line here."""

from imp_plus_desktop.ui.pages.applications import ApplicationsPage
from imp_plus_desktop.ui.pages.deadlines import DeadlinesPage
from imp_plus_desktop.ui.pages.family import FamilyPage
from imp_plus_desktop.ui.pages.imports import ImportsPage
from imp_plus_desktop.ui.pages.overview import OverviewPage
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.pages.people import PeoplePage
from imp_plus_desktop.ui.pages.permits import PermitsPage
from imp_plus_desktop.ui.pages.quota import QuotaPage
from imp_plus_desktop.ui.pages.routes import RoutesPage

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
)
