# SPDX-License-Identifier: Apache-2.0
"""The pages of the window, in the order of the side bar. A new page is one line here."""

from imp_plus_desktop.ui.pages.overview import OverviewPage
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.pages.quota import QuotaPage

PAGES: tuple[type[Page], ...] = (
    OverviewPage,
    QuotaPage,
)
