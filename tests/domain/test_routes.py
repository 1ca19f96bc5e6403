# SPDX-License-Identifier: Apache-2.0
"""The table of the other routes, and which of them are proposed when IMP+ fails."""

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from builders import DAY, a_document, a_file, a_person, a_residence, programme

from imp_plus_desktop.domain import eligibility
from imp_plus_desktop.domain.codes import CanadaStatus, DocumentType, PrState
from imp_plus_desktop.domain.routes import RouteTable, Words, propose, table_from
from imp_plus_desktop.domain.values import PersonFile

PATH = Path(__file__).parents[2] / "data" / "routes.toml"
LATER = date(2026, 4, 1)


@cache
def table() -> RouteTable:
    return table_from(tomllib.loads(PATH.read_text(encoding="utf-8")))


def proposed(file: PersonFile, day: date = DAY) -> list[str]:
    verdict = eligibility.verdict(file, day, programme())
    return [one.route.key for one in propose(table().routes, file, day, verdict)]


def in_quebec(**changes: object) -> PersonFile:
    return a_file(a_person(**changes), residences=(a_residence("CAN", "QC"),))


def texts() -> list[Words]:
    found: list[Words] = []
    for route in table().routes:
        found += [route.name, route.who, *route.needs, *([route.lasts] if route.lasts else [])]
    for topic in table().topics:
        found += [topic.name, *topic.text]
    return found


def test_every_stream_and_topic_of_the_programme_s_neighbours_is_there() -> None:
    assert {route.key for route in table().routes} == {
        "a73", "a75", "pstq_policy", "pgwp", "iec", "trade", "transfer", "benefit", "francophone",
        "lmia",
    }  # fmt: skip
    assert {topic.key for topic in table().topics} == {
        "offer", "compliance_fee", "exempt_employers", "gss", "lmia_or_imp", "entry", "medical",
        "police",
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


def test_the_temporary_policy_has_its_days() -> None:
    assert "pstq_policy" in proposed(in_quebec(), LATER)
    assert "pstq_policy" not in proposed(in_quebec(), date(2026, 3, 12))
    assert "pstq_policy" not in proposed(in_quebec(), date(2027, 1, 1))


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
