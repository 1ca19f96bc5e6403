# SPDX-License-Identifier: Apache-2.0
"""What would turn a finding about where somebody lives and their status (ELG-01 to ELG-03)."""

from __future__ import annotations

from datetime import timedelta

from imp_plus_desktop.domain.documents.documents import Presence, held
from imp_plus_desktop.domain.residence.inland import status_on
from imp_plus_desktop.domain.residence.residence import QUEBEC, address_in_quebec, residence_on
from imp_plus_desktop.domain.rules.findings import Change, Finding, Flip, How
from imp_plus_desktop.domain.values.codes import CanadaStatus, DocumentType, ResidenceProof
from imp_plus_desktop.domain.verdict.flip_case import Case, documents_received, person_change


def outside_quebec(finding: Finding, case: Case) -> Flip:
    change = Change("residence", "outside_quebec", How.SET, case.day)
    return Flip("residence_outside_quebec", (change, *_said_outside(case)), {"on_day": case.day})


def outside_canada(finding: Finding, case: Case) -> Flip:
    change = Change("residence", "outside_canada", How.SET, case.day)
    return Flip("residence_outside_canada", (change,), {"on_day": case.day})


def province(finding: Finding, case: Case) -> Flip:
    change = Change("residence", "province", How.NOT, QUEBEC)
    return Flip("province_not_quebec", (change, *_said_outside(case)))


def evidence(finding: Finding, case: Case) -> Flip:
    return Flip("evidence_agrees", _said_outside(case))


def _said_outside(case: Case) -> tuple[Change, ...]:
    """What else would have to say so: a tick or an address that says Quebec."""
    person, changes = case.file.person, []
    if person.outside_quebec_declared is False:
        changes.append(person_change("outside_quebec_declared", How.SET, True))
    if address_in_quebec(person):
        changes.append(person_change("address_province", How.NOT, QUEBEC))
    return tuple(changes)


def canada_status(finding: Finding, case: Case) -> Flip:
    """Ended no longer ago than it can be restored; proof of residence too where it is wanting.

    Where the status itself lets nobody apply inland, that of a permit's holder.
    """
    until = case.day - timedelta(days=case.programme.restoration_days)
    recorded = case.file.person.canada_status
    held_status = status_on(case.file, case.day, case.ignore).status
    # The status that is recorded is the one that would run longer, whatever is held by now.
    either = {recorded, held_status}
    as_permit = bool(either & _NOT_INLAND) and case.file.person.r199 is not True
    as_permit = as_permit or CanadaStatus.CLAIMANT in either
    status = (
        person_change("canada_status", How.SET, CanadaStatus.WORKER.value)
        if as_permit
        else person_change("canada_status", How.NOT, CanadaStatus.NONE.value)
    )
    changes: tuple[Change, ...] = (status, person_change("canada_status_until", How.FROM, until))
    facts = {"status_until": until}
    proven = held(case.file, DocumentType.RESIDENCE_PROOF, case.day) is Presence.YES
    changes += () if proven else documents_received(DocumentType.RESIDENCE_PROOF)
    if as_permit and proven:
        return Flip("canada_permit_until", changes, facts)
    if as_permit:
        return Flip("canada_permit_and_proof", changes, facts)
    if proven:
        return Flip("canada_status_until", changes, facts)
    return Flip("canada_status_and_proof", changes, facts)


_NOT_INLAND = frozenset({CanadaStatus.VISITOR, CanadaStatus.CLAIMANT})
"""Statuses that need more than being valid."""


def residence_proof(finding: Finding, case: Case) -> Flip:
    held_status = status_on(case.file, case.day, case.ignore)
    known = held_status.kept or held_status.until is not None
    visitor = held_status.status is CanadaStatus.VISITOR and case.file.person.r199 is None
    if held_status.status is None or not known or visitor or held_status.undated:
        return canada_status(finding, case)
    return Flip("residence_proof_received", documents_received(DocumentType.RESIDENCE_PROOF))


def inland_exception(finding: Finding, case: Case) -> Flip:
    """The exception alone, where nothing else is wanting."""
    proof = held(case.file, DocumentType.RESIDENCE_PROOF, case.day)
    shown = residence_on(case.file, case.day).residence
    proven = shown is not None and shown.proof not in (None, ResidenceProof.DECLARATION)
    proven = proof is Presence.YES or (proof is Presence.NOT_RECORDED and proven)
    held_status = status_on(case.file, case.day, case.ignore)
    known = held_status.kept or (held_status.until is not None and not held_status.undated)
    if not proven or not known:
        return canada_status(finding, case)
    return Flip("r199_exception", (person_change("r199", How.SET, True),))


def no_r206(finding: Finding, case: Case) -> Flip:
    return Flip("no_r206", (person_change("r206", How.SET, False),))
