# SPDX-License-Identifier: Apache-2.0
"""The privacy impact assessment on paper, filled in with what the program does (A21-635, P391-33).

facts(office) -> Facts          asked of the register and the program, not written down twice
write(office, path) -> Path     a PDF in the language in use
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from imp_plus_desktop import plain_files, private
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.exchange.correspondence.filled import PAGE, PAGES, Sheet
from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.services.correspondence import letter_pdfs
from imp_plus_desktop.services.correspondence.letterhead import letterhead
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.privacy import incidents
from imp_plus_desktop.services.privacy.desk import desk
from imp_plus_desktop.storage.files import copies
from imp_plus_desktop.storage.history import acts
from imp_plus_desktop.storage.journal import erasures
from imp_plus_desktop.storage.privacy import closed
from imp_plus_desktop.storage.reads import figures
from imp_plus_desktop.words.privacy.assessment_texts import Facts, chapters


def facts(office: Office) -> Facts:
    """What the program and its register are today."""
    register, settled = office.register, desk(office)
    charge = (settled.officer_name, settled.officer_title, settled.officer_phone)
    return Facts(
        people=len(closed.listed(register)),
        members=figures.count(register, "member"),
        encrypted=bool(register.passphrase),
        register=str(office.place),
        on_server=office.server is not None,
        copies=str(copies.folder_of(office.register_path)),
        copies_kept=len(copies.copies_of(office.register_path)),
        acts=acts.count_after(register, 0),
        incidents=len(incidents.incidents(office)),
        destroyed=len(erasures.files(register.db)),
        held=len(closed.held(register)),
        office_kind=settled.office_kind,
        policy=settled.policy,
        purposes=settled.purposes or "",
        officer=", ".join(part for part in charge if part),
    )


def write(office: Office, path: Path) -> Path:
    """Write the assessment. Errors: StorageError cannot_copy, full; ExchangeError cannot_write."""
    title = _("Privacy impact assessment")
    head = letterhead(office).name
    body = [
        f"<h1>{escape(title)}</h1>",
        *([f"<p><b>{escape(head)}</b></p>"] if head else []),
        f"<p>{escape(_('As of {day}.').format(day=format_day(office.clock.today())))}</p>",
    ]
    for chapter in chapters(facts(office)):
        lines = "".join(f"<p>{escape(line)}</p>" for line in chapter.lines)
        body.append(f"<h2>{escape(chapter.title)}</h2>{lines}")
    foot = escape(_("Page {page} of {pages}").format(page=PAGE, pages=PAGES))
    sheet = Sheet("".join(body), foot=f"<p align='center'>{foot}</p>")
    with letter_pdfs.printing() as to_pdf:
        content = to_pdf(sheet, title)
    try:
        private.write(path, content)
    except OSError as error:
        raise StorageError(plain_files.trouble(error, "cannot_copy")) from None
    return path
