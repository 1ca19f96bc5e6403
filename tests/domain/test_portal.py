# SPDX-License-Identifier: Apache-2.0
"""The portal's seven lines: the latest look shows, the earlier ones are kept."""

from __future__ import annotations

from datetime import date

import pytest
from builders import a_file, an_application
from path_builders import a_line

from imp_plus_desktop.domain.applications.portal import portal, suggested_state
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.values.codes import ApplicationState, PortalItem, PortalState

T, P, S = PortalItem, PortalState, ApplicationState


def test_there_are_always_seven_lines_in_the_portals_order() -> None:
    entries = portal(a_file(applications=(an_application(),)), ApplicationId(1))
    assert [entry.item for entry in entries] == list(PortalItem)
    assert all(entry.latest is None for entry in entries)


def test_the_last_look_shows_and_the_earlier_ones_are_history() -> None:
    lines = (
        a_line(T.BIOMETRICS, P.COMPLETED, date(2023, 6, 1), 2),
        a_line(T.BIOMETRICS, P.NEEDED, date(2023, 5, 25), 1),
    )
    entries = portal(a_file(applications=(an_application(),), portal_lines=lines), ApplicationId(1))
    biometrics = next(entry for entry in entries if entry.item is T.BIOMETRICS)
    assert biometrics.latest is lines[0]
    assert biometrics.earlier == (lines[1],)


@pytest.mark.parametrize(
    ("item", "line", "state", "wanted"),
    [
        (T.DECISION, P.COMPLETED, S.RECEIVED, S.DECISION_MADE),
        (T.DOCUMENTS, P.NEEDED, S.IN_PROCESS, S.ACTION_REQUIRED),
        (T.ELIGIBILITY, P.IN_PROGRESS, S.ACKNOWLEDGED, S.IN_PROCESS),
        (T.ELIGIBILITY, P.IN_PROGRESS, S.IN_PROCESS, None),
        (T.MEDICAL, P.NOT_NEEDED, S.RECEIVED, None),
        (T.DECISION, P.COMPLETED, S.APPROVED, None),
    ],
)
def test_the_lines_speak_for_a_move_that_the_table_allows(
    item: T, line: P, state: S, wanted: S | None
) -> None:
    application = an_application(state)
    file = a_file(applications=(application,), portal_lines=(a_line(item, line),))
    assert suggested_state(file, application) is wanted
