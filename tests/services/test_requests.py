# SPDX-License-Identifier: Apache-2.0
"""IRCC's requests, the portal's lines, and where people work, as the office records them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from office_builders import TODAY, add_member, an_approved, invite, issue, receive, receive_member

from imp_plus_desktop.domain.values.codes import PortalItem, PortalState, RequestKind
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.agenda import overview
from imp_plus_desktop.services.applications import applications, portal, preparing, requests
from imp_plus_desktop.services.applications.portal import PortalReading
from imp_plus_desktop.services.applications.requests import RequestDetails
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import employments, people
from imp_plus_desktop.services.people.employments import Work
from imp_plus_desktop.services.permits import permits

LETTER = date(2023, 11, 21)


def ask(office: Office, kind: RequestKind = RequestKind.BIOMETRICS, **changes: object) -> int:
    application = receive(office, invite(office)).application
    return requests.save(office, RequestDetails(application, kind, LETTER, **changes)).request  # type: ignore[arg-type]


def waiting(office: Office) -> dict[str, int]:
    return {line.code: line.count for line in overview.overview(office).waiting}


class TestRequests:
    def test_a_request_says_by_when_and_what_the_rule_finds(self, office: Office) -> None:
        application = receive(office, invite(office)).application
        saved = requests.save(office, RequestDetails(application, RequestKind.BIOMETRICS, LETTER))
        assert saved.due_on == date(2023, 12, 21)
        assert [f.reason for f in saved.findings if f.rule == "CLK-01"] == ["biometrics_due"]

    def test_biometrics_given_serve_the_person_for_years(self, office: Office) -> None:
        request = ask(office)
        requests.done(office, request, TODAY)
        assert people.file(office, 1).person.biometrics_on == TODAY
        history.undo(office)
        assert people.file(office, 1).person.biometrics_on is None
        assert requests.one(office, request).done_on is None

    def test_the_latest_enrolment_is_the_one_that_serves(self, office: Office) -> None:
        application = receive(office, invite(office)).application
        for given, kept in (
            (date(2023, 11, 20), date(2023, 11, 20)),
            (date(2023, 11, 18), date(2023, 11, 20)),
            (date(2023, 11, 21), date(2023, 11, 21)),
        ):
            asked = RequestDetails(
                application, RequestKind.BIOMETRICS, date(2023, 11, 18), done_on=given
            )
            requests.save(office, asked)
            assert people.file(office, 1).person.biometrics_on == kept

    def test_what_is_due_or_done_on_the_day_of_the_letter_is_kept(self, office: Office) -> None:
        request = requests.one(office, ask(office, due_on=LETTER, done_on=LETTER))
        assert (request.letter_on, request.due_on, request.done_on) == (LETTER, LETTER, LETTER)

    def test_a_members_biometrics_are_the_members(self, office: Office) -> None:
        application = an_approved(office)
        person = person_file.application_of(office, application).person_id
        own = receive_member(office, add_member(office, person)).application
        saved = requests.save(office, RequestDetails(own, RequestKind.BIOMETRICS, LETTER))
        requests.done(office, saved.request, TODAY)
        file = people.file(office, person)
        assert (file.person.biometrics_on, file.members[0].biometrics_on) == (None, TODAY)

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"due_on": LETTER - timedelta(days=1)}, "bad_value"),
            ({"done_on": LETTER - timedelta(days=1)}, "bad_value"),
            ({"done_on": TODAY + timedelta(days=1)}, "in_the_future"),
        ],
    )
    def test_days_that_cannot_be_are_refused(
        self, office: Office, changes: dict[str, date], code: str
    ) -> None:
        with pytest.raises(DomainError, match=code):
            ask(office, **changes)

    def test_a_draft_is_asked_for_nothing(self, office: Office) -> None:
        draft = preparing.prepare(office, invite(office), TODAY).application
        with pytest.raises(DomainError, match="not_received_yet"):
            requests.save(office, RequestDetails(draft, RequestKind.MEDICAL, LETTER))
        with pytest.raises(DomainError, match="not_received_yet"):
            portal.observe(
                office, draft, TODAY, {PortalItem.MEDICAL: PortalReading(PortalState.NEEDED)}
            )

    def test_a_late_request_waits_on_the_overview_until_it_is_met(self, office: Office) -> None:
        application = receive(office, invite(office)).application
        late = RequestDetails(
            application, RequestKind.DOCUMENTS, date(2023, 11, 20), date(2023, 11, 21)
        )
        request = requests.save(office, late).request
        assert waiting(office)["requests_late"] == 1
        assert list(overview.waiting_ids(office, "requests_late")) == [1]
        requests.done(office, request, TODAY)
        assert waiting(office)["requests_late"] == 0

    def test_a_request_taken_out_is_gone(self, office: Office) -> None:
        request = ask(office)
        requests.delete(office, request)
        with pytest.raises(DomainError, match="request_not_found"):
            requests.one(office, request)


class TestPortal:
    def look(self, office: Office, on: date, state: PortalState) -> int | None:
        application = int(applications.ids(office, applications.ApplicationFilter())[0])
        return portal.observe(
            office, application, on, {PortalItem.BIOMETRICS: PortalReading(state)}
        )

    def test_each_look_is_kept_and_the_latest_shows(self, office: Office) -> None:
        application = receive(office, invite(office)).application
        self.look(office, date(2023, 11, 20), PortalState.NEEDED)
        self.look(office, TODAY, PortalState.COMPLETED)
        entry = next(
            e for e in portal.lines(office, application) if e.item is PortalItem.BIOMETRICS
        )
        assert entry.latest is not None
        assert (entry.latest.state, entry.latest.observed_on) == (PortalState.COMPLETED, TODAY)
        assert [line.state for line in entry.earlier] == [PortalState.NEEDED]

    def test_a_second_look_of_a_day_corrects_the_first(self, office: Office) -> None:
        application = receive(office, invite(office)).application
        self.look(office, TODAY, PortalState.NEEDED)
        self.look(office, TODAY, PortalState.COMPLETED)
        assert self.look(office, TODAY, PortalState.COMPLETED) is None
        (line,) = people.file(office, 1).portal_lines
        assert (line.application_id, line.state) == (application, PortalState.COMPLETED)

    def test_only_a_completed_line_has_a_day_and_no_look_is_ahead(self, office: Office) -> None:
        application = receive(office, invite(office)).application
        odd = {PortalItem.MEDICAL: PortalReading(PortalState.NEEDED, TODAY)}
        with pytest.raises(DomainError, match="completed_day_alone"):
            portal.observe(office, application, TODAY, odd)
        for day, code in (
            (TODAY + timedelta(days=1), "in_the_future"),
            (date(2023, 11, 1), "comes_before"),
        ):
            with pytest.raises(DomainError, match=code):
                self.look(office, day, PortalState.NEEDED)

    def test_the_offices_own_state_stays_apart(self, office: Office) -> None:
        application = receive(office, invite(office)).application
        self.look(office, TODAY, PortalState.COMPLETED)
        assert person_file.application_of(office, application).state.value == "received"


class TestWorkAndPermits:
    def test_work_outside_quebec_is_flagged_while_the_permit_runs(self, office: Office) -> None:
        application = an_approved(office)
        issue(office, application)
        saved = employments.save(office, 1, Work("CAN", "ON", " Mills ", TODAY))
        assert "work_outside_quebec" in {f.reason for f in saved.findings}
        assert waiting(office)["outside_quebec"] == 1
        ended = Work("CAN", "ON", "Mills", date(2023, 11, 1), date(2023, 11, 20))
        employments.save(office, 1, ended, saved.employment)
        assert waiting(office)["outside_quebec"] == 0
        (job,) = people.file(office, 1).employments
        assert (job.employer, job.until_day) == ("Mills", date(2023, 11, 20))
        employments.delete(office, 1, saved.employment)
        assert people.file(office, 1).employments == ()

    def test_a_job_of_one_day_is_a_job(self, office: Office) -> None:
        invite(office)
        employments.save(office, 1, Work("CAN", "QC", "", TODAY, TODAY))
        (job,) = people.file(office, 1).employments
        assert (job.from_day, job.until_day) == (TODAY, TODAY)

    def test_work_elsewhere_has_no_province_and_ends_after_it_begins(self, office: Office) -> None:
        invite(office)
        employments.save(office, 1, Work("FRA", "ON"))
        assert people.file(office, 1).employments[0].province is None
        with pytest.raises(DomainError, match="bad_value"):
            employments.save(office, 1, Work("CAN", "QC", "", TODAY, TODAY - timedelta(days=1)))
        with pytest.raises(DomainError, match="not_in_file"):
            employments.delete(office, 1, 99)

    def test_the_conditions_are_kept_as_printed(self, office: Office) -> None:
        application = an_approved(office)
        done = issue(office, application, location_condition=" Not  authorized \n to work ")
        assert permits.one(office, done.permit).location_condition == "Not authorized to work"
        assert "permit_location_not_recorded" not in {f.reason for f in done.findings}
        permits.edit(office, done.permit, number="u 123-456789", occupation_condition="No farms")
        kept = permits.one(office, done.permit)
        assert (kept.permit_number, kept.occupation_condition) == ("U123456789", "No farms")
        assert permits.find(office, "U123456789") == done.permit
        assert permits.edit(office, done.permit, number="U123456789") is None

    def test_a_permit_number_belongs_to_one_permit(self, office: Office) -> None:
        issue(office, an_approved(office, 1), number="U123456789")
        other = issue(office, an_approved(office, 2))
        with pytest.raises(DomainError, match="identifier_taken"):
            permits.edit(office, other.permit, number="U123456789")
