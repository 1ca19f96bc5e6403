# SPDX-License-Identifier: Apache-2.0
"""A NUL or half a character in a text: refused by every service that takes one, with one sentence
and nothing written. What the system names (a login, a file) is mended instead."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from new_registers import new_register
from office_builders import AT, TODAY, YEAR, a_list, a_row, invite, person_values, row_counts
from second_desk import Furnished, Refused, desk, furnish, outcome

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.quota.quota import OfficialCount
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.records.member import Member, new_member
from imp_plus_desktop.domain.values import codes
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.agenda import agenda
from imp_plus_desktop.services.applications import applications, routes
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office import parameters
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import (
    attachments,
    clerks,
    contacts,
    employments,
    folder,
    names_history,
    people,
)
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.words import messages

BAD = ("a\x00b", "a\ud800b")


@pytest.fixture(scope="module")
def furnished(
    empty_register: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Office, Furnished]:
    where = tmp_path_factory.mktemp("texts")
    new_register(where / "office.imp")
    first = open_office(where / "office.imp", today=TODAY)
    office = desk(first, where / "office.imp")
    first.close()
    return office, furnish(office, where)


def _member(f: Furnished, **changes: str) -> Member:
    named = new_member(f.one, codes.Relation.CHILD, "Benali", "Nour", date(2015, 1, 2))
    return replace(named, **changes)  # type: ignore[arg-type]


def _named(office: Office, f: Furnished) -> agenda.Named:
    return agenda.find(office, f.new, "letter")


def _override(office: Office, f: Furnished, text: str) -> object:
    reception = applications.Reception(f.one, AT)
    blocked = applications.preview_receive(office, reception).blocked
    overrides = {finding.rule: text for finding in blocked}
    return applications.receive(office, replace(reception, overrides=overrides))


_WORK = employments.Work
TEXTS: Mapping[str, Callable[[Office, Furnished, str], object]] = {
    "a cap's reason": lambda o, f, t: quota.set_cap(o, YEAR, 5, TODAY, t),
    "a switch's reason": lambda o, f, t: parameters.set_switch(
        o, YEAR, "returned", uses_place=True, from_day=TODAY, reason=t
    ),
    "a window's reason": lambda o, f, t: parameters.set_window(
        o, "letter_window_days", "60", TODAY, t
    ),
    "the source of a count": lambda o, f, t: quota.set_official(
        o, OfficialCount(YEAR, TODAY, 7, source=t)
    ),
    "an override's reason": _override,
    "a clerk": lambda o, f, t: clerks.assign(o, [f.one], t),
    "a contact": lambda o, f, t: contacts.save(o, f.one, None, codes.ContactKind.CALLED, t),
    "a note": lambda o, f, t: folder.add_note(o, f.one, t),
    "a passport's number": lambda o, f, t: folder.save_passport(o, f.one, None, t, None),
    "an employer": lambda o, f, t: employments.save(o, f.one, _WORK("MAR", employer=t)),
    "a job's country": lambda o, f, t: employments.save(o, f.one, _WORK(t)),
    "a new name": lambda o, f, t: names_history.change_name(o, f.one, t, "Nom"),
    "a former name": lambda o, f, t: names_history.save_former(o, f.one, None, "Nom", t),
    "a route's employer": lambda o, f, t: routes.save(
        o, f.one, None, routes.RouteDetails("a75", codes.RouteState.FILED, employer=t)
    ),
    "the source of an entry": lambda o, f, t: routes.set_entry(o, "MAR", "visa", TODAY, t),
    "a permit's condition": lambda o, f, t: permits.edit(o, f.permit, location_condition=t),
    "why a deadline was moved": lambda o, f, t: agenda.move(o, _named(o, f), date(2023, 12, 24), t),
    "a member's name": lambda o, f, t: family.add_member(o, _member(f, family_name=t)),
    "a member's CAQ": lambda o, f, t: family.add_member(o, _member(f, caq_number=t)),
    "a member's field": lambda o, f, t: family.set_field(o, f.member, "given_names", t),
    **{
        f"the field {name}": lambda o, f, t, name=name: people.edit(o, f.one, {name: t})  # type: ignore[misc]
        for name in ("address", "family_name", "email", "clerk", "representative", "pr_number")
    },
    "a new person": lambda o, f, t: people.add(o, person_values(91, given_names=t)),
}


@pytest.mark.parametrize("text", BAD, ids=["nul", "surrogate"])
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_cannot_be_kept_is_refused(
    furnished: tuple[Office, Furnished], name: str, text: str
) -> None:
    office, found = furnished
    before = row_counts(office.register)
    with pytest.raises(DomainError) as caught:
        TEXTS[name](office, found, text)
    assert "unwritable_text" in (caught.value.code, caught.value.parameters.get("issue"))
    assert "invisible character" in messages.error_text(caught.value)
    assert row_counts(office.register) == before


@pytest.mark.parametrize("text", BAD, ids=["nul", "surrogate"])
def test_what_is_looked_for_may_hold_anything(
    furnished: tuple[Office, Furnished], text: str
) -> None:
    office, _found = furnished
    known = ("unwritable_text", "person_not_found", "application_not_found")
    assert isinstance(
        outcome(lambda: len(people.ids(office, PeopleFilter(text=text)))), int | Refused
    )
    for find in (people.find, applications.find):
        answer = outcome(partial(find, office, text))
        assert isinstance(answer, Refused)
        assert answer.code in known


def test_a_login_that_is_no_text_is_mended_in_the_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "jos\udce9e")
    office = open_office(tmp_path / "office.imp", today=TODAY)
    invite(office)
    assert history.acts(office)[0].who == "jos\ufffde"
    office.close()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such file names")
def test_a_file_whose_name_is_no_text_is_read_and_kept(office: Office, tmp_path: Path) -> None:
    strange = Path(os.fsdecode(os.fsencode(tmp_path) + b"/liste-\xe9.xlsx"))
    a_list(tmp_path / "list.xlsx", [a_row(1)]).rename(strange)
    assert imports.commit(office, imports.open_file(office, strange)).counts.new == 1
    assert history.acts(office)[0].source_name == "liste-\ufffd.xlsx"
    scan = strange.with_suffix(".pdf")
    scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
    attachments.attach(office, 1, codes.DocumentType.PASSPORT, scan)
    assert people.file(office, 1).documents[0].attachment_name == "liste-\ufffd.pdf"
    assert checking.check(office).passed
