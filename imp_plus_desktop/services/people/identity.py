# SPDX-License-Identifier: Apache-2.0
"""The numbers of a file and the two lines of a passport, checked (ID-01 to ID-04).

    findings(office, person_id)       what the rules say of a file's numbers
    read_mrz(office, text)            two pasted lines as fields to fill in, with what is wrong

Reads only: what the lines gave is stored by `people.add` or `folder.save_passport`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.documents import mrz
from imp_plus_desktop.domain.people.identity import (
    id_01,
    id_02,
    id_04,
    may_be_one_passport,
    passport_numbers,
)
from imp_plus_desktop.domain.records.catalogue import LINKED, PERSON, names_with
from imp_plus_desktop.domain.records.fields import Mark
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import PersonId
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.services.fields import typed_fields
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import queries, twins


@dataclass(frozen=True, slots=True)
class MrzReading:
    """The fields that the lines fill, as `people.add` takes them, and what the rule says."""

    values: Mapping[str, str]
    finding: Finding


def findings(office: Office, person_id: int) -> tuple[Finding, ...]:
    """ID-01, ID-02 and ID-04 of a file. Errors: DomainError person_not_found."""
    file = person_file.file_of(office, person_id)
    if office.only_reads:
        # Others are known by numbers that are hidden: each rule says so of itself.
        return (id_01(file), id_02(file), id_04(file, ()))
    uci = file.person.uci
    others = queries.holders(office.register, "uci", uci) if uci else ()
    shared = ("uci",) if any(holder != person_id for holder in others) else ()
    both = tuple(_of_families(office, file))
    return (id_01(file), id_02(file, shared, both), id_04(file, passport_twins(office, file)))


def _of_families(office: Office, file: PersonFile) -> Iterator[str]:
    """The fields whose UCI stands in another file too, of its principal or of a member."""
    own = (("uci", file.person.uci), *(("member_uci", member.uci) for member in file.members))
    for field, uci in own:
        if uci and twins.files_with_uci(office.register, uci) - {file.person.id}:
            yield field


def passport_twins(office: Office, file: PersonFile) -> tuple[PersonId, ...]:
    """The people of other files who have a passport number of this one."""
    numbers = passport_numbers(file)
    found = twins.passport_holders(office.register, numbers) if numbers else ()
    country = file.person.citizenship
    return tuple(
        dict.fromkeys(
            PersonId(one.person_id)
            for one in found
            if one.person_id != file.person.id and may_be_one_passport(one.citizenship, country)
        )
    )


_IN_PASSPORTS = names_with((*PERSON, *LINKED), Mark.PASSPORT)


def read_mrz(office: Office, text: str) -> MrzReading:
    """What two pasted lines say. A field whose check digit does not fit is left empty.

    Errors: DomainError mrz_unreadable.
    """
    read = mrz.read_mrz(text, office.clock.today())
    said = {name: getattr(read, name) for name in _IN_PASSPORTS}
    if not read.family_name:  # a person with one name has it as the family name
        said |= {"family_name": read.given_names, "given_names": ""}
    sure = {name: value for name, value in said.items() if value and name not in read.wrong}
    texts = {name: typed_fields.as_text(value) for name, value in sure.items()}
    _typed, problems = typed_fields.parse_all(office, texts)
    unread = {problem.field for problem in problems if problem.blocks}
    values = {name: text for name, text in texts.items() if name not in unread}
    return MrzReading(values, mrz.id_03(read))
