# SPDX-License-Identifier: Apache-2.0
"""Programmes as files: what each check says, every mistake of a file, places, last days."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from builders import (
    a_document,
    a_file,
    a_letter,
    a_passport,
    a_person,
    a_residence,
    programme,
)
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop import bootstrap, i18n
from imp_plus_desktop.domain.programmes import standing
from imp_plus_desktop.domain.programmes.checks import CHECKS, WHO_MAY_APPLY
from imp_plus_desktop.domain.programmes.loading import BadFile, Mistake, load
from imp_plus_desktop.domain.programmes.parameters import Known
from imp_plus_desktop.domain.programmes.programme_file import ProgrammeFile
from imp_plus_desktop.domain.programmes.standing import Fit, Stand
from imp_plus_desktop.domain.records.applications import OtherRoute
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import OtherRouteId, PersonId
from imp_plus_desktop.domain.values.codes import (
    CanadaStatus,
    DocumentState,
    DocumentType,
    PrState,
    RouteState,
)
from imp_plus_desktop.domain.verdict import eligibility
from imp_plus_desktop.services.programmes.reading import known_names
from imp_plus_desktop.words.programmes.condition_texts import condition_text
from imp_plus_desktop.words.programmes.mistake_texts import MISTAKES, mistake_text
from imp_plus_desktop.words.terms.check_names import CHECKS as NAMES
from imp_plus_desktop.words.terms.code_names import name_of

DAY = date(2026, 11, 30)
THIRD = Path(__file__).parents[1] / "files" / "programmes" / "north_pilot.toml"
PERMITS = {"lmia": "employer", "a75": "open", "pgwp": "open", "iec": "either"}


@cache
def known() -> Known:
    return known_names(bootstrap.load_vocabulary(), programme().fees)


def third() -> dict[str, Any]:
    return tomllib.loads(THIRD.read_text(encoding="utf-8"))


def made(**changes: Any) -> ProgrammeFile:
    """The third programme with some of its tables otherwise; None takes a name out."""
    table = {**third(), **changes}
    return load({name: value for name, value in table.items() if value is not None}, known())


def asking(check: str, **values: Any) -> ProgrammeFile:
    return made(conditions=[{"check": check, **values}])


def an_entry(route: str = "north_pilot", **changes: Any) -> OtherRoute:
    entry = OtherRoute(OtherRouteId(1), PersonId(1), route, RouteState.CONSIDERED)
    return replace(entry, **changes)


def a_permit(route: str, until: date | None, begun: date = date(2024, 1, 1)) -> OtherRoute:
    return an_entry(route, state=RouteState.APPROVED, valid_from=begun, valid_until=until)


def stand(one: ProgrammeFile, file: PersonFile, day: date = DAY) -> Stand:
    return standing.stand_of(one, file, day, programme(), PERMITS)


def met(one: ProgrammeFile, file: PersonFile, day: date = DAY) -> bool | None:
    (said,) = stand(one, file, day).said
    return said.met


def here(country: str, province: str | None = None, **changes: Any) -> PersonFile:
    return a_file(a_person(), residences=(a_residence(country, province),), **changes)


NO_CSQ = {"csq_category": None, "csq_issue_date": None, "csq_expiry_date": None}
EMPLOYER = {"permit": "employer", "from": date(2026, 3, 13), "until": date(2026, 12, 31)}


@pytest.mark.parametrize(
    ("check", "values", "file", "answer"),
    [
        ("lives_in", {"places": ["QC"]}, here("CAN", "QC"), True),
        ("lives_in", {"places": ["QC"]}, here("CAN", "ON"), False),
        ("lives_in", {"places": "ON"}, here("CAN", "ON"), True),
        ("lives_in", {"places": ["ON", "NB"]}, here("MAR"), False),
        ("lives_in", {"places": ["outside_quebec"]}, here("CAN", "ON"), True),
        ("lives_in", {"places": ["outside_quebec"]}, here("CAN", "QC"), False),
        ("lives_in", {"places": ["outside_quebec"]}, here("CAN"), None),
        ("lives_in", {"places": ["abroad", "QC"]}, here("MAR"), True),
        ("lives_in", {"places": ["abroad"]}, a_file(residences=()), None),
        ("lives_in", {"places": ["canada"]}, here("CAN"), True),
        ("in_canada", {}, here("CAN", "ON"), True),
        ("citizen_of", {"countries": ["MAR"]}, a_file(), True),
        ("citizen_of", {"countries": ["FRA", "BEL"]}, a_file(), False),
        ("citizen_of", {"countries": ["FRA"]}, a_file(a_person(citizenship=None)), None),
        ("aged", {"from_age": 18, "to_age": 36}, a_file(), True),
        ("aged", {"from_age": 37}, a_file(), False),
        ("aged", {"to_age": 35}, a_file(), False),
        ("aged", {"to_age": 35}, a_file(a_person(birth_date=None)), None),
        ("csq_held", {}, a_file(), True),
        ("csq_held", {}, a_file(a_person(**NO_CSQ)), None),
        ("csq_held", {"categories": ["IV"]}, a_file(), False),
        ("csq_held", {"categories": ["IV", "IQ"]}, a_file(), True),
        ("csq_held", {"categories": ["IQ"]}, a_file(a_person(csq_category=None)), None),
        ("waits_for_csq", {}, a_file(), False),
        ("waits_for_csq", {}, a_file(a_person(**NO_CSQ)), None),
        (
            "waits_for_csq",
            {},
            a_file(a_person(**NO_CSQ), other_routes=(an_entry(invited_on=date(2026, 5, 1)),)),
            True,
        ),
        (
            "permit_ends",
            EMPLOYER,
            a_file(other_routes=(a_permit("lmia", date(2026, 12, 31)),)),
            True,
        ),
        (
            "permit_ends",
            EMPLOYER,
            a_file(other_routes=(a_permit("a75", date(2026, 12, 1)),)),
            False,
        ),
        ("permit_ends", EMPLOYER, a_file(other_routes=(a_permit("iec", date(2026, 12, 1)),)), None),
        ("permit_ends", EMPLOYER, a_file(), None),
        ("permit_ends", EMPLOYER, a_file(other_routes=(a_permit("lmia", None),)), None),
        (
            "permit_ends",
            EMPLOYER,
            a_file(other_routes=(a_permit("lmia", date(2027, 1, 1)),)),
            False,
        ),
        (
            "permit_ends",
            {**EMPLOYER, "maintained": True},
            a_file(
                other_routes=(
                    a_permit("lmia", date(2026, 3, 1)),
                    an_entry("lmia", state=RouteState.FILED, filed_on=date(2026, 2, 20)),
                )
            ),
            True,
        ),
        ("permit_runs", {}, a_file(other_routes=(a_permit("iec", date(2027, 1, 1)),)), True),
        (
            "permit_runs",
            {"permit": "open"},
            a_file(other_routes=(a_permit("lmia", date(2027, 1, 1)),)),
            False,
        ),
        ("permit_runs", {"permit": "open"}, a_file(), None),
        ("status_is", {"statuses": ["worker"]}, a_file(), None),
        (
            "status_is",
            {"statuses": ["worker", "student"]},
            a_file(a_person(canada_status=CanadaStatus.STUDENT)),
            True,
        ),
        (
            "status_is",
            {"statuses": "worker"},
            a_file(a_person(canada_status=CanadaStatus.VISITOR)),
            False,
        ),
        ("student", {}, a_file(a_person(canada_status=CanadaStatus.STUDENT)), True),
        ("pr_state_is", {"states": ["in_process"]}, a_file(), False),
        (
            "pr_state_is",
            {"states": ["in_process"]},
            a_file(a_person(pr_state=PrState.IN_PROCESS)),
            True,
        ),
        ("pr_not_decided", {}, a_file(a_person(pr_state=PrState.REFUSED)), False),
        (
            "pr_acknowledged",
            {},
            a_file(a_person(pr_number="E123456789", pr_state=PrState.IN_PROCESS)),
            True,
        ),
        ("offer_recorded", {}, a_file(), None),
        ("offer_recorded", {}, a_file(other_routes=(an_entry(employer="Usine"),)), True),
        ("invited", {}, a_file(), None),
        ("invited", {}, a_file(other_routes=(an_entry(invited_on=date(2026, 10, 1)),)), True),
        ("invited", {}, a_file(other_routes=(an_entry(invited_on=date(2026, 9, 30)),)), False),
        (
            "invited",
            {"from": date(2026, 10, 2)},
            a_file(other_routes=(an_entry(invited_on=date(2026, 10, 1)),)),
            False,
        ),
        ("letter_dated", {"until": date(2025, 1, 15)}, a_file(), True),
        ("letter_dated", {"from": date(2025, 1, 15)}, a_file(), False),
        ("letter_dated", {}, a_file(letters=()), None),
        ("papers_held", {"papers": ["csq"]}, a_file(), None),
        (
            "papers_held",
            {"papers": ["csq", "photo"]},
            a_file(
                documents=(
                    a_document(DocumentType.CSQ),
                    a_document(DocumentType.PHOTO, DocumentState.REQUIRED),
                )
            ),
            False,
        ),
        ("papers_held", {"papers": "csq"}, a_file(documents=(a_document(DocumentType.CSQ),)), True),
        (
            "passport_valid",
            {"months": 6},
            a_file(passports=(a_passport(expiry=date(2027, 5, 30)),)),
            True,
        ),
        (
            "passport_valid",
            {"months": 7},
            a_file(passports=(a_passport(expiry=date(2027, 5, 30)),)),
            False,
        ),
        ("passport_valid", {"months": 1}, a_file(passports=()), None),
        ("rule", {"rule": "ELG-01"}, a_file(), True),
        ("rule", {"rule": "ELG-01"}, here("CAN", "QC"), False),
        ("rule", {"rule": "ELG-01"}, a_file(residences=()), None),
    ],
)
def test_a_check_says_of_a_file(
    check: str, values: Mapping[str, Any], file: PersonFile, answer: bool | None
) -> None:
    assert met(asking(check, **values), file) is answer


def test_every_check_is_tried_named_and_told() -> None:
    tried = set(CHECKS)
    source = Path(__file__).read_text(encoding="utf-8")
    assert {
        name for name in tried if f'("{name}", ' not in source and f'"{name}",\n' not in source
    } == set()
    assert tried <= NAMES.keys()
    guide = (Path(__file__).parents[2] / "docs" / "programmes.md").read_text(encoding="utf-8")
    for name, check in CHECKS.items():
        row = next(line for line in guide.splitlines() if line.startswith(f"| `{name}` |"))
        assert all(f"`{parameter}" in row for parameter in check.parameters), name


def test_a_rule_that_a_file_may_ask_for_is_one_of_the_verdict() -> None:
    found = eligibility.verdict(a_file(), DAY, programme())
    assert set(WHO_MAY_APPLY) == {one.rule for one in found.findings}


def test_the_shipped_programmes_say_where_and_when_everything_was_read() -> None:
    shipped = bootstrap.load_programmes()
    assert [one.key for one in shipped] == ["imp_plus", "pstq_policy"]
    tags = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
    for one in shipped:
        rows = [one, one.permit, *one.conditions, *one.papers, *one.fees, *one.family]
        for read in (row.read for row in rows):
            assert read.read_on <= DAY
            for tag in read.source.split("; "):
                assert f"| {tag.split()[0]}" in tags, tag


def test_main_and_other_programmes_ask_what_the_policies_ask() -> None:
    main, policy = bootstrap.load_programmes()
    assert main.is_main
    assert (policy.from_day, policy.until_day) == (date(2026, 3, 13), date(2026, 12, 31))
    assert (policy.permit.kind, policy.permit.months, policy.places) == ("employer", 12, None)
    candidate = a_file(
        a_person(pr_state=PrState.NOT_FILED, **NO_CSQ),
        residences=(a_residence("CAN", "QC"),),
        other_routes=(
            a_permit("lmia", date(2026, 12, 20)),
            an_entry("pstq_policy", invited_on=date(2026, 5, 4)),
        ),
    )
    found = stand(policy, candidate)
    assert (found.fit, found.by, found.state) == (
        Fit.QUALIFIES, date(2026, 12, 20), RouteState.CONSIDERED,
    )  # fmt: skip
    assert found.lacking == (DocumentType.PASSPORT, DocumentType.FORMS, DocumentType.PHOTO)
    with_csq = replace(candidate, person=a_person(pr_state=PrState.NOT_FILED))
    assert stand(policy, with_csq).fit is Fit.NOT
    nobody = a_file(a_person(**NO_CSQ), residences=(a_residence("CAN", "QC"),))
    assert stand(policy, nobody).fit is Fit.OPEN


def test_whoever_fails_one_condition_does_not_qualify_and_the_unknown_is_no_yes() -> None:
    one = made()
    person = a_person(citizenship="SEN", canada_status=CanadaStatus.WORKER)
    file = a_file(
        person,
        residences=(a_residence("CAN", "ON"),),
        other_routes=(an_entry(invited_on=date(2026, 11, 1)),),
    )
    assert stand(one, file).fit is Fit.QUALIFIES
    unknown = replace(file, person=replace(person, birth_date=None))
    assert stand(one, unknown).fit is Fit.OPEN
    old = replace(file, person=replace(person, birth_date=date(1960, 1, 1)))
    assert stand(one, old).fit is Fit.NOT
    weighed = [one_said for one_said in stand(one, file).said if not one_said.condition.binds]
    assert [said.condition.check for said in weighed] == ["passport_valid"]


def test_the_last_day_is_the_earliest_of_what_binds_and_there_is_none_after_filing() -> None:
    one = made()
    entry = an_entry(invited_on=date(2026, 10, 20))
    assert stand(one, a_file()).by == date(2027, 9, 30)
    assert stand(one, a_file(other_routes=(entry,))).by == date(2026, 12, 19)
    filed = replace(entry, state=RouteState.FILED, filed_on=date(2026, 11, 2))
    found = stand(one, a_file(other_routes=(filed,)))
    assert (found.by, found.lacking, found.may_file) == (None, (), False)
    assert stand(made(until=None, **{"from": None}), a_file()).by is None


def test_of_several_entries_what_waits_counts_before_what_is_over() -> None:
    entries = [
        an_entry(id=OtherRouteId(1), state=RouteState.REFUSED, decided_on=date(2026, 11, 1)),
        an_entry(id=OtherRouteId(2), state=RouteState.FILED, filed_on=date(2026, 10, 5)),
        an_entry(id=OtherRouteId(3), state=RouteState.APPROVED, decided_on=date(2026, 10, 9)),
        an_entry("other", id=OtherRouteId(4)),
    ]
    found = standing.entry_of(a_file(other_routes=tuple(entries)), "north_pilot")
    assert found is not None
    assert found.id == 2


STATES = st.sampled_from(sorted(RouteState))
DAYS = st.dates(date(2026, 10, 1), date(2027, 12, 31))


@given(st.lists(st.tuples(STATES, DAYS), max_size=12), DAYS)
def test_a_place_is_used_once_by_each_filing_that_keeps_it(
    told: list[tuple[RouteState, date]], day: date
) -> None:
    entries = [an_entry(state=state, filed_on=on) for state, on in told]
    use = standing.use_of(made(), entries, day)
    assert use is not None
    keeps = {RouteState.FILED, RouteState.APPROVED, RouteState.REFUSED}
    expected = sum(state in keeps and on.year == day.year for state, on in told)
    assert (use.used, use.left) == (expected, use.limit.limit - expected)
    assert use.limit.limit == (2 if day.year == 2026 else 250)


def test_places_may_count_what_is_approved_over_the_whole_programme() -> None:
    limits = [{"limit": 1, "from": date(2026, 10, 1)}]
    one = made(places={"counts": "approved", "period": "programme", "limits": limits})
    entries = [
        an_entry(state=RouteState.FILED, filed_on=date(2026, 10, 2)),
        an_entry(state=RouteState.APPROVED, decided_on=date(2026, 11, 2)),
        an_entry(state=RouteState.APPROVED),
    ]
    use = standing.use_of(one, entries, date(2027, 5, 1))
    assert use is not None
    assert (use.used, use.left) == (2, -1)
    assert standing.use_of(one, entries, date(2026, 9, 30)) is None, "no limit is in force yet"
    assert standing.use_of(made(places=None), entries, DAY) is None


def loaded(table: dict[str, Any]) -> tuple[ProgrammeFile | None, tuple[Mistake, ...]]:
    try:
        return load(table, known()), ()
    except BadFile as error:
        return None, error.mistakes


def changed(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """The third programme's table with one thing otherwise; `...` takes it out."""
    table = deepcopy(third())
    at: Any = table
    for step in path[:-1]:
        at = at[step]
    if value is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return table


WRONG = [
    (("key",), "North Pilot", "bad_key"),
    (("key",), ..., "missing_top"),
    (("main",), True, "not_main"),
    (("name",), "Pilote", "not_both_languages"),
    (("name",), {"fr": "Pilote"}, "language_missing"),
    (("name",), {"fr": "Pilote", "en": "Pilot", "de": "Pilot"}, "unknown_name"),
    (("who", "fr"), "  ", "empty_text"),
    (("who", "fr"), "x" * 2001, "unwritable"),
    (("who", "fr"), "a\u202eb", "unwritable"),
    (("from",), "2026-10-01", "not_a_day"),
    (("from",), date(2028, 1, 1), "days_crossed"),
    (("unknown",), 1, "unknown_name"),
    (("permit",), ..., "table_missing"),
    (("permit",), "open", "not_a_table"),
    (("permit", "kind"), "closed", "unknown_word"),
    (("permit", "months"), "24", "not_a_number"),
    (("permit", "months"), True, "not_a_number"),
    (("permit", "months"), 0, "number_out_of_range"),
    (("conditions",), ..., "no_conditions"),
    (("conditions",), {"check": "invited"}, "not_rows"),
    (("conditions",), [{"check": "invited", "binds": False}], "nothing_binds"),
    (("conditions",), [{"check": "invited"}] * 201, "too_many_rows"),
    (("conditions", 0), "invited", "not_a_table"),
    (("conditions", 0, "check"), "rich", "unknown_check"),
    (("conditions", 0, "check"), ..., "missing"),
    (("conditions", 0, "binds"), "no", "not_true_or_false"),
    (("conditions", 0, "places"), ["QC"], "unknown_name"),
    (("conditions", 1, "places"), [], "empty_list"),
    (("conditions", 1, "places"), ["Québec"], "unknown_word"),
    (("conditions", 1, "places"), ..., "missing"),
    (("conditions", 2), {"check": "aged"}, "missing_any"),
    (("conditions", 3, "countries"), ["FR"], "unknown_country"),
    (("conditions", 3, "countries"), [33], "not_a_text"),
    (("papers", 0, "paper"), "diploma", "unknown_word"),
    (("fees", 0, "fee"), "gift", "unknown_fee"),
    (("fees", 1, "amount"), "75,00", "not_an_amount"),
    (("fees", 1, "amount"), "-1", "not_an_amount"),
    (("fees", 1, "amount"), 75, "not_a_text"),
    (("fees", 1, "from"), ..., "missing"),
    (("fees", 3, "payer"), "nobody", "unknown_word"),
    (("places", "counts"), "letters", "unknown_word"),
    (("places", "limits"), ..., "no_limit"),
    (("places", "limits", 0, "limit"), -1, "number_out_of_range"),
    (
        ("places", "limits"),
        [{"limit": 1, "from": date(2026, 10, 1)}, {"limit": 2, "from": date(2026, 10, 1)}],
        "limit_twice",
    ),
    (("invitation", "days"), ..., "missing"),
    (("family", 0, "who"), "cousin", "unknown_word"),
    (("list", "headers", "shoe_size"), ["Pointure"], "unknown_name"),
    (("list", "headers", "email"), ["North pilot no."], "header_twice"),
    (("list", "marks"), [], "empty_list"),
    (("needs", 0), {"fr": "Lettre"}, "language_missing"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "code"), WRONG, ids=[f"{w[0]}-{w[2]}" for w in WRONG])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_mistake_of_a_file_is_told_in_a_sentence(
    path: tuple[str | int, ...], value: Any, code: str, language: str
) -> None:
    with pytest.raises(BadFile) as caught:
        load(changed(path, value), known())
    assert code in [one.code for one in caught.value.mistakes]
    with i18n.speaking(language):
        for one in caught.value.mistakes:
            told = mistake_text(one)
            assert told.endswith(".")
            assert "{" not in told


OF_SERVICES = {
    *("not_toml", "typed_quotes", "odd_space", "quote_open", "quote_inside", "quotes_missing"),
    *("comma_missing", "bracket_open", "equals_missing", "value_missing", "odd_name", "odd_day"),
    *("odd_number", "said_twice", "not_text", "not_plain"),
    "too_large",
    "header_taken",
    "mark_taken",
    "key_is_route",
    "key_is_main",
}


def test_every_mistake_is_made_here_or_beside_the_register() -> None:
    assert {code for _path, _value, code in WRONG} | OF_SERVICES == MISTAKES.keys()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_shipped_programme_has_one_name(language: str) -> None:
    for path in sorted((Path(__file__).parents[2] / "data" / "programmes").glob("*.toml")):
        names = tomllib.loads(path.read_text(encoding="utf-8"))
        if not names.get("main"):
            with i18n.speaking(language):
                assert name_of(names["key"], "route") == names["name"][language]


def test_all_mistakes_are_told_at_once() -> None:
    table = changed(("conditions", 2, "check"), "agd")
    table |= {"version": 3, "read_on": "hier", "colour": "red"}
    with pytest.raises(BadFile) as caught:
        load(table, known())
    assert [one.code for one in caught.value.mistakes] == [
        "not_a_text", "not_a_day", "unknown_name", "unknown_check",
    ]  # fmt: skip


SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates()
    | st.datetimes()
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=6), one, max_size=3),
)
PLACES = sorted({path for path, _value, _code in WRONG}, key=str)


@given(st.sampled_from(PLACES), VALUES)
def test_whatever_stands_in_a_file_it_is_a_programme_or_told_to_be_none(
    path: tuple[str | int, ...], value: Any
) -> None:
    one, mistakes = loaded(changed(path, value))
    if one is None:
        assert mistakes
        assert all(mistake_text(mistake) for mistake in mistakes)
    else:
        assert stand(one, a_file()).fit in Fit
        assert all(condition_text(condition) for condition in one.conditions)


@given(st.dictionaries(st.sampled_from([*third(), "other"]), VALUES, max_size=6))
def test_any_table_is_read_without_a_fault_of_the_program(table: dict[str, Any]) -> None:
    one, mistakes = loaded(table)
    assert (one is None) is bool(mistakes)


def test_conditions_are_told_with_the_values_of_their_file() -> None:
    with i18n.speaking("en"):
        told = [condition_text(one) for one in made().conditions]
    assert told == [
        "Invited from Oct 1, 2026 on",
        "Lives in: Canada outside Quebec",
        "Aged 18 to 44",
        "Citizen of: Belgium, France, Morocco or Senegal",
        "Status in Canada: maintained status, student or worker",
        "Passport valid for 6 more months",
    ]


@given(
    st.sampled_from([*PrState, None]),
    st.sampled_from([*CanadaStatus, None]),
    st.sampled_from(["MAR", "FRA", "CAN", None]),
    st.none() | st.dates(date(1950, 1, 1), date(2026, 1, 1)),
    st.sampled_from([("CAN", "QC"), ("CAN", "ON"), ("MAR", None), ("CAN", None), None]),
    st.lists(st.builds(a_permit, st.sampled_from(sorted(PERMITS)), st.none() | DAYS), max_size=2),
)
def test_whoever_qualifies_meets_every_condition_that_binds(
    state: PrState | None,
    status: CanadaStatus | None,
    country: str | None,
    born: date | None,
    place: tuple[str, str | None] | None,
    permits: list[OtherRoute],
) -> None:
    person = a_person(pr_state=state, canada_status=status, citizenship=country, birth_date=born)
    stays = () if place is None else (a_residence(*place),)
    file = a_file(person, residences=stays, other_routes=tuple(permits), letters=(a_letter(),))
    for one in (*bootstrap.load_programmes(), made()):
        found = stand(one, file)
        binding = [said.met for said in found.said if said.condition.binds]
        assert (found.fit is Fit.QUALIFIES) is all(binding)
        assert (found.fit is Fit.NOT) is (False in binding)
