# SPDX-License-Identifier: Apache-2.0
"""Where a person lives on a day, and what that asks of their status in Canada (ELG-01 to 03)."""

from __future__ import annotations

from datetime import date
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.documents.documents import Presence, held
from imp_plus_desktop.domain.people.need import settled_as
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.records.papers import Residence
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.residence.inland import StatusHeld, status_on
from imp_plus_desktop.domain.rules.findings import FactValue, Finding
from imp_plus_desktop.domain.rules.rules import fails, judgement, not_applicable, passes, unknown
from imp_plus_desktop.domain.values.codes import CanadaStatus, DocumentType, ResidenceProof
from imp_plus_desktop.domain.values.programme import Programme

CANADA = "CAN"
QUEBEC = "QC"
PROVINCES = frozenset(
    {"AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"}
)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The residence that counts on a day; `conflict` when two that count equally disagree."""

    residence: Residence | None
    conflict: bool = False

    @property
    def in_canada(self) -> bool:
        return self.residence is not None and self.residence.country == CANADA

    @property
    def against_itself(self) -> bool:
        """Whether it is a province of Canada in another country: one of the two is wrong."""
        stay = self.residence
        return stay is not None and not self.in_canada and stay.province in PROVINCES

    @property
    def province(self) -> str | None:
        """The province lived in, None outside Canada or when it is not a known one."""
        if self.residence is None or self.residence.province not in PROVINCES:
            return None
        return self.residence.province if self.in_canada else None


def residence_on(file: PersonFile, day: date) -> Whereabouts:
    """The residence on a day.

    A dated interval that covers the day wins, the latest begun first; then one with an open
    start, which holds for every earlier day that no dated interval covers.
    """
    covering = [r for r in file.residences if r.until_day is None or day <= r.until_day]
    dated = [r for r in covering if r.from_day is not None and r.from_day <= day]
    if dated:
        latest = max(r.from_day or date.min for r in dated)
        equal = [r for r in dated if r.from_day == latest]
    else:
        undated = [r for r in covering if r.from_day is None]
        nearest = min((r.until_day or date.max for r in undated), default=date.max)
        equal = [r for r in undated if (r.until_day or date.max) == nearest]
    if not equal:
        return Whereabouts(None)
    inside = {_in_quebec(stay) for stay in equal}
    return Whereabouts(max(equal, key=lambda r: r.id), conflict=len(inside) > 1)


def residence_findings(
    file: PersonFile, day: date, programme: Programme, ignore: ApplicationId | None = None
) -> tuple[Finding, ...]:
    """ELG-01 to ELG-03 on a day; `ignore` is the application that is judged itself."""
    where = residence_on(file, day)
    if settled_as(file.person) is not None:
        # A citizen's or a permanent resident's status neither ends nor has to be restored.
        of_status = not_applicable("ELG-02", "no_permit_needed")
    else:
        of_status = elg_02(file, where, day, programme, ignore)
    return (elg_01(file, where), of_status, elg_03(file, where))


def elg_01(file: PersonFile, where: Whereabouts) -> Finding:
    """The person lives outside Quebec. Source A76.

    `evidence` names what says otherwise than the stay, comma-separated: declaration, address.
    """
    residence = where.residence
    if residence is None:
        return unknown("ELG-01", "residence_unknown", fix="record_residence")
    if where.conflict:
        return judgement("ELG-01", "residence_conflict", fix="check_residence")
    if where.against_itself and residence.province == QUEBEC:
        return _against_itself("ELG-01", residence)
    if where.in_canada and where.province is None:
        return unknown("ELG-01", "province_unknown", fix="record_province")
    evidence = contradictions(file, residence)
    facts: dict[str, FactValue] = {}
    if where.province != QUEBEC:
        facts = {"country": residence.country, "province": where.province}
    facts |= {
        "from_day": residence.from_day,
        "until_day": residence.until_day,
        "open_start": residence.from_day is None,
        "proof": residence.proof.value if residence.proof else None,
    }
    if evidence:
        facts["evidence"] = ",".join(evidence)
    return _of_stay(where.province == QUEBEC, facts)


def _of_stay(in_quebec: bool, facts: dict[str, Any]) -> Finding:
    """A tick does not outweigh a stay in Quebec: it fails all the same, and says so."""
    contradicted = "evidence" in facts
    if in_quebec and contradicted:
        return fails("ELG-01", "lives_in_quebec_contradicted", fix="check_residence", **facts)
    if in_quebec:
        return fails("ELG-01", "lives_in_quebec", fix="check_other_routes", **facts)
    if contradicted:
        return judgement("ELG-01", "residence_contradicted", fix="check_residence", **facts)
    return passes("ELG-01", "lives_outside_quebec", **facts)


def _against_itself(rule: str, stay: Residence) -> Finding:
    return judgement(
        rule,
        "country_against_province",
        fix="check_residence",
        country=stay.country,
        province=stay.province,
    )


def contradictions(file: PersonFile, stay: Residence) -> tuple[str, ...]:
    """What says otherwise than a stay about living in Quebec: the tick of a form, the address.

    The address is today's. It says nothing of a stay that has ended, nor of the day of receipt
    of somebody who has since come to Quebec with a permit.
    """
    person, inside = file.person, _in_quebec(stay)
    found = []
    if person.outside_quebec_declared is not None and person.outside_quebec_declared is inside:
        found.append("declaration")
    compared = stay.until_day is None and person.arrived_on is None and not file.own_permits
    if compared and address_in_quebec(person) is (not inside):
        found.append("address")
    return tuple(found)


def address_in_quebec(person: Person) -> bool | None:
    """Whether the postal address is in Quebec, None when its place is not recorded."""
    country, province = person.address_country, person.address_province
    if country is not None and country != CANADA:
        return False
    return None if province is None else province == QUEBEC


def _in_quebec(stay: Residence) -> bool:
    return stay.country == CANADA and stay.province == QUEBEC


def elg_02(
    file: PersonFile,
    where: Whereabouts,
    day: date,
    programme: Programme,
    ignore: ApplicationId | None = None,
) -> Finding:
    """In Canada: status valid or restorable, which lets apply inland, and residence proven.

    A visitor needs one of the exceptions of R199; a refugee claim gives no status (R202, R206).
    Sources A76, IRPR 182, 183(5), 199.
    """
    elsewhere = _not_in_canada("ELG-02", where)
    if elsewhere is not None:
        return elsewhere
    held = status_on(file, day, ignore)
    excluded = status_excludes(file, held, day, programme)
    if excluded is not None:
        return excluded
    unproven = _residence_unproven(file, where, day)
    # What is known to be wanting outweighs what is not recorded.
    if unproven is not None and unproven.blocks:
        return unproven
    if not held.kept and (
        held.status is None or held.until is None or status_lost(held, day, programme)
    ):
        return unknown("ELG-02", "canada_status_unknown", fix="record_canada_status")
    if unproven is not None:
        return unproven
    if held.status is CanadaStatus.VISITOR and file.person.r199 is None:
        return judgement("ELG-02", "visitor_exception_unknown", fix="record_r199")
    return status_holds(held, day, programme)


def status_excludes(
    file: PersonFile, held: StatusHeld, day: date, programme: Programme
) -> Finding | None:
    """What of the status rules an application inside Canada out, whatever else is recorded."""
    if held.status is CanadaStatus.NONE:
        fix = "check_other_routes" if status_lost(held, day, programme) else "restore_status"
        return fails("ELG-02", "canada_status_none", fix=fix)
    if held.status is CanadaStatus.CLAIMANT:
        return fails("ELG-02", "canada_status_claimant", fix="check_other_routes")
    if held.status is not None and status_lost(held, day, programme) and not held.undated:
        return fails(
            "ELG-02",
            "canada_status_ended",
            fix="check_other_routes",
            until=held.until,
            restorable_until=restorable_until(held, programme),
        )
    if held.status is CanadaStatus.VISITOR and file.person.r199 is False:
        return fails("ELG-02", "visitor_no_exception", fix="check_other_routes")
    return None


def restorable_until(held: StatusHeld, programme: Programme) -> date | None:
    """The last day to restore a status that ends, None while no end is in sight. IRPR 182."""
    if held.kept or held.until is None:
        return None
    return programme.last_day("restoration_days", held.until)


def status_lost(held: StatusHeld, day: date, programme: Programme) -> bool:
    """Whether the status has ended longer ago than it can be restored."""
    last = restorable_until(held, programme)
    return last is not None and day > last


def status_holds(held: StatusHeld, day: date, programme: Programme) -> Finding:
    """What a status that lets apply says of its end."""
    if held.maintained:
        return passes(
            "ELG-02",
            "canada_status_maintained" if held.until is not None else "canada_status_kept",
            fix="check_maintained_status",
            until=held.until,
        )
    if held.until is not None and day > held.until:
        return passes(
            "ELG-02",
            "canada_status_restorable",
            fix="restore_status",
            until=held.until,
            restorable_until=restorable_until(held, programme),
        )
    if day == held.until:
        return passes(
            "ELG-02", "canada_status_last_day", fix="apply_before_hour", last_day=held.until
        )
    return passes("ELG-02", "canada_status_valid", until=held.until)


def elg_03(file: PersonFile, where: Whereabouts) -> Finding:
    """The person holds no permit of a claimant or of an unenforceable removal. Source A76."""
    elsewhere = _not_in_canada("ELG-03", where)
    if elsewhere is not None:
        return elsewhere
    if file.person.r206 is None:
        return unknown("ELG-03", "r206_unknown", fix="record_r206")
    if file.person.r206:
        return fails("ELG-03", "r206_held", fix="check_other_routes")
    return passes("ELG-03", "r206_not_held")


def _not_in_canada(rule: str, where: Whereabouts) -> Finding | None:
    """What a rule about life in Canada answers when the person is not known to live there."""
    if where.residence is None:
        return unknown(rule, "residence_unknown", fix="record_residence")
    if where.conflict:
        return judgement(rule, "residence_conflict", fix="check_residence")
    if where.against_itself:
        return _against_itself(rule, where.residence)
    if not where.in_canada:
        return not_applicable(rule, "lives_abroad", country=where.residence.country)
    return None


def _residence_unproven(file: PersonFile, where: Whereabouts, day: date) -> Finding | None:
    """A stay recorded with its proof needs no other; the person's own word is no proof."""
    proof = held(file, DocumentType.RESIDENCE_PROOF, day)
    shown = where.residence.proof if where.residence is not None else None
    if proof is Presence.NOT_RECORDED and shown not in (None, ResidenceProof.DECLARATION):
        return None
    if proof is Presence.MISSING:
        return fails("ELG-02", "residence_proof_missing", fix="obtain_residence_proof")
    if proof is Presence.NOT_RECORDED:
        return unknown("ELG-02", "residence_proof_not_recorded", fix="record_residence_proof")
    return None
