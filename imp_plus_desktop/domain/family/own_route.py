# SPDX-License-Identifier: Apache-2.0
"""A member of a family who holds or may have an A76 of their own (FAM-11).

Somebody with a permit by the family's codes cannot be the principal for the other (source C49):
of two who were both invited, the office settles which one leads. What other files hold is asked of
the register by the caller.
"""

from __future__ import annotations

from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.family.household import Bond, bond_on
from imp_plus_desktop.domain.people.need import settled_as
from imp_plus_desktop.domain.records.ids import PersonId
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.rules.rules import fails, not_applicable, passes
from imp_plus_desktop.domain.values.codes import Relation
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.domain.values.unseen.hidden import HiddenValueError, is_hidden
from imp_plus_desktop.domain.values.unseen.seen import seen


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file that is the member's own: whose it is, and whether nothing is to come of it."""

    person_id: PersonId
    same_uci: bool
    closed: bool


def is_the_same(member: Member, person: Person) -> bool:
    """Whether a person of the register is a member of a family: by the UCI, else by folded name
    and birth date, unless two UCIs say otherwise."""
    if member.uci and person.uci:
        return normalise(member.uci) == normalise(person.uci)
    if member.birth_date is None or member.birth_date != person.birth_date:
        return False
    theirs = (fold(person.family_name), fold(person.given_names or ""))
    return (fold(member.family_name), fold(member.given_names or "")) == theirs


@seen("FAM-11")
def fam_11(member: Member, day: date, own: OwnFile | None = None) -> Finding:
    """A spouse has no A76 of their own to come or to use. Sources C41, C49.

    Recorded as not invited, only the same UCI speaks against it: two people may share a name and a
    birth date.
    """
    if member.relation is Relation.CHILD:
        return not_applicable("FAM-11", "not_a_spouse")
    if settled_as(member) is not None:
        return not_applicable("FAM-11", "no_permit_needed")
    if bond_on(member, day) is not Bond.FAMILY:
        return not_applicable("FAM-11", "no_longer_a_spouse")
    if own is not None and not own.closed and (own.same_uci or member.invited is not False):
        number = str(own.person_id)
        return fails("FAM-11", "spouse_has_own_file", fix="settle_principal", people=number)
    if member.invited:
        return fails("FAM-11", "spouse_invited", fix="settle_principal")
    if is_hidden(member.uci) or is_hidden(member.birth_date):
        raise HiddenValueError()  # by these an own file is known
    if own is not None and own.closed:
        return passes("FAM-11", "spouse_file_closed", people=str(own.person_id))
    return passes("FAM-11", "no_own_invitation")
