# SPDX-License-Identifier: Apache-2.0
"""A year's cap on paper: the sheets that its workbook has, as tables.

quota_paper(office, year) -> Paper
"""

from imp_plus_desktop.domain.reads.outward import OutPaper
from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.exports.plain_tables import quota_tables
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.ui.paper.paper import Paper, Part, Table
from imp_plus_desktop.words.proof.check_texts import head_line


def quota_paper(office: Office, year: int) -> Paper:
    """The year as the register knows it now."""
    parts = tuple(
        Part(made.title, table=Table(made.header, made.rows, made.right))
        for made in quota_tables(office, year)
    )
    title = _("Annual cap {year}").format(year=year)
    name = _("annual-cap-{year}").format(year=year)
    people = frozenset(exports.people_of(office, "quota", None, year=year))
    day = format_day(office.clock.today())
    notes = (head_line(checking.head(office)),)
    return Paper(title, day, parts, notes, name, OutPaper.QUOTA, people)
