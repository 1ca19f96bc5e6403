# SPDX-License-Identifier: Apache-2.0
"""The table of the other routes, and which of them are proposed when IMP+ fails."""

import re
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import DAY, a_document, a_file, a_person, a_residence, an_application, programme

from imp_plus_desktop import bootstrap
from imp_plus_desktop.domain.programmes import standing
from imp_plus_desktop.domain.records.applications import OtherRoute, Permit
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import OtherRouteId, PermitId, PersonId
from imp_plus_desktop.domain.values.codes import (
    ApplicationState,
    CanadaStatus,
    DocumentType,
    Outcome,
    PrState,
    RouteState,
)
from imp_plus_desktop.domain.verdict import eligibility
from imp_plus_desktop.domain.verdict.routes import Proposal, RouteTable, Words, propose, table_from

PATH = Path(__file__).parents[2] / "data" / "routes.toml"
COUNTRIES = PATH.with_name("countries.csv")
LATER = date(2026, 4, 1)


def table() -> RouteTable:
    return bootstrap.load_routes()


def proposals(file: PersonFile, day: date = DAY) -> tuple[Proposal, ...]:
    verdict = eligibility.verdict(file, day, programme())
    asks = standing.asks(bootstrap.load_programmes(), verdict)
    return propose(table().routes, file, day, verdict, asks)


def proposed(file: PersonFile, day: date = DAY) -> list[str]:
    return [one.route.key for one in proposals(file, day)]


def in_quebec(**changes: object) -> PersonFile:
    return a_file(a_person(**changes), residences=(a_residence("CAN", "QC"),))


def texts() -> list[Words]:
    found: list[Words] = []
    for route in table().routes:
        found += [route.name, route.who, *route.needs, *([route.lasts] if route.lasts else [])]
    for topic in table().topics:
        found += [topic.name, *topic.text]
    return [*found, *table().entry.notes.values()]


def test_every_stream_and_topic_of_the_programme_s_neighbours_is_there() -> None:
    assert {route.key for route in table().routes} == {
        "a73", "a75", "pstq_policy", "pgwp", "iec", "cusma", "ceta", "cuktca", "chile", "peru",
        "colombia", "korea", "panama", "ukraine", "cptpp", "gats", "trade", "transfer", "benefit",
        "francophone", "lmia",
    }  # fmt: skip
    assert {topic.key for topic in table().topics} == {
        "believed", "no_permit", "barred_employers", "introduction_letter", "offer",
        "compliance_fee", "exempt_employers", "gss", "lmia_or_imp", "entry", "medical", "police",
    }  # fmt: skip
    assert all(route.source for route in table().routes)


def test_every_source_of_the_table_is_resolved() -> None:
    known = (PATH.parents[1] / "docs" / "sources.md").read_text(encoding="utf-8")
    for entry in (*table().routes, *table().topics):
        assert f"| {entry.source.split()[0]} |" in known, entry.source


@pytest.mark.parametrize("words", texts(), ids=lambda words: words.en[:30])
def test_every_text_is_set_in_both_languages(words: Words) -> None:
    assert words.in_language("fr") == words.fr != words.en == words.in_language("en")
    assert not re.search(r" [:;?!»%$]|« ", words.fr), words.fr
    assert re.findall(r"{\w+}", words.fr) == re.findall(r"{\w+}", words.en)
    assert "'" not in words.fr + words.en


def test_nothing_is_proposed_while_imp_plus_is_open() -> None:
    assert proposed(a_file()) == []
    unknown = a_file(residences=())
    assert proposed(unknown) == []


def test_a_csq_holder_in_quebec_is_sent_to_a73_first() -> None:
    assert proposed(in_quebec())[0] == "a73"
    assert "a75" not in proposed(in_quebec())


def test_an_acknowledged_pr_opens_the_bridging_permit() -> None:
    person = a_person(pr_state=PrState.IN_PROCESS, pr_filed_on=date(2023, 1, 5))
    residences = (a_residence("CAN", "QC"),)
    proof = a_file(person, residences=residences, documents=(a_document(DocumentType.PR_PROOF),))
    assert {"a73", "a75"} <= set(proposed(proof))
    numbered = in_quebec(pr_state=PrState.IN_PROCESS, pr_number="E123456789")
    assert "a75" in proposed(numbered)


def an_employer_permit(until: date | None, state: RouteState = RouteState.APPROVED) -> OtherRoute:
    return OtherRoute(
        OtherRouteId(1), PersonId(1), "lmia", state, employer="Usine", valid_from=date(2024, 1, 1),
        valid_until=until,
    )  # fmt: skip


NO_CSQ = {"csq_category": None, "csq_issue_date": None, "csq_expiry_date": None}


def test_the_temporary_policy_has_its_days() -> None:
    waits = replace(in_quebec(**NO_CSQ), other_routes=(an_employer_permit(date(2026, 6, 1)),))
    assert "pstq_policy" in proposed(waits, LATER)
    assert "pstq_policy" not in proposed(waits, date(2026, 3, 12))
    assert "pstq_policy" not in proposed(waits, date(2027, 1, 1))


def test_the_temporary_policy_is_for_whoever_waits_for_a_csq_on_an_employer_s_permit() -> None:
    permit = an_employer_permit(date(2026, 6, 1))
    assert "pstq_policy" not in proposed(replace(in_quebec(), other_routes=(permit,)), LATER)
    open_permit = replace(permit, route="a75", employer=None)
    waits = in_quebec(**NO_CSQ)
    assert "pstq_policy" not in proposed(replace(waits, other_routes=(open_permit,)), LATER)
    over = replace(permit, valid_until=date(2026, 3, 12))
    met = [
        one.met
        for one in proposals(replace(waits, other_routes=(over,)), LATER)
        if one.route.key == "pstq_policy"
    ]
    assert met == [("lives_in", "pr_not_decided")], "an end before the policy is no reason"


@pytest.mark.parametrize(
    "changes",
    [
        {"arrived_on": date(2023, 7, 1)},
        {},
    ],
    ids=["arrival", "permit"],
)
def test_a_permit_or_an_arrival_counts_as_being_in_canada(changes: dict[str, date]) -> None:
    """The stay abroad on record is older: the bridging and the employer's permit are proposed."""
    person = a_person(pr_state=PrState.IN_PROCESS, pr_number="E123456789", **changes)
    issued = an_application(
        ApplicationState.PERMIT_ISSUED, outcome=Outcome.APPROVED, decided_on=date(2023, 6, 20)
    )
    permit = Permit(
        PermitId(1),
        issued.id,
        "U123456789",
        date(2023, 6, 20),
        date(2023, 7, 1),
        date(2026, 6, 30),
    )
    file = a_file(person, applications=(issued,), permits=() if changes else (permit,))
    day = date(2024, 5, 1)
    assert {"a73", "a75"} <= set(proposed(file, day))
    known = {one.route.key: one.unknown for one in proposals(file, day)}
    assert known["a73"] == ("lives_in_quebec",)
    home = replace(file, residences=(a_residence("FRA", from_day=date(2024, 1, 1)),))
    assert "a75" not in proposed(home, day), "a stay abroad that has begun since tells otherwise"


def test_a_trade_agreement_is_proposed_to_its_citizens_only() -> None:
    assert {"chile", "cptpp"} <= set(proposed(in_quebec(citizenship="CHL")))
    assert "cusma" not in proposed(in_quebec(citizenship="CHL"))
    assert {"cusma", "cptpp"} <= set(proposed(in_quebec(citizenship="MEX")))
    assert "ceta" in proposed(in_quebec(citizenship="FRA"))
    assert not {"ceta", "cptpp", "cusma"} & set(proposed(in_quebec(citizenship="MAR")))


@pytest.mark.parametrize(
    ("country", "needed"),
    [("FRA", "eta"), ("USA", "none"), ("MAR", "visa"), ("CAN", None), ("ROU", "eta")],
)
def test_ircc_s_list_says_what_a_nationality_needs(country: str, needed: str | None) -> None:
    assert table().entry.requirement(country) == needed


def test_ircc_s_list_is_that_of_a_day_and_of_countries_that_exist() -> None:
    shipped = table().entry
    assert (shipped.read_on, shipped.page_of) == (date(2026, 2, 12), date(2025, 11, 25))
    known = {line.split(",")[0] for line in COUNTRIES.read_text(encoding="utf-8").splitlines()}
    named = shipped.eta | shipped.neither | shipped.notes.keys()
    assert named | {c for route in table().routes for c in route.countries} <= known
    assert not shipped.eta & shipped.neither


def test_ages_and_studies_open_their_routes_only_to_whom_they_fit() -> None:
    young = in_quebec(birth_date=date(1987, 6, 2), canada_status=CanadaStatus.STUDENT)
    assert {"iec", "pgwp"} <= set(proposed(young))
    old = in_quebec(birth_date=date(1987, 6, 1), canada_status=CanadaStatus.WORKER)
    assert not {"iec", "pgwp"} & set(proposed(old))


def test_a_permanent_resident_needs_no_other_route() -> None:
    assert proposed(in_quebec(pr_state=PrState.APPROVED)) == []


def test_what_is_not_known_does_not_rule_a_route_out_and_is_said() -> None:
    file = in_quebec(pr_state=None)
    verdict = eligibility.verdict(file, DAY, programme())
    first = propose(table().routes, file, DAY, verdict)[0]
    assert first.met == ("csq_held", "lives_in_quebec")
    assert first.unknown == ("pr_not_decided",)


def test_a_table_with_an_unknown_condition_is_refused() -> None:
    data = tomllib.loads(PATH.read_text(encoding="utf-8"))
    data["routes"][0]["conditions"] = ["rich"]
    with pytest.raises(KeyError):
        table_from(data)
