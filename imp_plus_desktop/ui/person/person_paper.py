# SPDX-License-Identifier: Apache-2.0
"""A person's file on paper: all that their page shows, unfolded, in its order.

    file_paper(office, person_id) -> Paper      Errors: DomainError person_not_found

The words are those of the page. Must not judge anything, nor hold a widget.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from imp_plus_desktop.domain.reads.outward import OutPaper
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.i18n import _, format_cents, format_day, format_iso
from imp_plus_desktop.services.applications import fees
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import documents
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.paper.paper import Line, Paper, Part, Table
from imp_plus_desktop.ui.person import person_presenter
from imp_plus_desktop.ui.person.person_presenter import PersonView
from imp_plus_desktop.ui.person.sections import person_details, person_office, person_path
from imp_plus_desktop.ui.person.sections.person_details import Section
from imp_plus_desktop.ui.person.sections.person_documents import note_of
from imp_plus_desktop.ui.person.sections.person_fees import OF_FAMILY, fee_text, holder, whose
from imp_plus_desktop.ui.person.values.value_groups import groups
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine
from imp_plus_desktop.words.messages import name_of

_FIRST = 35
"""How much of the width the first column of a table of two takes: values stand below each other
over the whole of a file."""


def file_paper(office: Office, person_id: int) -> Paper:
    """The whole file as it stands today. Errors: DomainError person_not_found."""
    view = person_presenter.read(office, person_id)
    programme = office.programme()
    parts = [
        *_verdict(view),
        _family(view),
        Part(_("Timeline"), table=_timeline(view)) if view.points else Part(),
        *map(_section, person_details.sections(view.file, view.today, programme)),
        *_values(view.file),
        _documents(office, view.file),
        _fees(office, view.file),
        *map(_section, person_path.sections(office, view.file)),
        *map(_section, person_office.sections(office, view.file)),
    ]
    said = tuple(part for part in parts if part.lines or part.table is not None)
    tags = view.file.person.tags
    told = [view.identity, _("tags: {tags}").format(tags=tags) if tags else ""]
    subtitle = " · ".join([*filter(None, told), format_day(view.today)])
    # A number of this register and nothing of the person: a file's name is read by everybody.
    name = _("file-{number}-{day}").format(number=person_id, day=format_iso(view.today))
    own = frozenset({person_id})
    signs = _("✓ met · ✕ not met · ▲ to check or to do · ? not recorded")
    return Paper(view.name, subtitle, said, (signs,), name, OutPaper.FILE, own)


def _verdict(view: PersonView) -> Iterator[Part]:
    verdict = view.verdict
    yield Part(verdict.title, (Line(verdict.sentence),) if verdict.sentence else ())
    yield Part(_("Findings"), tuple(_findings(verdict.findings)))
    yield Part(_("Still missing"), tuple(_findings(verdict.to_do)))


def _findings(lines: Iterable[FindingLine]) -> Iterator[Line]:
    for line in lines:
        detail = " · ".join(part for part in (line.detail, line.flip) if part)
        yield Line(line.text, detail, mark=theme.SIGNS.get(line.tone, ""))


def _timeline(view: PersonView) -> Table:
    rows = tuple((format_day(point.day), point.text) for point in view.points)
    return Table((_("Date"), _("Event")), rows, first=_FIRST)


def _family(view: PersonView) -> Part:
    relatives = person_details.family(view.file, view.today)
    lines = (Line(f"{one.text} ({one.relation})", one.detail) for one in relatives)
    return Part(_("Family"), tuple(lines))


def _section(section: Section) -> Part:
    lines = (Line(entry.text, entry.detail, entry.struck) for entry in section.entries)
    return Part(section.title, tuple(lines))


def _values(file: PersonFile) -> Iterator[Part]:
    """What is known, subject by subject; older letters and passports below the last one."""
    others = {section.key: section for section in person_details.beside(file)}
    for group in groups(file):
        rows = tuple((one.name, one.text) for one in group.values if not one.is_empty)
        table = Table((group.title, ""), rows, first=_FIRST) if rows else None
        older = others.get(group.key)
        yield Part(table=table)
        yield Part(lines=() if older is None else _section(older).lines)


def _documents(office: Office, file: PersonFile) -> Part:
    rows = tuple(
        (holder(file, item.member_id), name_of(item.type), note_of(item))
        for item in documents.of_file(office, file)
    )
    table = Table((_("Person"), _("Document"), _("State")), rows) if rows else None
    return Part(_("Documents"), table=table)


def _fees(office: Office, file: PersonFile) -> Part:
    account = fees.account_of(office, file)
    rows: list[Sequence[str]] = []
    for member, same in groupby(account.lines, key=whose):
        lines = list(same)
        text = _("Family maximum") if member == OF_FAMILY else holder(file, member)
        cents = sum(line.cents for line in lines)
        rows.append((text, " · ".join(map(fee_text, lines)), format_cents(cents)))
    for payment in account.payments:
        kind = _("Refund") if payment.refund else _("Payment")
        what = f"{name_of(payment.fee, 'fee')}, {format_day(payment.on_day)}"
        rows.append((kind, what, format_cents(payment.cents)))
    if not rows:
        return Part()
    words = _("Still to pay") if account.open_cents >= 0 else _("Paid too much")
    rows.append((_("Expected"), "", format_cents(account.expected_cents)))
    rows.append((_("Paid"), "", format_cents(account.paid_cents)))
    rows.append((words, "", format_cents(abs(account.open_cents))))
    header = (_("Fees"), "", _("Amount"))
    return Part(_("Fees"), table=Table(header, tuple(map(tuple, rows)), frozenset({2})))
