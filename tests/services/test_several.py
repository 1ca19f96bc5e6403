# SPDX-License-Identifier: Apache-2.0
"""The same thing done to many at once: who would change, who not and why, one act, one undo."""

from datetime import date, timedelta

import office_builders as build
import pytest

from imp_plus_desktop.domain.applications.status import preparation
from imp_plus_desktop.domain.letters.letters import current_letter
from imp_plus_desktop.domain.reads.meetings import Overtaken
from imp_plus_desktop.domain.values.calendar import noon_in_toronto
from imp_plus_desktop.domain.values.codes import (
    ApplicationState,
    ContactKind,
    DocumentState,
    DocumentType,
    Outcome,
)
from imp_plus_desktop.domain.values.errors import Cancelled
from imp_plus_desktop.services.agenda import agenda, deadlines
from imp_plus_desktop.services.agenda.agenda import Named
from imp_plus_desktop.services.applications import applications, preparing
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Half
from imp_plus_desktop.services.people import clerks, documents, people
from imp_plus_desktop.services.several import changes, of_applications, of_deadlines, tags
from imp_plus_desktop.services.several.many import (
    Change,
    OtherwiseNow,
    carry_out,
    foresee,
    why_text,
)
from imp_plus_desktop.words.messages import act_noun, act_text, finding_text

pytestmark = pytest.mark.mostly_long(
    "test_what_is_foreseen_keeps_nothing_and_says_what_carrying_out_does",
    "test_places_are_taken_one_by_one_until_the_year_is_full",
    "test_who_presented_earlier_has_the_place_that_is_left",
    "test_what_takes_several_steps_goes_in_whole_or_not_at_all",
    "test_stopped_in_the_middle_nothing_is_changed",
    "test_a_letter_s_receipt_that_is_known_stays_and_one_before_its_letter_is_not_taken",
    "test_decisions_are_recorded_where_one_waits_and_keep_their_places",
    "test_tags_are_put_on_once_each_taken_off_and_found_again_by_the_list",
    "test_somebody_chosen_twice_is_changed_once",
    "test_a_plan_is_the_same_however_long_the_list",
    "test_halves_of_a_long_call_follow_each_other",
)

TODAY = build.TODAY
AT = noon_in_toronto(TODAY)


def invited(office: Office, count: int, first: int = 1, **values: str) -> list[int]:
    return [build.invite(office, number, **values) for number in range(first, first + count)]


def whole(office: Office, ids: list[int]) -> list[object]:
    return [people.file(office, number) for number in ids]


def test_what_is_foreseen_keeps_nothing_and_says_what_carrying_out_does(office: Office) -> None:
    ids = invited(office, 3)
    clerks.assign(office, ids[:1], "S. Roy")
    before, acts = whole(office, ids), history.acts(office)
    plan = foresee(office, changes.clerk("S. Roy"), ids)
    assert (plan.changes, plan.same, plan.left_out) == (tuple(ids[1:]), (ids[0],), ())
    assert whole(office, ids) == before
    assert history.acts(office) == acts
    assert office.made[-1].id == acts[0].id  # nothing that Ctrl+Z could take for an act
    done = carry_out(office, changes.clerk("S. Roy"), ids, plan)
    assert done.plan.agrees(plan)
    assert [people.row(office, number).clerk for number in ids] == ["S. Roy"] * 3


_TOLD = {
    "clerk": "changed who answers for 4 files",
    "note": "added a note to 4 files",
    "tags": "changed the tags of 4 files",
    "contact": "logged a contact in 4 files",
    "document": "changed a document of 4 files",
    "residence": "changed the residence in 4 files",
    "letter": "changed the letters of 4 files",
    "present": "set the applications of 4 files to “submitted”",
    "receive": "recorded the applications received of 4 files",
    "deadlines": "saw 4 deadlines",
}
"""What the journal says of each, by its kind."""


def everything(office: Office, ids: list[int]) -> dict[str, Change]:
    """One of each kind that people allow."""
    return {
        "clerk": changes.clerk("S. Roy"),
        "note": changes.note("Written to on Monday"),
        "tags": changes.tagged(["family", "urgent"]),
        "contact": changes.contact(ContactKind.WROTE, "Invitation", TODAY),
        "document": changes.document(DocumentType.MEDICAL, DocumentState.RECEIVED),
        "residence": changes.residence("FRA", TODAY),
        "letter": changes.letter_received(TODAY),
        "present": of_applications.present(TODAY),
        "receive": of_applications.receive(AT),
        "deadlines": of_deadlines.seen_of_people(None),
    }


@pytest.mark.parametrize("kind", _TOLD)
def test_one_undo_restores_all_of_what_one_act_did_to_many(office: Office, kind: str) -> None:
    ids = invited(office, 4, letter_received_date="")
    before, acts = whole(office, ids), len(history.acts(office))
    done = carry_out(office, everything(office, ids)[kind], ids)
    assert done.plan.changes == tuple(ids)
    assert len(history.acts(office)) == acts + 1
    assert all(was != now for was, now in zip(before, whole(office, ids), strict=True))
    assert act_text(history.acts(office)[0]) == _TOLD[kind]
    if kind != "clerk":
        assert act_noun(history.acts(office)[0]).endswith((", 4 files", ", 4 deadlines"))
    assert history.undo(office, done.act).kept == ()
    assert whole(office, ids) == before


def test_each_file_gets_what_the_single_act_would_have_given_it(office: Office) -> None:
    """A bulk receipt is as exact as single ones: places, state, day, channel, kind."""
    ids = invited(office, 6)
    for person in ids[:3]:
        build.receive(office, person, AT)
    carry_out(office, of_applications.receive(AT), ids[3:])
    found = [people.file(office, person).own_applications[0] for person in ids]
    assert [one.place for one in found] == [1, 2, 3, 4, 5, 6]
    told = {(a.state, a.kind, a.channel, a.received_at, a.cap_year, a.code) for a in found}
    assert len(told) == 1
    assert build.places(office.register) == (6, 6, 6)


def test_places_are_taken_one_by_one_until_the_year_is_full(office: Office) -> None:
    build.set_cap(office, 2)
    ids = invited(office, 4)
    plan = foresee(office, of_applications.receive(AT), ids)
    assert dict(plan.counts) == {"received": 2, "over_cap": 2}
    assert build.places(office.register) == (0, 0, 0)
    done = carry_out(office, of_applications.receive(AT), ids, plan)
    outcomes = [people.file(office, person).own_applications[0].outcome for person in ids]
    over = Outcome.CANCELLED_OVER_CAP
    assert outcomes == [None, None, over, over]
    told = "recorded the applications received of 4 files, 2 over the cap"
    assert act_text(history.acts(office)[0]) == told
    history.undo(office, done.act)
    assert build.places(office.register) == (0, 0, 0)


def test_who_presented_earlier_has_the_place_that_is_left(office: Office) -> None:
    build.set_cap(office, 1)
    late, early, never = invited(office, 3)
    for person, days in ((late, 1), (early, 9)):
        day = TODAY - timedelta(days=days)
        begun = preparing.prepare(office, person, day).application
        preparing.move(office, begun, ApplicationState.READY, day)
        preparing.move(office, begun, ApplicationState.SUBMITTED, day)
    carry_out(office, of_applications.receive(AT), [never, late, early])
    placed = {p: people.file(office, p).own_applications[0].place for p in (late, early, never)}
    assert placed == {early: 1, late: None, never: None}


def test_whom_a_rule_stops_is_left_out_with_its_sentence_and_the_others_go_in(
    office: Office,
) -> None:
    good, stale = (
        build.invite(office, 1),
        build.invite(office, 2, letter_date="2023-01-02", letter_received_date="2023-01-05"),
    )
    plan = foresee(office, of_applications.receive(AT), [stale, good])
    assert plan.changes == (good,)
    (left,) = plan.left_out
    (finding,) = [
        one
        for one in applications.preview_receive(office, applications.Reception(stale, AT)).findings
        if one.blocks
    ]
    assert left.target == stale
    assert finding.rule == "INV-02"
    assert why_text(left) == finding_text(finding)
    done = carry_out(office, of_applications.receive(AT), [stale, good], plan)
    assert people.file(office, stale).applications == ()
    assert len(people.file(office, good).applications) == 1
    assert done.plan.left_out[0].told == left.told


def test_what_takes_several_steps_goes_in_whole_or_not_at_all(office: Office) -> None:
    """To present is to begin, to make ready and to submit: a rule that stops what is ready leaves
    no draft behind."""
    stopped = build.invite(office, 1, letter_date="2023-01-02", letter_received_date="2023-01-05")
    good = build.invite(office, 2)
    plan = foresee(office, of_applications.present(TODAY), [stopped, good])
    assert plan.changes == (good,)
    assert [one.target for one in plan.left_out] == [stopped]
    carry_out(office, of_applications.present(TODAY), [stopped, good], plan)
    assert people.file(office, stopped).applications == ()
    begun = preparation(people.file(office, good))
    assert begun is not None
    assert begun.state is ApplicationState.SUBMITTED
    assert (begun.prepared_on, begun.submitted_on) == (TODAY, TODAY)


def test_another_desk_that_changed_somebody_meanwhile_is_told_and_nothing_kept(
    office: Office, other: Office
) -> None:
    ids = invited(office, 3)
    plan = foresee(office, of_applications.receive(AT), ids)
    build.receive(other, ids[1], AT)
    before = whole(office, ids)
    with pytest.raises(OtherwiseNow) as told:
        carry_out(office, of_applications.receive(AT), ids, plan)
    assert whole(office, ids) == before
    now = told.value.plan
    assert now.changes == (ids[0], ids[2])
    assert now.left_out[0].target == ids[1]
    carry_out(office, of_applications.receive(AT), ids, now)
    assert build.places(office.register) == (3, 3, 3)


def test_a_value_that_another_desk_wrote_since_is_written_over_only_once_told(
    office: Office, other: Office
) -> None:
    ids = invited(office, 2)
    form = office.as_shown()
    plan = foresee(form, changes.clerk("S. Roy"), ids)
    clerks.assign(other, ids[:1], "M. Gagnon")
    with pytest.raises(Overtaken) as told:
        carry_out(form, changes.clerk("S. Roy"), ids, plan)
    (met,) = told.value.meetings
    assert (met.before, met.theirs, met.mine, met.person) == (None, "M. Gagnon", "S. Roy", ids[0])
    told.value.settle([met])
    assert people.row(office, ids[0]).clerk == "M. Gagnon"
    assert people.row(office, ids[1]).clerk is None
    carry_out(form, changes.clerk("S. Roy"), ids, plan)
    assert people.row(office, ids[0]).clerk == "S. Roy"


def test_stopped_in_the_middle_nothing_is_changed(office: Office) -> None:
    class Stops:
        def step(self, done: int, total: int) -> None:
            if done == 2:
                raise Cancelled

    ids = invited(office, 4)
    before = whole(office, ids)
    with pytest.raises(Cancelled):
        carry_out(office, changes.note("seen"), ids, progress=Stops())
    assert whole(office, ids) == before


def test_a_letter_s_receipt_that_is_known_stays_and_one_before_its_letter_is_not_taken(
    office: Office,
) -> None:
    known, unknown, later, none = (
        build.invite(office, 1),
        build.invite(office, 2, letter_received_date=""),
        build.invite(office, 3, letter_date="2023-11-01", letter_received_date=""),
        build.invite(office, 4, letter_date="", letter_received_date=""),
    )
    day = date(2023, 9, 20)
    done = carry_out(office, changes.letter_received(day), [known, unknown, later, none])
    assert done.plan.changes == (unknown,)
    codes = {one.target: one.why.code for one in done.plan.left_out}
    assert codes == {known: "receipt_known", later: "comes_before", none: "no_letter_yet"}
    letter = current_letter(people.file(office, unknown))
    assert letter is not None
    assert letter.letter_received_date == day


def test_a_document_marked_for_many_keeps_its_expiry_and_notes_the_day_it_arrived(
    office: Office,
) -> None:
    ids = invited(office, 2)
    expires = date(2024, 6, 1)
    documents.set_document(office, ids[0], DocumentType.MEDICAL, DocumentState.REQUIRED, expires)
    carry_out(office, changes.document(DocumentType.MEDICAL, DocumentState.RECEIVED), ids)
    (first,), (second,) = (people.file(office, number).documents for number in ids)
    assert (first.state, first.expires, first.received_on) == (
        DocumentState.RECEIVED, expires, TODAY,
    )  # fmt: skip
    assert (second.expires, second.received_on) == (None, TODAY)


def test_decisions_are_recorded_where_one_waits_and_keep_their_places(office: Office) -> None:
    ids = invited(office, 3)
    for person in ids[:2]:
        build.receive(office, person)
    done = carry_out(office, of_applications.decide(Outcome.REFUSED, TODAY), ids)
    assert done.plan.changes == tuple(ids[:2])
    assert [one.why.code for one in done.plan.left_out] == ["nothing_waits"]
    assert build.places(office.register) == (2, 2, 2)
    chosen = [people.file(office, person).own_applications[0].id for person in ids[:2]]
    again = foresee(
        office, of_applications.decide(Outcome.APPROVED, TODAY, applications_chosen=True), chosen
    )
    assert [one.why.code for one in again.left_out] == ["illegal_move"] * 2


def test_chosen_applications_move_by_their_own_table_and_a_member_s_is_not_received_so(
    office: Office,
) -> None:
    first, second = invited(office, 2)
    draft = preparing.prepare(office, first, TODAY).application
    held = build.an_approved(office, 3)
    build.issue(office, held)
    owner = person_file.application_of(office, held).person_id
    member = build.add_member(office, owner)
    of_member = build.receive_member(office, member).application
    to = of_applications.state(ApplicationState.SUBMITTED, TODAY)
    done = carry_out(office, to, [draft, of_member])
    assert done.plan.changes == (draft,)
    receive = of_applications.receive(AT, applications_chosen=True)
    plan = foresee(office, receive, [draft, of_member, held])
    assert plan.changes == (draft,)
    codes = {one.target: one.why.code for one in plan.left_out}
    assert codes == {of_member: "of_a_member", held: "illegal_move"}
    assert second not in plan.changes


def test_deadlines_are_seen_settled_and_moved_together_and_come_back_by_one_undo(
    office: Office,
) -> None:
    invited(office, 3)
    rows = deadlines.agenda(office)
    named = [Named.of(row) for row in rows]
    places = range(len(named))
    seen = carry_out(office, of_deadlines.seen(named), places)
    assert len(seen.plan.changes) == len(rows) > 3
    assert all(row.acknowledged_on == TODAY for row in deadlines.agenda(office))
    assert carry_out(office, of_deadlines.seen(named), places).act is None
    moved = carry_out(office, of_deadlines.moved(named, date(2024, 1, 8), "Closed"), places)
    assert {row.day for row in deadlines.agenda(office)} == {date(2024, 1, 8)}
    history.undo(office, moved.act)
    settled = carry_out(office, of_deadlines.settled(named), places)
    assert deadlines.agenda(office) == []
    history.undo(office, settled.act)
    history.undo(office, seen.act)
    assert [Named.of(row) for row in deadlines.agenda(office)] == named
    assert all(row.acknowledged_on is None for row in deadlines.agenda(office))


def test_tags_are_put_on_once_each_taken_off_and_found_again_by_the_list(office: Office) -> None:
    ids = invited(office, 3)
    tags.put(office, ids[0], ["Famille", "urgent"])
    done = carry_out(office, changes.tagged(["famille", "é té"]), ids)
    assert done.plan.changes == tuple(ids)
    assert [people.file(office, n).person.tags for n in ids] == [
        "Famille, urgent, é té", "famille, é té", "famille, é té",
    ]  # fmt: skip
    assert tags.known(office) == ["é té", "Famille", "urgent"]
    again = foresee(office, changes.tagged(["FAMILLE"]), ids)
    assert again.same == tuple(ids)
    carry_out(office, changes.untagged(["FAMILLE", "ete"]), ids)
    assert [people.file(office, n).person.tags for n in ids] == ["urgent, é té", "é té", "é té"]
    history.undo(office, done.act)
    assert people.file(office, ids[0]).person.tags == "urgent, é té"  # changed since


def test_only_one_kind_of_deadline_is_seen_of_people_if_it_is_named(office: Office) -> None:
    ids = invited(office, 2)
    carry_out(office, of_deadlines.seen_of_people("letter"), ids)
    seen = {item.deadline.kind.value for n in ids for item in agenda.items(office, n)
            if item.acknowledged_on}  # fmt: skip
    assert seen == {"letter"}


def test_addresses_come_once_each_and_only_of_those_who_have_one(office: Office) -> None:
    ids = [
        build.invite(office, 1, email="a@example.org"),
        build.invite(office, 2),
        build.invite(office, 3, email="A@example.org"),
        build.invite(office, 4, email="d@example.org"),
    ]
    assert [address.lower() for address in changes.emails(office, ids[::-1])] == [
        "d@example.org",
        "a@example.org",
    ]
    assert changes.names(office, ids[:1]) == {ids[0]: "Benalibb, Amine"}


def test_somebody_chosen_twice_is_changed_once(office: Office) -> None:
    (one,) = invited(office, 1)
    carry_out(office, changes.note("once"), [one, one])
    assert [note.text for note in people.file(office, one).notes] == ["once"]


@pytest.mark.long
def test_a_plan_is_the_same_however_long_the_list(office: Office) -> None:
    """Files are read by the hundred: the second hundred is as exact as the first."""
    build.set_cap(office, 201)
    ids = invited(office, 203)
    done = carry_out(office, of_applications.receive(AT), ids)
    assert dict(done.plan.counts) == {"received": 201, "over_cap": 2}
    assert build.places(office.register) == (201, 201, 201)


def test_halves_of_a_long_call_follow_each_other() -> None:
    told: list[float] = []

    class Telling:
        def step(self, done: int, total: int) -> None:
            told.append(done / total)

    for half in (Half(Telling()), Half(Telling(), second=True)):
        for done in range(4):
            half.step(done, 4)
    assert told == [0, 1 / 8, 2 / 8, 3 / 8, 4 / 8, 5 / 8, 6 / 8, 7 / 8]
