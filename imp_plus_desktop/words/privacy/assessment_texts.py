# SPDX-License-Identifier: Apache-2.0
"""The privacy impact assessment, as far as the program can fill it in: what it holds, where, who
can see it, for how long, what it does not do. Everything comes with the facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from imp_plus_desktop.domain.privacy.retention import OfficeKind, Policy
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.words.privacy.privacy_texts import office_kind_text, policy_text


class Facts(NamedTuple):
    """What the program and its register are on the day of the assessment."""

    people: int
    members: int
    encrypted: bool
    register: str
    copies: str
    copies_kept: int
    acts: int
    incidents: int
    destroyed: int
    held: int
    office_kind: OfficeKind | None
    policy: Policy
    purposes: str
    officer: str
    on_server: bool = False


class Chapter(NamedTuple):
    """A heading and what stands under it."""

    title: str
    lines: tuple[str, ...]


def chapters(facts: Facts) -> Iterator[Chapter]:
    """The assessment; what the office alone can say is left to be written in."""
    todo = _("To be completed by the office.")
    yield Chapter(
        _("Purposes and person in charge"),
        (
            _("Purposes: {text}").format(text=facts.purposes or todo),
            _("Person in charge: {text}").format(text=facts.officer or todo),
            _("The office is: {text}").format(
                text=todo if facts.office_kind is None else office_kind_text(facts.office_kind)
            ),
        ),
    )
    yield Chapter(
        _("Personal information held"),
        (
            _("{count} people and {members} members of their families.").format(
                count=format_number(facts.people), members=format_number(facts.members)
            ),
            _(
                "Identity, numbers of IRCC and of MIFI, CSQ, letters, residences, passports,"
                " applications, permits, family, documents and their scans, notes, contacts, fees."
            ),
            _("Health and criminal record documents are sensitive: {text}").format(text=todo),
        ),
    )
    yield Chapter(
        _("Where it lies"),
        (
            _("Register: {path}").format(path=facts.register),
            _("Copies of the server, and where they lie: {text}").format(text=todo)
            if facts.on_server
            else _("Automatic copies: {path} ({count})").format(
                path=facts.copies, count=format_number(facts.copies_kept)
            ),
            _("Exports, letters and packages are files of their own, wherever they are saved."),
        ),
    )
    yield Chapter(
        _("Protection"),
        (
            *_protection(facts, todo),
            _("Only the session’s user can read the files that the program writes.")
            + " "
            + _("On Windows, the folder decides."),
            _("Each user signs in to the server with a name and a password of their own.")
            if facts.on_server
            else _("There are no accounts: whoever opens the register sees all of it."),
        ),
    )
    yield Chapter(
        _("Journal"),
        (
            ngettext(
                "{count} act, chained by its hash: it says who changed what, and when.",
                "{count} acts, chained by a hash: each says who changed what, and when.",
                facts.acts,
            ).format(count=format_number(facts.acts)),
            _("Looking at a file leaves no trace."),
        ),
    )
    yield Chapter(
        _("Keeping and destroying"),
        (
            policy_text(facts.policy),
            ngettext(
                "{count} file destroyed so far; {held} under a legal hold.",
                "{count} files destroyed so far; {held} under a legal hold.",
                facts.destroyed,
            ).format(count=format_number(facts.destroyed), held=format_number(facts.held)),
            _("A destroyed file leaves rows without a name, for the cap and the reports."),
        ),
    )
    yield Chapter(
        _("Incidents"),
        (_("{count} in the register of incidents.").format(count=format_number(facts.incidents)),),
    )
    yield Chapter(_("Risks and measures of the office"), (todo,))


def _protection(facts: Facts, todo: str) -> tuple[str, str]:
    """How what is kept and what is sent are kept from strangers."""
    if facts.on_server:
        return (
            _("Whether the disk of the server is encrypted: {text}").format(text=todo),
            _(
                "The program connects to this server alone, encrypted; its certificate is checked"
                " unless it is this computer."
            ),
        )
    return (
        _("The register and its copies are encrypted (SQLCipher, AES-256).")
        if facts.encrypted
        else _("The register and its copies are not encrypted: no passphrase is set."),
        _("The program opens no connection to a network."),
    )
