# SPDX-License-Identifier: Apache-2.0
"""The collapsible part of a person's page about the flags of its history.

    section(office, file) -> Section       key: flags; empty where nothing is flagged

Must not hold a widget, nor judge anything.
"""

from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.verdict.history_flags import HistoryFlag
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.applications import flags
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.servers import claims
from imp_plus_desktop.ui.person.actions.history_actions import (
    FLAG,
    FLAG_CORRECT,
    LET_GO,
    TAKE_ON,
    TAKE_OVER,
)
from imp_plus_desktop.ui.person.sections.person_details import Entry, Section
from imp_plus_desktop.ui.shell.actions import offers
from imp_plus_desktop.words.messages import flag_text, name_of, settled_text
from imp_plus_desktop.words.servers.desk_texts import claimed_text

KEY = "flags"


def section(office: Office, file: PersonFile) -> Section:
    """The flags, those to settle first."""
    found = sorted(flags.of_file(office, file), key=lambda flag: not flag.is_open)
    left = sum(flag.is_open for flag in found)
    words = ngettext("{count} to settle", "{count} to settle", left)
    summary = words.format(count=format_number(left)) if left else _("all settled")
    return Section(
        KEY,
        _("Findings on the history"),
        summary if found else "",
        tuple(_entry(office, file, flag) for flag in found),
    )


def _entry(office: Office, file: PersonFile, flag: HistoryFlag) -> Entry:
    own = {application.id for application in file.own_applications}
    application = next(a for a in file.applications if a.id == flag.application)
    about = [name_of(flag.code), application.application_number]
    if flag.settled is not None:
        about.append(settled_text(flag.settled))
    claim = office.company.whose(claims.of_finding(file.person.id, flag))
    if claim is not None and flag.is_open:
        about.append(claimed_text(claim))
    sees = TAKE_ON if claim is None else LET_GO if claim.is_own else TAKE_OVER
    taking = offers((sees,), flag) if claims.is_possible(office) else ()
    mends = offers((FLAG_CORRECT,), flag) if flag.application in own else ()
    return Entry(
        flag_text(flag),
        " · ".join(part for part in about if part),
        (*mends, *offers(FLAG, flag), *taking),
        struck=not flag.is_open,
    )
