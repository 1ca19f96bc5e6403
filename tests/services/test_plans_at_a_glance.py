# SPDX-License-Identifier: Apache-2.0
"""A row that is planned at a glance has the plan that looking closely gives it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from exchange_builders import parsed_rows
from hypothesis import given, settings
from hypothesis import strategies as st
from office_builders import FILES

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.exchange.lists.drafts import ParsedFile
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.imports.planning import member_plan, person_plan
from imp_plus_desktop.services.imports.planning.import_plan import plan_file
from imp_plus_desktop.services.imports.planning.planned_rows import Effect, PlannedRow
from imp_plus_desktop.services.office.office import Office

pytestmark = pytest.mark.mostly_long(
    "test_the_plan_at_a_glance_is_the_plan_of_a_closer_look",
)

HEADER = ("Réf. individuelle", "IUC", "Nom", "Prénom", "Date de naissance", "Citoyenneté",
          "Date de la lettre", "Courriel")  # fmt: skip
DAY = date(2026, 11, 22)
Row = tuple[Any, ...]


def someone(number: int, family: str, given_name: str) -> tuple[Row, Row, Row]:
    """One person under both numbers, and under each of them: only a register sees that."""
    reference, uci = f"C500000{number}", f"110000000{number}"
    own = (family, given_name, date(1990, number, 2), "Maroc", date(2023, 5, number), None)
    return (reference, uci, *own), (reference, None, *own), (None, uci, *own)


ROY, DIALLO = someone(1, "Roy", "Awa"), someone(2, "Diallo", "Mamadou")
LISTS: list[list[Row]] = [
    [ROY[0], DIALLO[0]],
    # One person under other numbers, in a list that changes somebody else: two rows are settled.
    [*ROY[1:], (*DIALLO[0][:-1], "a@b.ca")],
]
KNOWN = [row for rows in LISTS for row in rows]
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        0: st.sampled_from(["C5000009", "C500000X", None]),
        6: st.sampled_from([date(2023, 6, 1), date(2021, 1, 1)]),
        7: st.just("c@d.ca"),
    },
)
ROWS = st.sampled_from(KNOWN) | st.builds(
    lambda row, changes: tuple(changes.get(at, cell) for at, cell in enumerate(row)),
    st.sampled_from(KNOWN),
    CHANGES,
)


@pytest.fixture(scope="module", params=["empty", "with people"])
def office(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A register in which nothing is written here."""
    made = open_office(tmp_path_factory.mktemp("office") / "register.imp", today=DAY)
    if request.param == "with people":
        for number, rows in enumerate(LISTS):
            path = tmp_path_factory.mktemp("lists") / f"list{number}.csv"
            lines = [";".join("" if c is None else str(c) for c in row) for row in (HEADER, *rows)]
            path.write_text("\n".join(lines), encoding="utf-8")
            done = imports.commit(made, imports.open_file(made, path))
            assert done.counts.new == (0 if number else 2)
    yield made
    made.close()


def looked_at_closely(office: Office, parsed: ParsedFile) -> list[tuple[PlannedRow, ...]]:
    """The plan that `_person` makes of every row, none of them at a glance."""
    with pytest.MonkeyPatch.context() as patch:
        for planner in (person_plan.PersonPlanner, member_plan.MemberPlanner):
            patch.setattr(planner, "_at_a_glance", lambda *_arguments: None)
        return plan_file(office, parsed).rows


@settings(deadline=None)
@given(rows=st.lists(ROWS, min_size=1, max_size=6))
def test_the_plan_at_a_glance_is_the_plan_of_a_closer_look(office: Office, rows: list[Row]) -> None:
    parsed = parsed_rows(*rows, header=HEADER)
    assert written(plan_file(office, parsed).rows) == written(looked_at_closely(office, parsed))


@pytest.mark.parametrize("name", ["invitations-2023-fr.xlsx", "families-2024.xlsx"])
def test_a_sample_list_has_the_plan_of_a_closer_look(office: Office, name: str) -> None:
    preview = imports.open_file(office, FILES / name)
    parsed = preview.parsed
    assert written(plan_file(office, parsed).rows) == written(looked_at_closely(office, parsed))


MEMBERS_HEADER = (
    "Réf. individuelle du requérant principal", "Lien", "Nom", "Prénom", "Date de naissance",
    "IUC", "N° de demande", "Demande reçue le",
)  # fmt: skip
PRINCIPALS = [
    (f"C500010{n}", f"120000000{n}", "Roy", f"Awa{'ab'[n]}", date(1990, 1, 2), "Maroc",
     date(2023, 5, 1), None)
    for n in range(2)
]  # fmt: skip
MEMBERS = st.tuples(
    st.sampled_from(["C5000100", "C5000101", "C5000109"]),
    st.sampled_from(["Conjoint", "Enfant"]),
    st.sampled_from(["Roy", "ROY", "Diallo", None]),
    st.sampled_from(["Awa", "Léa", None]),
    st.sampled_from([date(2015, 3, 1), date(2016, 3, 1), None]),
    st.sampled_from([None, None, "1300000001", "1300000002"]),
    st.sampled_from([None, None, "W300000001", "S300000002"]),
    st.sampled_from([None, None, date(2024, 3, 1)]),
)


@settings(deadline=None)
@given(rows=st.lists(MEMBERS, min_size=1, max_size=7))
def test_members_planned_at_a_glance_are_planned_as_by_a_closer_look(
    office: Office, rows: list[Row]
) -> None:
    people = parsed_rows(*PRINCIPALS, header=HEADER)
    members = parsed_rows(*rows, header=MEMBERS_HEADER)
    sheets = [replace(sheet, sheet="Personnes") for sheet in people.sheets]
    parsed = replace(people, sheets=(*sheets, *members.sheets))
    assert plan_file(office, parsed).rows[1:] == looked_at_closely(office, parsed)[1:]


def written(sheets: list[tuple[PlannedRow, ...]]) -> list[list[PlannedRow]]:
    """The rows without what a new file is made of, which is made of many at once later."""
    return [
        [row._replace(operations=()) if row.effect is Effect.NEW else row for row in rows]
        for rows in sheets
    ]
