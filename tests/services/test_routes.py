# SPDX-License-Identifier: Apache-2.0
"""Other routes: read, searched, recorded in a file outside the cap, and entry by nationality."""

from datetime import date, timedelta

import office_builders as build
import pytest

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.values.codes import RouteState
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.applications import routes
from imp_plus_desktop.services.applications.routes import RouteDetails
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people


def test_the_texts_carry_the_fees_of_the_day_in_the_language_in_use(office: Office) -> None:
    needs = [routes.said(office, words) for words in routes.route(office, "A73").needs]
    assert needs[-1] == "Employer compliance fee: $230.00"
    i18n.use("fr")
    fee = routes.route(office, "a73").needs[-1]
    assert routes.said(office, fee).endswith("230,00\u00a0$")


def test_the_search_looks_into_every_text(office: Office) -> None:
    assert [r.key for r in routes.routes(office, "francophone")] == ["francophone"]
    assert [t.key for t in routes.topics(office, "biometrics weeks")] == ["gss"]
    assert len(routes.routes(office)) == 21
    for words in ("job offer needed", "enrolled in a school", "proof from an employer",
                  "still receive an invitation"):  # fmt: skip
        assert "believed" in [t.key for t in routes.topics(office, words)]


def test_a_permit_under_another_route_uses_no_place(office: Office) -> None:
    person = build.invite(office)
    wanted = RouteDetails(
        "A73", RouteState.APPROVED, date(2023, 9, 1), date(2023, 10, 2), "Chantiers  Davie",
        "a 1234567", "U123456789", date(2023, 10, 2), date(2024, 10, 1),
    )  # fmt: skip
    routes.save(office, person, None, wanted)
    entry = people.file(office, person).other_routes[0]
    assert (entry.route, entry.offer_number, entry.employer) == (
        "a73",
        "A1234567",
        "Chantiers Davie",
    )
    assert build.places(office.register) == (0, 0, 0)
    assert routes.holders(office, "a73") == (person,)
    routes.save(office, person, entry.id, RouteDetails("a75", RouteState.FILED))
    assert people.file(office, person).other_routes[0].employer is None
    routes.delete(office, person, entry.id)
    assert routes.holders(office, "a75") == ()
    history.undo(office)
    assert routes.holders(office, "a75") == (person,)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (RouteDetails("imp", RouteState.FILED), "unknown_route"),
        (RouteDetails("a73", RouteState.FILED, offer_number="B1234567"), "bad_offer_number"),
        (RouteDetails("a73", RouteState.FILED, date(2024, 1, 1)), "in_the_future"),
        (
            RouteDetails("a73", RouteState.APPROVED, valid_from=date(2023, 5, 2),
                 valid_until=date(2023, 5, 1)),
            "bad_value",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(office: Office, wanted: RouteDetails, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        routes.save(office, build.invite(office), None, wanted)


def test_what_is_decided_as_it_is_filed_and_holds_for_one_day_is_kept(office: Office) -> None:
    person, day = build.invite(office), date(2023, 5, 2)
    routes.save(
        office,
        person,
        None,
        RouteDetails("a73", RouteState.APPROVED, day, day, "", "", "", day, day),
    )
    (entry,) = people.file(office, person).other_routes
    assert (entry.filed_on, entry.decided_on) == (day, day)
    assert (entry.valid_from, entry.valid_until) == (day, day)


def test_an_entry_rule_of_today_holds_today_and_one_of_tomorrow_not_yet(office: Office) -> None:
    routes.set_entry(office, "FRA", "visa", build.TODAY, "canada.ca")
    routes.set_entry(office, "FRA", "none", build.TODAY + timedelta(days=1), "canada.ca")
    rule = routes.entry_for(office, "FRA")
    assert rule is not None
    assert (rule.requirement, rule.day, rule.own) == ("visa", build.TODAY, True)


def test_the_routes_are_proposed_with_the_verdict_that_fails(office: Office) -> None:
    person = build.invite(office, residence_country="CAN", residence_province="QC")
    file, verdict = people.file(office, person), people.verdict(office, person)
    assert routes.propose(office, file, verdict)[0].route.key == "a73"


def test_the_office_s_own_entry_wins_over_ircc_s_list(office: Office) -> None:
    shipped = routes.entry_for(office, "FRA")
    assert shipped is not None
    assert (shipped.requirement, shipped.own, shipped.day) == ("eta", False, date(2026, 2, 12))
    routes.set_entry(office, "FRA", "eta", date(2023, 1, 1), "canada.ca")
    routes.set_entry(office, "FRA", "visa", date(2024, 1, 1), "canada.ca, announced")
    rule = routes.entry_for(office, "FRA")
    assert rule is not None
    assert rule.requirement == "eta"
    for country, requirement, source in (
        ("FRA", "eta", " "),
        ("FRA", "passport", "x"),
        ("QQQ", "eta", "x"),
        ("CAN", "none", "x"),
        ("XXX", "visa", "x"),
    ):
        with pytest.raises(DomainError):
            routes.set_entry(office, country, requirement, date(2023, 1, 1), source)
