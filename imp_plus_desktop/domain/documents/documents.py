# SPDX-License-Identifier: Apache-2.0
"""What a complete file still needs on paper, and how it is filed (DOC, ELG-05)."""

from __future__ import annotations

from datetime import date
from enum import Enum, auto

from imp_plus_desktop.domain.letters.csq import pr_filed, pr_state
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.papers import Document
from imp_plus_desktop.domain.rules.findings import Finding, Severity
from imp_plus_desktop.domain.rules.rules import fails, not_applicable, passes, unknown
from imp_plus_desktop.domain.values.codes import Channel, DocumentState, DocumentType, PrState

MANDATORY = (DocumentType.CSQ, DocumentType.LETTER, DocumentType.INTENT)


class Presence(Enum):
    """Whether a file holds a document: not recorded is not the same as known to be missing."""

    YES = auto()
    MISSING = auto()
    NOT_RECORDED = auto()


def held(file: PersonFile, wanted: DocumentType, day: date) -> Presence:
    """Whether the person's own document is on file on a day; expired is as good as missing."""
    same = [d for d in file.documents if d.type is wanted and d.member_id is None]
    if not same:
        return Presence.NOT_RECORDED
    return Presence.YES if any(_good(document, day) for document in same) else Presence.MISSING


def elg_05(channel: Channel | None) -> Finding:
    """The application goes online, never through a port of entry. Source A76."""
    if channel is None:
        return unknown("ELG-05", "channel_unknown", fix="record_channel")
    if channel is Channel.PORT_OF_ENTRY:
        return fails("ELG-05", "channel_port_of_entry", fix="apply_online")
    if channel is Channel.PAPER:
        return fails("ELG-05", "channel_paper", fix="apply_online", severity=Severity.WARN)
    return passes("ELG-05", "channel_online")


def doc_01(file: PersonFile, day: date) -> Finding:
    """CSQ, letter and proof of intent are on file. Source A76.

    `missing` and `not_recorded` list document types, comma-separated.
    """
    state = {wanted: held(file, wanted, day) for wanted in MANDATORY}
    missing = ",".join(wanted for wanted in MANDATORY if state[wanted] is Presence.MISSING)
    silent = ",".join(wanted for wanted in MANDATORY if state[wanted] is Presence.NOT_RECORDED)
    if missing:
        return fails("DOC-01", "documents_missing", fix="obtain_documents", missing=missing)
    if silent:
        return unknown(
            "DOC-01", "documents_not_recorded", fix="record_documents", not_recorded=silent
        )
    return passes("DOC-01", "documents_on_file")


def doc_02(file: PersonFile, day: date) -> Finding:
    """With PR filed, one proof of it is on file. Source A76."""
    filed = pr_filed(file.person)
    if filed is None:
        return unknown("DOC-02", "pr_nothing_recorded", fix="record_pr_state", recorded=False)
    if not filed:
        state = pr_state(file.person)
        if state is PrState.WITHDRAWN:
            return not_applicable("DOC-02", "pr_not_in_process", state=state.value)
        return not_applicable("DOC-02", "pr_not_filed")
    proof = held(file, DocumentType.PR_PROOF, day)
    if proof is Presence.MISSING:
        return fails("DOC-02", "pr_proof_missing", fix="obtain_pr_proof")
    if proof is Presence.NOT_RECORDED:
        return unknown("DOC-02", "pr_proof_not_recorded", fix="record_pr_proof")
    return passes("DOC-02", "pr_proof_on_file")


def doc_03(application: Application | None) -> Finding:
    """Both boxes of the form carry the programme's wording, which codes the file. Source A76."""
    if application is None:
        return not_applicable("DOC-03", "no_application")
    if application.a76_wording is None:
        return unknown(
            "DOC-03", "a76_wording_unknown", fix="check_form_wording", application=application.id
        )
    if not application.a76_wording:
        return fails(
            "DOC-03", "a76_wording_missing", fix="check_form_wording", application=application.id
        )
    return passes("DOC-03", "a76_wording_present", application=application.id)


def _good(document: Document, day: date) -> bool:
    arrived = document.state in {DocumentState.RECEIVED, DocumentState.REVIEWED}
    return arrived and (document.expires is None or day <= document.expires)
