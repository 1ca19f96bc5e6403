# SPDX-License-Identifier: Apache-2.0
"""What day follows what, and what lies ahead: by hand it is refused, in a list it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from exchange_builders import TODAY as LIST_DAY
from exchange_builders import VOCABULARY, parsed_rows
from office_builders import (
    HEADERS,
    TODAY,
    a_list,
    a_row,
    add_member,
    an_approved,
    decide,
    import_file,
    invite,
    issue,
    person_values,
    receive,
    row_counts,
)

from imp_plus_desktop.domain.deadlines.date_order import (
    ANY_DAY,
    DAYS,
    FOLLOWS,
    IMPOSSIBLE,
    NOT_AHEAD,
    OF_MEMBER,
    OF_PEOPLE,
    OF_ROWS,
    OUT_OF_ORDER,
    days_of,
    misdated,
)
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.catalogue import FIELDS, PEOPLE_FIELDS, PERSON
from imp_plus_desktop.domain.records.ids import ApplicationId, PersonId
from imp_plus_desktop.domain.values.calendar import noon_in_toronto
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    RequestKind,
    RouteState,
)
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.exchange.values.values import DATE_FIELDS
from imp_plus_desktop.services.applications import requests, routes
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.office import person_file, row_days
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import employments, folder, people, residences
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.words.messages import error_text, field_problem_text, issue_text

pytestmark = pytest.mark.mostly_long(
    "test_a_day_before_one_that_it_follows_is_answered_alike_by_hand_and_in_a_list",
    "test_what_a_day_comes_before_is_named_with_its_day_by_hand_and_in_a_list",
    "test_a_permit_a_day_past_its_full_term_is_refused_by_hand_and_told_in_a_list",
    "test_every_day_that_a_person_has_is_in_the_table",
    "test_what_was_wrong_before_stops_no_other_correction",
    "test_a_list_takes_history_that_is_out_of_order_and_says_so",
    "test_a_csq_before_the_birth_or_to_come_is_rejected_as_it_is_refused",
    "test_each_entry_by_hand_refuses_what_lies_ahead_or_comes_too_early",
    "test_a_permit_follows_its_approval_and_is_for_a_passport_that_runs",
    "test_days_are_torontos",
    "test_history_out_of_order_is_kept_by_hand_and_told_with_the_day_it_comes_before",
    "test_a_course_never_runs_backwards_by_hand_and_both_days_are_named",
    "test_a_member_of_a_list_is_judged_by_the_table_that_hands_are",
    "test_what_a_row_has_twice_keeps_its_order_too",
    "test_a_birth_that_nobody_knows_is_empty_and_one_about_a_year_is_that_year",
    "test_two_equal_rows_without_a_number_are_one_also_where_only_the_year_of_birth_is_known",
)

MISPLACED = date(2023, 6, 15)
_BESIDE = {
    "permit_until": {"permit_from": "2023-06-20", "received_at": "2023-05-20"},
    "permit_from": {"received_at": "2023-05-20", "decided_on": "2023-05-30"},
    "decided_on": {"received_at": "2023-05-20"},
}
"""What else a row needs for a field to stand in it."""


def row_of(earlier: str, later: str, first: date, second: date) -> dict[str, str]:
    """A clean person but for two days, as text."""
    values = person_values(1, email="", phone="")
    values |= {name: day for name, day in _BESIDE.get(later, {}).items() if name != earlier}
    if later == "permit_from":
        values.pop("decided_on" if earlier == "received_at" else "received_at", None)
    values |= {earlier: first.isoformat(), later: second.isoformat()}
    if later == "passport_expiry":
        values |= {"received_at": "2023-05-20", "decided_on": "2023-06-01"}
    if earlier == "birth_date" and later != "letter_date":
        # A birth after another day is told at the letter first, where there is a letter.
        values.pop("letter_date")
        values.pop("letter_received_date")
        for name in ("csq_issue_date", "csq_expiry_date"):
            if name != later:
                values.pop(name)
    return {name: value for name, value in values.items() if value}


def an_application(person: PersonId) -> Application:
    return Application(
        ApplicationId(1),
        person,
        ApplicationCode.A76,
        ApplicationKind.FIRST,
        ApplicationState.RECEIVED,
    )


def refusal(call: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value


def told_by_hand(office: Office, values: dict[str, str]) -> dict[str, str]:
    """What a form says under its fields; only what is out of order is kept all the same."""
    days = {*FOLLOWS.values(), *NOT_AHEAD.values(), "permit_too_long"}
    found = [p for p in people.check(office, values) if p.code in days]
    for problem in found:
        assert problem.blocks is (problem.code != OUT_OF_ORDER), problem
    return {p.field: p.code for p in found}


def told_by_a_list(values: dict[str, str]) -> dict[str, str]:
    """The issues of one row of a list by field; what is impossible is an error, all else not."""
    header = [HEADERS.get(name) or VOCABULARY.header(name, "fr") for name in values]
    found = parsed_rows(list(values.values()), header=header).issues
    for issue_ in found:
        assert (issue_.severity == "error") is (issue_.code == IMPOSSIBLE), issue_
    return {issue_.column: issue_.code for issue_ in found}


@pytest.mark.parametrize(("earlier", "later"), FOLLOWS, ids=lambda name: str(name))
def test_a_day_before_one_that_it_follows_is_answered_alike_by_hand_and_in_a_list(
    office: Office, earlier: str, later: str
) -> None:
    code = FOLLOWS[earlier, later]
    wrong = row_of(earlier, later, MISPLACED, MISPLACED - timedelta(days=1))
    right = row_of(earlier, later, MISPLACED, MISPLACED)
    assert told_by_hand(office, wrong).get(later) == code
    assert told_by_hand(office, right).get(later) is None
    if code == OUT_OF_ORDER:
        told = people.add(office, wrong).misdated
        assert (later, code, earlier) in [(one.field, one.code, one.beside) for one in told]
    else:
        error = refusal(lambda: people.add(office, wrong))
        if later == "permit_until":
            assert error.code == "permit_ends_before_issue", "said with both days"
        else:
            assert (error.code, error.parameters["field"]) == ("bad_value", later)
        assert office.register.is_empty()
    if {earlier, later} <= set(PEOPLE_FIELDS) and "letter_date" in wrong:
        assert told_by_a_list(wrong).get(later) == code
        assert told_by_a_list(right).get(later) is None


def test_what_a_day_comes_before_is_named_with_its_day_by_hand_and_in_a_list(
    office: Office,
) -> None:
    wrong = row_of("csq_issue_date", "csq_expiry_date", MISPLACED, MISPLACED - timedelta(days=1))
    said = f"“CSQ issued on” ({MISPLACED.isoformat()})"
    (problem,) = [p for p in people.check(office, wrong) if p.field == "csq_expiry_date"]
    assert said in field_problem_text(problem)
    assert said in error_text(refusal(lambda: people.add(office, wrong)))
    header = [HEADERS.get(name, "PR filed on") for name in wrong]
    issues = parsed_rows(list(wrong.values()), header=header).issues
    assert [said in issue_text(one) for one in issues if one.code == IMPOSSIBLE] == [True]


@pytest.mark.parametrize("name", NOT_AHEAD)
def test_a_day_that_has_yet_to_come_is_refused_by_hand_and_told_in_a_list(
    office: Office, name: str
) -> None:
    values = {n: v for n, v in person_values(1).items() if v}
    if name == "birth_date":
        values = {n: values[n] for n in ("individual_reference", "family_name")}
    if name == "csq_issue_date":
        values["csq_expiry_date"] = "2026-01-01"
    if name == "letter_date":
        values.pop("letter_received_date", None)
    if name == "decided_on":
        values["received_at"] = "2023-05-20"
    ahead = office.clock.today() + timedelta(days=1)
    wrong, right = (values | {name: day.isoformat()} for day in (ahead, office.clock.today()))
    assert told_by_hand(office, wrong) == {name: NOT_AHEAD[name]}
    assert told_by_hand(office, right) == {}
    assert refusal(lambda: people.add(office, wrong)).parameters["field"] == name
    if name in PEOPLE_FIELDS and name != "birth_date":
        wrong, right = (
            values | {name: day.isoformat()} for day in (LIST_DAY + timedelta(days=1), LIST_DAY)
        )
        assert told_by_a_list(wrong).get(name) == NOT_AHEAD[name]
        assert told_by_a_list(right).get(name) not in NOT_AHEAD.values()


def test_a_permit_a_day_past_its_full_term_is_refused_by_hand_and_told_in_a_list(
    office: Office,
) -> None:
    values = {n: v for n, v in person_values(1).items() if v} | _BESIDE["permit_from"]
    wrong, right = (
        values | {"permit_from": "2023-08-01", "permit_until": until}
        for until in ("2026-08-02", "2026-08-01")
    )
    assert told_by_hand(office, wrong) == {"permit_until": "permit_too_long"}
    assert told_by_hand(office, right) == {}
    assert told_by_a_list(wrong) == {"permit_until": "permit_too_long"}
    assert told_by_a_list(right) == {}
    application = an_approved(office, 1)
    late = permits.Issue(application, TODAY, date(2026, 11, 23))
    assert refusal(lambda: permits.issue(office, late)).code == "permit_too_long"
    assert refusal(lambda: permits.preview_issue(office, late)).code == "permit_too_long"
    issue(office, application, until=date(2026, 11, 22))
    error = refusal(lambda: people.set_value(office, "C1000001", "permit_until", "2026-11-23"))
    assert error.parameters["issue"] == "permit_too_long"


def test_every_day_that_a_person_has_is_in_the_table() -> None:
    of_people = (DATE_FIELDS & set(PEOPLE_FIELDS)) | {"received_at"}
    assert of_people <= DAYS
    assert {name for pair in FOLLOWS for name in pair} <= DAYS
    assert not NOT_AHEAD.keys() & ANY_DAY
    by_hand = {field.name for field in PERSON if field.is_day and not field.traits.part}
    assert by_hand
    assert by_hand <= NOT_AHEAD.keys()


def test_what_was_wrong_before_stops_no_other_correction(office: Office, tmp_path: Path) -> None:
    flawed = a_row(1, received_at="2023-05-20", outcome="approved", decided_on="2023-05-01")
    import_file(office, a_list(tmp_path / "list.xlsx", [flawed]))
    people.set_value(office, "C1000001", "phone", "514 555-0199")
    assert people.set_value(office, "C1000001", "email", "a@b.ca").misdated == ()
    early = people.set_value(office, "C1000001", "decided_on", "2023-05-19", reason="as printed")
    assert [(one.field, one.code) for one in early.misdated] == [("decided_on", OUT_OF_ORDER)]
    people.set_value(office, "C1000001", "decided_on", "2023-05-20", reason="misread")


def test_a_list_takes_history_that_is_out_of_order_and_says_so(
    office: Office, tmp_path: Path
) -> None:
    early = a_row(1, letter_date="2023-05-01", letter_received_date="2023-04-30")
    done = import_file(office, a_list(tmp_path / "list.xlsx", [early]))
    assert (done.counts.new, done.counts.rejected) == (1, 0)
    assert [(i.column, i.code, i.severity) for i in done.preview.issues] == [
        ("letter_received_date", "dates_out_of_order", "warning")
    ]


def test_a_csq_before_the_birth_or_to_come_is_rejected_as_it_is_refused(office: Office) -> None:
    path = Path(__file__).parents[1] / "files" / "born_after_csq.xlsx"
    done = import_file(office, path)
    assert [(i.row, i.column, i.code) for i in done.preview.issues] == [
        (2, "csq_issue_date", IMPOSSIBLE),
        (3, "csq_issue_date", IMPOSSIBLE),
    ]
    assert office.register.is_empty() or done.counts.new == 0


@pytest.mark.parametrize(
    "event",
    ["birth_date", "biometrics_on", "arrived_on", "married_on", "separated_on", "died_on"],
)
def test_what_happened_to_a_member_is_of_today_at_the_latest_and_not_before_the_birth(
    office: Office, event: str
) -> None:
    person = invite(office, 1)
    member = add_member(office, person)
    ahead = TODAY + timedelta(days=1)
    for call in (
        lambda: family.set_field(office, member, event, ahead.isoformat()),
        lambda: add_member(office, person, given_names="Lina", **{event: ahead}),
    ):
        assert refusal(call).code == "in_the_future"
    if event != "birth_date":
        code = OF_MEMBER.follows["birth_date", event]
        if code == IMPOSSIBLE:
            error = refusal(lambda: family.set_field(office, member, event, "1991-05-05"))
            told = {"field": event, "issue": IMPOSSIBLE, "beside": "birth_date"}
            assert error.parameters.items() >= told.items()
            assert "“Date of birth” (1991-05-06)" in error_text(error)
        else:
            early = family.set_field(office, member, event, "1991-05-05").misdated
            assert [(one.field, one.code) for one in early] == [(event, OUT_OF_ORDER)]
        assert family.set_field(office, member, event, "1991-05-06").changed == (event,)
    assert family.set_field(office, member, event, TODAY.isoformat()).changed == (event,)


def test_each_entry_by_hand_refuses_what_lies_ahead_or_comes_too_early(office: Office) -> None:
    ahead = TODAY + timedelta(days=1)
    person = invite(office, 1)
    application = receive(office, person, datetime(2023, 5, 20, 15, tzinfo=UTC)).application
    member = add_member(office, person)
    asked = requests.RequestDetails(
        application, RequestKind.BIOMETRICS, date(2023, 6, 1), done_on=ahead
    )
    refused = [
        lambda: folder.save_letter(office, person, None, date(2023, 6, 1), ahead),
        lambda: folder.save_letter(office, person, None, ahead, None),
        lambda: receive(office, person, datetime(2023, 11, 24, 15, tzinfo=UTC)),
        lambda: decide(office, application, on=ahead),
        lambda: decide(office, application, on=date(2023, 5, 19)),
        lambda: requests.save(office, asked),
        lambda: people.set_value(office, "C1000001", "pr_filed_on", ahead.isoformat()),
        lambda: people.set_value(office, "C1000001", "biometrics_on", ahead.isoformat()),
        lambda: family.set_arrival(office, member, ahead),
        lambda: routes.save(
            office, person, None, routes.RouteDetails("ceta", RouteState.FILED, filed_on=ahead)
        ),
        lambda: family.set_field(office, member, "biometrics_on", ahead.isoformat()),
    ]
    before = row_counts(office.register)
    for call in refused:
        refusal(call)
    assert row_counts(office.register) == before


def test_a_permit_follows_its_approval_and_is_for_a_passport_that_runs(office: Office) -> None:
    application = an_approved(office, 1, passport_expiry="2023-11-21")
    approved = person_file.application_of(office, application).decided_on
    assert approved is not None
    early = permits.Issue(application, approved - timedelta(days=1))
    assert refusal(lambda: permits.issue(office, early)).code in {
        "issued_before_decided",
        "issued_before_received",
    }
    now = permits.Issue(application, TODAY)
    assert refusal(lambda: permits.issue(office, now)).code == "passport_over_at_issue"
    assert refusal(lambda: permits.preview_issue(office, now)).code == "passport_over_at_issue"
    person = person_file.application_of(office, application).person_id
    folder.save_passport(office, person, None, "P7654321", date(2023, 11, 22))
    assert issue(office, application).valid_until == TODAY


def test_days_are_torontos() -> None:
    late = datetime(2023, 6, 2, 3, 59, tzinfo=UTC)
    assert days_of({"received_at": late, "family_name": "x", "decided_on": None}) == {
        "received_at": date(2023, 6, 1)
    }
    found = list(misdated({"received_at": date(2023, 6, 1)}, date(2023, 6, 1), 36))
    assert found == []


ON_A_FILE = [
    (entity, earlier, later)
    for entity, order in OF_ROWS.items()
    for earlier, later in order.follows
    if entity != "person" and (entity, earlier) != ("passport", "permit_from")
]
"""Which of several passports a permit was for, a file does not say: only the longest is judged."""


@pytest.mark.parametrize(("entity", "earlier", "later"), ON_A_FILE)
def test_a_day_of_a_row_that_hangs_on_a_file_is_judged_as_lists_judge_it(
    office: Office, entity: str, earlier: str, later: str
) -> None:
    code = OF_ROWS[entity].follows[earlier, later]
    file = people.file(office, invite(office, 1))
    file = replace(file, person=replace(file.person, birth_date=MISPLACED))
    columns = {field.named: field.name for field in FIELDS[entity]}
    for days_late, said in ((-1, [(later, code, earlier)]), (0, [])):
        values: dict[str, object] = {columns[later]: MISPLACED + timedelta(days=days_late)}
        if earlier in columns:
            values[columns[earlier]] = MISPLACED
        known = noon_in_toronto(MISPLACED) if earlier == "received_at" else MISPLACED
        beside = None
        if earlier in ("received_at", "decided_on"):
            beside = replace(an_application(file.person.id), **{earlier: known})
        found = row_days.misdated(office, entity, values, file, beside)
        if entity == "permit":
            found = tuple(one for one in found if (one.field, one.beside) == (later, earlier))
        assert [(one.field, one.code, one.beside) for one in found] == said[:1]
        assert all(one.stops_a_hand is (one.code == IMPOSSIBLE) for one in found)
        told = {**FOLLOWS, **OF_MEMBER.follows, **OF_PEOPLE.follows}.get((earlier, later))
        assert entity == "member" or told in (None, code), "one table for lists and hands"


def test_history_out_of_order_is_kept_by_hand_and_told_with_the_day_it_comes_before(
    office: Office,
) -> None:
    person = invite(office, 1)
    application = receive(office, person, datetime(2023, 5, 20, 15, tzinfo=UTC)).application
    asked = requests.RequestDetails(application, RequestKind.BIOMETRICS, date(2023, 5, 19))
    entry = routes.RouteDetails("ceta", RouteState.REFUSED, date(2023, 5, 2), date(2023, 5, 1))
    early = date(1980, 1, 1)
    stays = residences.drafts_of(people.file(office, person))
    kept = [
        folder.save_letter(office, person, None, date(2023, 6, 1), date(2023, 5, 31)),
        folder.save_passport(office, person, None, "P7654321", date(2020, 1, 1), date(2020, 1, 2)),
        requests.save(office, asked),
        routes.save(office, person, None, entry),
        residences.save_all(office, person, [*stays, residences.Draft("FRA", from_day=early)]),
        employments.save(office, person, employments.Work("FRA", from_day=early)),
    ]
    assert [[(one.field, one.code, one.beside) for one in done.misdated] for done in kept] == [
        [("letter_received_date", OUT_OF_ORDER, "letter_date")],
        [("passport_expiry", OUT_OF_ORDER, "passport_issue_date")],
        [("letter_on", OUT_OF_ORDER, "received_at")],
        [("decided_on", OUT_OF_ORDER, "filed_on")],
        [("from_day", OUT_OF_ORDER, "birth_date")],
        [("from_day", OUT_OF_ORDER, "birth_date")],
    ]
    file = people.file(office, person)
    assert date(2023, 5, 31) in [letter.letter_received_date for letter in file.letters]
    assert file.passports[-1].expiry == date(2020, 1, 1)
    assert file.employments[0].from_day == early


def test_a_course_never_runs_backwards_by_hand_and_both_days_are_named(office: Office) -> None:
    person = invite(office, 1)
    application = receive(office, person, datetime(2023, 5, 20, 15, tzinfo=UTC)).application
    error = refusal(lambda: decide(office, application, on=date(2023, 5, 19)))
    assert error.code == "comes_before"
    assert "“Decided on” (May 19, 2023)" in error_text(error)
    assert "“Received on” (May 20, 2023)" in error_text(error)


def test_a_member_of_a_list_is_judged_by_the_table_that_hands_are(office: Office) -> None:
    ahead = (LIST_DAY + timedelta(days=1)).isoformat()
    header = ["Réf. individuelle du requérant principal", "Lien", "Nom", "Prénom", "Né le"]
    rows = parsed_rows(["C1000001", "enfant", "Roy", "Léa", ahead], header=header)
    assert [(i.column, i.code, i.severity) for i in rows.issues] == [
        ("birth_date", IMPOSSIBLE, "error")
    ]


def test_what_a_row_has_twice_keeps_its_order_too() -> None:
    values = person_values(1, email="", phone="") | {
        "received_at": "2023-05-20",
        "received_at_2": "2023-07-20",
        "decided_on_2": "2023-07-19",
        "fees_paid_on": (LIST_DAY + timedelta(days=1)).isoformat(),
    }
    values = {name: value for name, value in values.items() if value}
    titles = {"received_at_2": "Reçue le 2", "decided_on_2": "Date de décision 2"}
    header = [
        titles.get(name) or HEADERS.get(name) or VOCABULARY.header(name, "fr") for name in values
    ]
    found = parsed_rows(list(values.values()), header=header).issues
    assert {(i.column, i.code, i.severity) for i in found} == {
        ("decided_on_2", OUT_OF_ORDER, "warning"),
        ("fees_paid_on", "date_in_the_future", "warning"),
    }


def test_a_birth_that_nobody_knows_is_empty_and_one_about_a_year_is_that_year(
    office: Office, tmp_path: Path
) -> None:
    births = ["inconnue", "N/D", "vers 1985", "env. 03/1990", "~1979", "ca. 1979", "vers 3/4/1985"]
    rows = [a_row(place, birth_date=birth) for place, birth in enumerate(births, 1)]
    done = import_file(office, a_list(tmp_path / "list.xlsx", rows))
    assert [(i.row, i.code, i.severity) for i in done.preview.issues if i.severity == "error"] == [
        (8, "bad_date", "error")
    ], "a whole day about which nobody is sure is no day"
    found = [people.file(office, person).person for person in range(1, 7)]
    assert [(one.birth_date, one.birth_known) for one in found] == [
        (None, known) for known in (None, None, "1985", "1990-03", "1979", "1979")
    ]


def test_two_equal_rows_without_a_number_are_one_also_where_only_the_year_of_birth_is_known(
    office: Office, tmp_path: Path
) -> None:
    one = a_row(1, individual_reference="", uci="", birth_date="1985", citizenship="Maroc")
    other = one | {"letter_date": "2023-09-02", "letter_received_date": ""}
    done = import_file(office, a_list(tmp_path / "list.xlsx", [one, one, other]))
    told = [(i.row, i.code) for i in done.preview.issues if i.code.endswith("_in_file")]
    assert told == [(3, "duplicate_in_file")], "what says anything else may be somebody else"
