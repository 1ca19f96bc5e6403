# SPDX-License-Identifier: Apache-2.0
"""Two desks that change the same: what is told, what goes in by itself, what a choice does."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import office_builders as build
import pytest
from generated import cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.meetings import Meeting, Overtaken, TakenOut, together
from imp_plus_desktop.domain.records.member import new_member
from imp_plus_desktop.domain.values.codes import (
    DocumentState,
    DocumentType,
    Outcome,
    PortalItem,
    PortalState,
    Relation,
)
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused, StorageError
from imp_plus_desktop.services.applications import applications, portal
from imp_plus_desktop.services.applications.portal import PortalReading
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import file_bin, history
from imp_plus_desktop.services.office import maintenance, restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.page import one_value
from imp_plus_desktop.services.people import documents, folder, people
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.services.privacy import erasure
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.services.several import changes, many
from imp_plus_desktop.words.messages import error_text

DAY = date(2023, 11, 1)
EARLY = datetime(2023, 9, 5, 15, tzinfo=UTC)


def overtaken(call: Callable[[], object]) -> Overtaken:
    """An act that ends because another desk was first; nothing of it is stored."""
    with pytest.raises(Overtaken) as caught:
        call()
    return caught.value


def only(error: Overtaken) -> Meeting:
    (met,) = error.meetings
    return met


def head(office: Office) -> int:
    return int(history.acts(office, limit=1)[0].id)


def phone(office: Office, person: int) -> str | None:
    return people.file(office, person).person.phone


@pytest.fixture
def third(office: Office) -> Iterator[Office]:
    opened = open_office(office.register_path, today=build.TODAY)
    opened.settings.user_name = "K. Tremblay"
    yield opened
    opened.close()


def test_a_meeting_tells_before_theirs_and_mine_and_whose_theirs_is(
    office: Office, other: Office
) -> None:
    person = build.invite(office, phone="514 555-0100")
    form = office.as_shown()
    theirs = people.edit(other, person, {"phone": "514 555-0101"})
    met = only(overtaken(lambda: people.edit(form, person, {"phone": "438 555-0199"})))
    values = met.before, met.theirs, met.mine
    assert values == ("514 555-0100", "514 555-0101", "438 555-0199")
    assert (met.entity, met.field, met.person) == ("person", "phone", person)
    assert met.who == other.user
    assert met.act == theirs.act
    assert met.at is not None
    assert met.at.tzinfo is not None
    assert head(office) == theirs.act


def test_what_nobody_else_touched_goes_in_with_what_was_chosen_as_one_act(
    office: Office, other: Office
) -> None:
    person = build.invite(office)
    form = office.as_shown()
    people.edit(other, person, {"phone": "514 555-0101", "email": "b@exemple.ca"})
    before = head(office)
    mine = {"phone": "438 555-0199", "email": "a@exemple.ca", "uci": "12345678"}
    error = overtaken(lambda: people.edit(form, person, mine))
    error.settle([one for one in error.meetings if one.field == "email"])
    done = people.edit(form, person, mine)
    now = people.file(office, person).person
    assert (now.phone, now.email, now.uci) == ("514 555-0101", "a@exemple.ca", "12345678")
    assert head(office) == done.act == before + 1


def test_theirs_alone_stores_nothing(office: Office, other: Office) -> None:
    person = build.invite(office)
    form = office.as_shown()
    theirs = people.edit(other, person, {"phone": "514 555-0101"})
    overtaken(lambda: people.edit(form, person, {"phone": "438 555-0199"})).settle()
    assert people.edit(form, person, {"phone": "438 555-0199"}).act is None
    assert head(office) == theirs.act


def test_equal_values_have_nothing_to_ask(office: Office, other: Office) -> None:
    person = build.invite(office)
    form = office.as_shown()
    people.edit(other, person, {"phone": "514 555-0101"})
    people.edit(form, person, {"phone": "514 555-0101", "uci": "12345678"})
    assert people.file(office, person).person.uci == "12345678"


def test_a_third_desk_is_not_written_over_by_a_choice_against_the_second(
    office: Office, other: Office, third: Office
) -> None:
    person = build.invite(office)
    form = office.as_shown()
    people.edit(other, person, {"phone": "514 555-0101"})
    error = overtaken(lambda: people.edit(form, person, {"phone": "438 555-0199"}))
    people.edit(third, person, {"phone": "514 555-0333"})
    error.settle(error.meetings)
    again = only(overtaken(lambda: people.edit(form, person, {"phone": "438 555-0199"})))
    assert (again.theirs, again.who) == ("514 555-0333", third.user)
    assert phone(office, person) == "514 555-0333"


def test_a_third_desk_stands_where_the_second_ones_was_chosen(
    office: Office, other: Office, third: Office
) -> None:
    person = build.invite(office)
    form = office.as_shown()
    people.edit(other, person, {"phone": "514 555-0101"})
    error = overtaken(lambda: people.edit(form, person, {"phone": "438 555-0199"}))
    people.edit(third, person, {"phone": "514 555-0333"})
    error.settle()
    people.edit(form, person, {"phone": "438 555-0199", "uci": "12345678"})
    assert phone(office, person) == "514 555-0333"


def test_whoever_types_another_value_after_choosing_theirs_is_asked_again(
    office: Office, other: Office
) -> None:
    person = build.invite(office)
    form = office.as_shown()
    people.edit(other, person, {"phone": "514 555-0101"})
    overtaken(lambda: people.edit(form, person, {"phone": "438 555-0199"})).settle()
    assert only(overtaken(lambda: people.edit(form, person, {"phone": "438 555-0444"}))).mine


def test_what_was_taken_back_meanwhile_asks_nothing(office: Office, other: Office) -> None:
    person = build.invite(office)
    form = office.as_shown()
    done = people.edit(other, person, {"phone": "514 555-0101"})
    history.undo(other, done.act)
    people.edit(form, person, {"phone": "438 555-0199"})
    assert phone(office, person) == "438 555-0199"


def test_what_a_desk_wrote_itself_over_theirs_asks_nothing(office: Office, other: Office) -> None:
    person = build.invite(office)
    form = office.as_shown()
    people.edit(other, person, {"phone": "514 555-0101"})
    people.edit(office, person, {"phone": "514 555-0222"})
    people.edit(form, person, {"phone": "438 555-0199"})
    assert phone(office, person) == "438 555-0199"


def test_what_a_list_brought_meanwhile_is_told(
    office: Office, other: Office, tmp_path: Path
) -> None:
    person = build.invite(office)
    form = office.as_shown()
    listed = build.a_row(1, email="liste@exemple.ca")
    build.import_file(other, build.a_list(tmp_path / "liste.xlsx", [listed]))
    assert people.file(office, person).person.email == "liste@exemple.ca"
    met = only(overtaken(lambda: people.edit(form, person, {"email": "a@exemple.ca"})))
    assert (met.theirs, met.who) == ("liste@exemple.ca", other.user)


@pytest.mark.parametrize(("here", "there"), [("1990-05-01", "1991"), ("1991", "1990-05-01")])
def test_a_birth_known_in_part_at_one_desk_and_whole_at_the_other_is_one_value(
    office: Office, other: Office, here: str, there: str
) -> None:
    person = build.invite(office, birth_date="")
    form = office.as_shown()
    people.edit(other, person, {"birth_date": there})
    error = overtaken(lambda: people.edit(form, person, {"birth_date": here}))
    assert len({together(one) for one in error.meetings}) == 1
    assert [str(one.theirs) for one in error.meetings if one.theirs] == [there]
    error.settle(error.meetings)
    people.edit(form, person, {"birth_date": here})
    assert people.text_of(office, person)["birth_date"] == here


def test_an_outcome_and_its_day_are_chosen_together(office: Office, other: Office) -> None:
    person = build.invite(office)
    one = build.receive(office, person, EARLY).application
    applications.decide(office, one, Outcome.APPROVED, date(2023, 11, 10))
    form = office.as_shown()
    there = {"outcome": "refused", "decided_on": "2023-11-11"}
    people.edit(other, person, there, reason="Letter read again")
    here = {"outcome": "withdrawn", "decided_on": "2023-11-12"}
    call = lambda: people.edit(form, person, here, reason="They wrote")  # noqa: E731
    error = overtaken(call)
    assert {one.field for one in error.meetings} >= {"outcome", "decided_on"}
    error.settle([one for one in error.meetings if one.field == "decided_on"])
    call()
    now = people.file(office, person).applications[-1]
    assert (now.outcome, now.state, now.decided_on) == (
        Outcome.WITHDRAWN,
        Outcome.WITHDRAWN,
        date(2023, 11, 12),
    )


def test_an_application_decided_elsewhere_is_not_decided_again(
    office: Office, other: Office
) -> None:
    person = build.invite(office)
    one = build.receive(office, person, EARLY).application
    form = office.as_shown(person)
    applications.decide(other, one, Outcome.REFUSED, date(2023, 11, 10))
    with pytest.raises(Refused, match="illegal_move") as told:
        applications.decide(form, one, Outcome.APPROVED, date(2023, 11, 10))
    assert told.value.meanwhile.startswith(f"Done at another desk meanwhile – {other.user}: ")
    assert other.user not in str(told.value)
    with pytest.raises(Refused, match="illegal_move") as again:
        applications.decide(office.as_shown(person), one, Outcome.APPROVED, date(2023, 11, 10))
    assert again.value.meanwhile == "", "by then it was shown"


def test_a_number_of_an_application_and_a_condition_of_a_permit_meet_too(
    office: Office, other: Office
) -> None:
    one = build.an_approved(office)
    permit = build.issue(office, one).permit
    form = office.as_shown()
    applications.edit(other, one, "E123456789")
    permits.edit(other, permit, location_condition="Montreal only")
    first = only(overtaken(lambda: applications.edit(form, one, "E987654321")))
    assert (first.entity, first.theirs) == ("application", "E123456789")
    call = lambda: permits.edit(form, permit, location_condition="Quebec only")  # noqa: E731
    assert only(overtaken(call)).theirs == "Montreal only"


def test_notes_and_members_meet_by_their_fields(office: Office, other: Office) -> None:
    person = build.invite(office)
    folder.add_note(office, person, "First")
    (note,) = people.file(office, person).notes
    new = new_member(person, Relation.SPOUSE, "Benali", "Nour")
    member = family.add_member(office, new).member
    form = office.as_shown()
    folder.change_note(other, person, note.id, text="Theirs")
    family.set_field(other, member, "uci", "12345678")
    folder.change_note(form, person, note.id, pinned=True)
    call = lambda: folder.change_note(form, person, note.id, text="Mine")  # noqa: E731
    assert only(overtaken(call)).theirs == "Theirs"
    edit = lambda: family.edit_member(form, member, replace(new, uci="87654321"))  # noqa: E731
    assert only(overtaken(edit)).theirs == "12345678"


def test_what_a_form_left_as_it_was_is_not_judged_in_place_of_theirs(
    office: Office, other: Office
) -> None:
    """Days are judged as they will stand: theirs and mine together."""
    person = build.invite(office)
    folder.save_passport(office, person, None, "AB123", date(2030, 1, 1), date(2020, 1, 1))
    passport = people.file(office, person).passports[-1]
    form = office.as_shown()
    folder.save_passport(other, person, passport.id, "AB123", date(2022, 1, 1), date(2020, 1, 1))
    done = folder.save_passport(
        form, person, passport.id, "AB123", date(2030, 1, 1), date(2023, 6, 1)
    )
    now = people.file(office, person).passports[-1]
    assert (now.issued, now.expiry) == (date(2023, 6, 1), date(2022, 1, 1))
    assert done.misdated, "issued after theirs ends: said, as of any passport typed so"


def _bin(office: Office, person: int) -> None:
    file_bin.delete(office, person, "Entered twice")


def _merge(office: Office, person: int) -> None:
    build.merge(office, build.invite(office, 2), person)


def _erase(office: Office, person: int) -> None:
    erasure.erase(office, person, "Asked for", early="Asked for")


@pytest.mark.parametrize("gone", [_bin, _merge, _erase])
def test_a_file_that_is_gone_says_who_took_it_out(
    office: Office, other: Office, gone: Callable[[Office, int], None]
) -> None:
    person = build.invite(office)
    if gone is _erase:
        folder.delete_letter(office, person, people.file(office, person).letters[0].id)
        people.edit(office, person, {"died_on": "2020-01-01"})
    shown = people.file(office, person)
    form = office.as_shown()
    gone(other, person)
    before = head(office)
    with pytest.raises(TakenOut) as told:
        one_value.save(form, shown, "phone", "438 555-0199")
    assert told.value.by.who == other.user
    assert other.user in error_text(told.value)
    assert "Benali" not in error_text(told.value)
    assert head(office) == before


def test_nothing_is_written_into_a_file_that_was_erased_under_an_open_form(
    office: Office, other: Office
) -> None:
    """What counts stays of it: an empty file, into which a form must put nobody again."""
    person = build.invite(office)
    one = build.receive(office, person, EARLY).application
    applications.decide(office, one, Outcome.REFUSED, DAY)
    form = office.as_shown()
    _erase(other, person)
    before = head(office)
    for call in (
        lambda: people.edit(form, person, {"phone": "438 555-0199"}),
        lambda: folder.add_note(form, person, "Called"),
        lambda: applications.edit(form, one, "E123456789"),
    ):
        with pytest.raises(InvalidInput, match="person_erased"):
            call()
    assert head(office) == before


def test_an_entry_that_is_gone_says_who_took_it_out(office: Office, other: Office) -> None:
    person = build.invite(office)
    folder.add_note(office, person, "First")
    (note,) = people.file(office, person).notes
    member = build.add_member(office, person)
    form = office.as_shown()
    folder.delete_note(other, person, note.id)
    family.delete_member(other, member)
    for call in (
        lambda: folder.change_note(form, person, note.id, text="Mine"),
        lambda: family.set_field(form, member, "uci", "12345678"),
        lambda: family.delete_member(form, member),
    ):
        with pytest.raises(TakenOut) as told:
            call()
        assert told.value.by.who == other.user


def test_without_a_form_what_is_not_there_is_only_not_there(office: Office) -> None:
    person = build.invite(office)
    _bin(office, person)
    with pytest.raises(InvalidInput, match="person_not_found"):
        people.edit(office, person, {"phone": "438 555-0199"})


def test_a_letter_corrected_elsewhere_stays_where_theirs_is_chosen(
    office: Office, other: Office
) -> None:
    person = build.invite(office)
    (letter,) = people.file(office, person).letters
    form = office.as_shown()
    people.edit(other, person, {"letter_received_date": "2023-09-15"})
    error = overtaken(lambda: folder.delete_letter(form, person, letter.id))
    assert all(one.removes for one in error.meetings)
    error.settle()
    assert folder.delete_letter(form, person, letter.id).act is None
    assert people.file(office, person).letters
    error.settle(error.meetings)
    folder.delete_letter(form, person, letter.id)
    assert people.file(office, person).letters == ()


def test_a_member_who_stays_keeps_their_documents(office: Office, other: Office) -> None:
    person = build.invite(office)
    member = build.add_member(office, person)
    documents.set_document(
        office, person, DocumentType.PASSPORT, DocumentState.RECEIVED, member_id=member
    )
    form = office.as_shown()
    family.set_field(other, member, "uci", "12345678")
    overtaken(lambda: family.delete_member(form, member)).settle()
    assert family.delete_member(form, member) is None
    assert [one.member_id for one in people.file(office, person).documents] == [member]


def test_a_document_forgotten_elsewhere_stays_forgotten_where_that_is_chosen(
    office: Office, other: Office
) -> None:
    person = build.invite(office)
    documents.set_document(office, person, DocumentType.CSQ, DocumentState.RECEIVED)
    form = office.as_shown()
    documents.set_document(other, person, DocumentType.CSQ, None)
    call = lambda: documents.set_document(  # noqa: E731
        form, person, DocumentType.CSQ, DocumentState.REVIEWED
    )
    error = overtaken(call)
    met = only(error)
    assert (met.before, met.theirs, met.mine, met.who) == ("received", None, "reviewed", other.user)
    error.settle()
    call()
    assert people.file(office, person).documents == ()


def test_a_line_of_the_portal_is_named_and_told_once(office: Office, other: Office) -> None:
    one = build.receive(office, build.invite(office), EARLY).application
    item = PortalItem.BIOMETRICS
    form = office.as_shown()
    portal.observe(other, one, DAY, {item: PortalReading(PortalState.NEEDED)})
    seen = {item: PortalReading(PortalState.IN_PROGRESS)}
    call = lambda: portal.observe(form, one, DAY, seen, {})  # noqa: E731
    error = overtaken(call)
    met = only(error)
    assert (met.named, met.theirs, met.mine) == (item.value, "needed", "in_progress")
    error.settle()
    assert call() is None


def test_a_figure_of_theirs_stands_alone_where_it_is_chosen(office: Office, other: Office) -> None:
    quota.set_cap(office, build.YEAR, 7, DAY, "Notice")
    form = office.as_shown()
    quota.set_cap(other, build.YEAR, 9, DAY, "Notice")
    call = lambda: quota.set_cap(form, build.YEAR, 8, DAY, "Other notice")  # noqa: E731
    error = overtaken(call)
    met = only(error)
    assert (met.field, met.before, met.theirs, met.mine) == ("cap", 7, 9, 8)
    before = head(office)
    error.settle()
    call()
    assert head(office) == before


def test_the_same_figure_from_another_source_asks_nothing(office: Office, other: Office) -> None:
    form = office.as_shown()
    quota.set_cap(other, build.YEAR, 9, DAY, "Notice")
    quota.set_cap(form, build.YEAR, 9, DAY, "Gazette")


def test_of_many_each_is_chosen_by_itself(office: Office, other: Office) -> None:
    ids = [int(build.invite(office, number)) for number in (1, 2, 3)]
    form = office.as_shown()
    for number in ids[:2]:
        people.edit(other, number, {"clerk": "M. Gagnon"})
    change = changes.clerk("S. Roy")
    error = overtaken(lambda: many.carry_out(form, change, ids))
    assert [one.person for one in error.meetings] == ids[:2]
    error.settle([one for one in error.meetings if one.person == ids[1]])
    done = many.carry_out(form, change, ids)
    assert done.plan.changes == (ids[1], ids[2])
    assert [people.row(office, n).clerk for n in ids] == ["M. Gagnon", "S. Roy", "S. Roy"]


def test_of_many_one_that_is_gone_is_left_out_with_who_took_it_out(
    office: Office, other: Office
) -> None:
    ids = [int(build.invite(office, number)) for number in (1, 2)]
    form = office.as_shown()
    _bin(other, ids[0])
    change = changes.note("Called")
    plan = many.foresee(form, change, ids)
    assert plan.changes == (ids[1],)
    assert other.user in many.why_text(plan.left_out[0])
    assert many.carry_out(form, change, ids, plan).plan.changes == (ids[1],)


def test_tags_put_at_two_desks_both_stand(office: Office, other: Office) -> None:
    person = build.invite(office)
    form = office.as_shown()
    many.carry_out(other, changes.tagged(["urgent"]), [person])
    many.carry_out(form, changes.tagged(["retour"]), [person])
    assert people.file(office, person).person.tags == "urgent, retour"


def test_a_part_of_an_act_that_is_refused_tells_what_the_others_did_first(
    office: Office, other: Office
) -> None:
    person = build.invite(office)
    form = office.as_shown()
    people.edit(other, person, {"phone": "514 555-0101"})

    def refused() -> None:
        with form.act("people.edit") as act:
            act.update("person", person, {"phone": "438 555-0199"})
            raise Refused("reason_needed", fields=("phone",))

    assert only(overtaken(refused)).theirs == "514 555-0101"


@pytest.mark.of_a_file("a copy is restored into a file")
def test_a_form_from_before_a_restored_copy_stores_nothing(office: Office, other: Office) -> None:
    person = build.invite(office)
    copy = maintenance.save_copy(office)
    people.edit(office, person, {"phone": "514 555-0101"})
    form = office.as_shown()
    restoring.restore(other, copy)
    people.edit(other, person, {"phone": "514 555-0202"})
    with pytest.raises(StorageError, match="restored_meanwhile"):
        people.edit(form, person, {"phone": "438 555-0199"})
    assert phone(office, person) == "514 555-0202"


FIELDS = ("phone", "email", "tags")
VALUES: dict[str, tuple[str, ...]] = {
    "phone": ("", "514 555-0101", "514 555-0202", "514 555-0303"),
    "email": ("", "a@exemple.ca", "b@exemple.ca"),
    "tags": ("", "urgent", "retour"),
}


@dataclass
class Desk:
    """A desk with a form: what it showed, and every value that somebody there has seen."""

    office: Office
    form: Office | None = None
    seen: dict[str, set[str]] = field(default_factory=dict)
    acts: list[int] = field(default_factory=list)

    def open(self, now: dict[str, str]) -> None:
        self.form, self.seen = self.office.as_shown(), {name: {now[name]} for name in FIELDS}


Step = tuple[str, int, dict[str, str], str]
_some = st.dictionaries(st.sampled_from(FIELDS), st.integers(0, 3), min_size=1).map(
    lambda chosen: {name: VALUES[name][n % len(VALUES[name])] for name, n in chosen.items()}
)
steps = st.lists(
    st.tuples(
        st.sampled_from(["open", "save", "save", "save", "undo"]),
        st.integers(0, 2),
        _some,
        st.sampled_from(["mine", "theirs", "each", "back"]),
    ),
    min_size=4,
    max_size=24,
)


class TestAnyOrder:
    """Three desks in any order: whatever is overwritten was seen by whoever overwrote it."""

    count = itertools.count(1)

    @settings(max_examples=cases(200), suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(steps)
    def test_no_value_that_nobody_saw_is_overwritten(
        self, office: Office, other: Office, third: Office, todo: list[Step]
    ) -> None:
        person = build.invite(office, next(self.count))
        desks = [Desk(one) for one in (office, other, third)]
        for what, which, values, choice in todo:
            desk, now = desks[which], _now(office, person)
            if what == "open":
                desk.open(now)
            elif what == "undo":
                _undo(desk, person)
            elif desk.form is not None:
                _save(desk, person, values, choice)


def _now(office: Office, person: int) -> dict[str, str]:
    row = people.file(office, person).person
    return {name: getattr(row, name) or "" for name in FIELDS}


def _undo(desk: Desk, person: int) -> None:
    """Take back an act of one's own: what it brings back is known here."""
    if desk.acts:
        before = _now(desk.office, person)
        history.undo(desk.office, desk.acts.pop())
        for name, value in _now(desk.office, person).items():
            if value != before[name]:
                desk.seen.setdefault(name, set()).add(value)


def _save(desk: Desk, person: int, values: dict[str, str], choice: str) -> None:
    form, before = desk.form, _now(desk.office, person)
    assert form is not None
    kept = set[str]()
    try:
        done = people.edit(form, person, values)
    except Overtaken as error:
        assert _now(desk.office, person) == before, "nothing was stored"
        kept = _choose(desk, error, before, values, choice)
        if choice == "back":
            return
        done = people.edit(form, person, values)  # nobody wrote between: it asks no more
    after = _now(desk.office, person)
    changed = {name for name in FIELDS if after[name] != before[name]}
    assert changed <= values.keys() - kept
    for name in changed:
        assert after[name] == values[name]
        assert before[name] in desk.seen[name], "nobody here has seen what went"
    desk.acts += [done.act] if done.act is not None else []
    for name in values:
        desk.seen[name].add(values[name] if name not in kept else before[name])


def _choose(
    desk: Desk, error: Overtaken, before: dict[str, str], values: dict[str, str], choice: str
) -> set[str]:
    """See all of them, and choose; of which theirs is kept."""
    for one in error.meetings:
        assert (one.theirs or "") == before[one.field], "theirs is what stands"
        assert (one.mine or "") == values[one.field]
        desk.seen[one.field].add(before[one.field])
    count = {"mine": len(error.meetings), "each": 1}.get(choice, 0)
    if choice != "back":
        error.settle(error.meetings[:count])
    return {one.field for one in error.meetings[count:]}
