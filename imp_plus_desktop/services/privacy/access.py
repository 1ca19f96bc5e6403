# SPDX-License-Identifier: Apache-2.0
"""A person's own information as files: JSON and CSV in an open structured form, a PDF to read,
scans (PRV-04; A21-635, P391-33). The names of the files tell nobody's name.

    write(office, person, folder, package) -> Written

Recorded as an act; what was handed over, and to whom, is for the office to write down.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from imp_plus_desktop import plain_files, private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.documents.media import ENDINGS, MediaType
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.exchange.correspondence.filled import PAGE, PAGES, Sheet
from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.services.correspondence import letter_pdfs
from imp_plus_desktop.services.correspondence.letterhead import letterhead
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.privacy import package
from imp_plus_desktop.services.privacy.desk import Desk, desk
from imp_plus_desktop.services.privacy.package import Package
from imp_plus_desktop.words.privacy.privacy_texts import desk_label

SERVICE = "privacy.access"
_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""With what a text begins that a spreadsheet would run."""


@dataclass(frozen=True, slots=True)
class Written:
    """The act, the files in their order, and what is of others and was withheld, by kind."""

    act: ActId
    files: tuple[Path, ...]
    withheld: dict[str, int]


def write(office: Office, person: int, folder: Path) -> Written:
    """Write everything that the register holds of a person into a folder, in the language in use.

    Errors: DomainError person_not_found, person_erased; StorageError cannot_copy, full;
    ExchangeError cannot_write.
    """
    found = package.of_person(office, person)
    settled = desk(office)
    name = _("personal-information")
    with letter_pdfs.printing() as to_pdf:
        pdf = to_pdf(_sheet(office, found, settled), _("Personal information"))
    contents = {
        f"{name}.pdf": pdf,
        f"{name}.json": _json(found, settled),
        f"{name}.csv": _csv(found),
        **dict(_scans(found)),
    }
    files = []
    with office.act(SERVICE) as act:
        package.of_person(office, person)  # whom another desk destroyed meanwhile gets nothing
        try:
            private.make_folder(folder)
            for file_name, content in contents.items():
                private.write(folder / file_name, content)
                files.append(folder / file_name)
        except OSError as error:
            raise StorageError(plain_files.trouble(error, "cannot_copy")) from None
        act.always = True
        act.details["counts"] = {"files": len(files)}
        act.details["person"] = person
    return Written(ActId(act.id or 0), tuple(files), dict(found.withheld))


def _json(found: Package, settled: Desk) -> bytes:
    parts: dict[str, Any] = {
        part.key: [{entry.name: entry.value for entry in row} for row in part.rows]
        for part in found.parts
    }
    told = {
        "made_on": found.made_on.isoformat(),
        "person_in_charge": _in_charge(settled),
        "purposes": settled.purposes,
        "withheld": dict(found.withheld),
        **parts,
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _in_charge(settled: Desk) -> dict[str, str | None]:
    return {
        "name": settled.officer_name,
        "title": settled.officer_title,
        "phone": settled.officer_phone,
        "email": settled.officer_email,
    }


def _csv(found: Package) -> bytes:
    told = io.StringIO(newline="")
    writer = csv.writer(told)
    writer.writerow([_("Part"), _("Entry"), _("Field"), _("Value")])
    for part in found.parts:
        for number, row in enumerate(part.rows, start=1):
            for entry in row:
                writer.writerow([part.title, number, entry.label, _safe(entry.text)])
    return told.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    """A text that no spreadsheet runs."""
    return f"'{text}" if text.startswith(_RUNS) else text


def _scans(found: Package) -> Iterator[tuple[str, bytes]]:
    for number, scan in enumerate(found.scans, start=1):
        ending = ENDINGS[MediaType(scan.media_type)]
        yield f"{_('document')}-{number}{ending}", scan.content


def _sheet(office: Office, found: Package, settled: Desk) -> Sheet:
    """The package on paper."""
    body = [
        f"<h1>{escape(_('Personal information'))}</h1>",
        f"<p>{escape(_('As of {day}.').format(day=format_day(found.made_on)))}</p>",
        *_about(office, settled),
        *(line for part in found.parts for line in _part(part)),
    ]
    if found.withheld:
        said = _("What is about other people is withheld.")
        body.append(f"<p><i>{escape(said)}</i></p>")
    foot = escape(_("Page {page} of {pages}").format(page=PAGE, pages=PAGES))
    return Sheet("".join(body), foot=f"<p align='center'>{foot}</p>")


def _about(office: Office, settled: Desk) -> Iterator[str]:
    head = letterhead(office)
    if head.name:
        yield f"<p><b>{escape(head.name)}</b></p>"
    told = [
        (desk_label(name), getattr(settled, name))
        for name in (
            *("officer_name", "officer_title", "officer_phone", "officer_email", "purposes"),
        )
    ]
    lines = [f"{escape(label)}: {escape(value)}" for label, value in told if value]
    if lines:
        title = _("Person in charge of the protection of personal information")
        yield f"<h2>{escape(title)}</h2><p>{'<br/>'.join(lines)}</p>"


def _part(part: package.Part) -> Iterator[str]:
    yield f"<h2>{escape(part.title)}</h2>"
    if part.key == "history":
        yield _table(part)
        return
    for row in part.rows:
        cells = "".join(
            f"<tr><td width='35%'>{escape(entry.label)}</td><td>{escape(entry.text)}</td></tr>"
            for entry in row
        )
        yield f"<table width='100%' cellpadding='2'>{cells}</table><p></p>"


def _table(part: package.Part) -> str:
    """Many rows that hold the same, under one heading each."""
    heads = dict.fromkeys(entry.label for row in part.rows for entry in row)
    told = [{entry.label: entry.text for entry in row} for row in part.rows]
    head = "".join(f"<th align='left'>{escape(label)}</th>" for label in heads)
    lines = ("".join(f"<td>{escape(row.get(one, ''))}</td>" for one in heads) for row in told)
    rows = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table width='100%' cellpadding='2'><tr>{head}</tr>{rows}</table>"
