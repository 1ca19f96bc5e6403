# SPDX-License-Identifier: Apache-2.0
"""The file that a family member has of their own in the register, for FAM-11. Reads only."""

from __future__ import annotations

from imp_plus_desktop.domain.deadlines.agenda import is_closed
from imp_plus_desktop.domain.family.own_route import OwnFile, is_the_same
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.values.codes import Relation
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import queries, twins


def of_member(office: Office, member: Member) -> OwnFile | None:
    """The own file of a spouse or a partner, rather one that is not closed; None without one."""
    # What they are known by is hidden from who only reads: FAM-11 says so.
    if member.relation is Relation.CHILD or office.only_reads:
        return None
    numbers = twins.people_who_may_be(office.register, member.uci, member.birth_date)
    others = [number for number in numbers if number != member.person_id]
    people = queries.entities(office.register, "person", Person, "id", others, "id")
    same = [person.id for person in people if is_the_same(member, person)]
    today = office.clock.today()
    found = [
        OwnFile(file.person.id, bool(member.uci and file.person.uci), is_closed(file, today))
        for file in (queries.files(office.register, same) if same else ())
    ]
    return min(found, key=lambda own: (own.closed, not own.same_uci, own.person_id), default=None)
