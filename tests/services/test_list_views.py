# SPDX-License-Identifier: Apache-2.0
"""Views of lists kept by name: whose they are, each change an act that is undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import office_builders as build
import pytest
from new_registers import new_office

from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.shapes import ColumnFilter, Shape
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.listing import views
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.settings import Settings

PEOPLE = ListKind.PEOPLE
URGENT = Shape(
    ("name", "person.phone"),
    (("name", True),),
    (ColumnFilter("person.family_name", text="Tremblay"),),
    {"clerk": "Ana"},
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "bureau.imp", build.TODAY)
    made.settings.user_name = "Ana"
    yield made
    made.close()


def as_user(office: Office, name: str, folder: Path) -> Office:
    settings = Settings(folder / f"{name}.json")
    settings.user_name = name
    return replace(office, settings=settings)


def names(office: Office, kind: ListKind = PEOPLE) -> list[tuple[str, str | None]]:
    return [(view.name, view.owner) for view in views.views(office, kind)]


def test_a_view_is_one_s_own_until_it_is_shared(office: Office, tmp_path: Path) -> None:
    _act, mine = views.save(office, PEOPLE, "  Urgent ", URGENT)
    views.save(office, PEOPLE, "Agenda", Shape(), shared=True)
    views.save(office, ListKind.PERMITS, "Else", Shape(), shared=True)
    other = as_user(office, "Karim", tmp_path)
    assert names(office) == [("Agenda", None), ("Urgent", "Ana")]
    assert names(other) == [("Agenda", None)]
    assert views.views(office, PEOPLE)[1].shape == URGENT
    views.share(office, mine)
    assert names(other) == [("Agenda", None), ("Urgent", None)]
    assert names(as_user(office, "ANA", tmp_path)) == names(office), "case is no other person"


def test_each_change_of_a_view_is_undone(office: Office) -> None:
    saved, view = views.save(office, PEOPLE, "Urgent", URGENT)
    kept = views.keep(office, view, Shape(("name",)))
    renamed = views.rename(office, view, "Calm")
    deleted = views.delete(office, view)
    assert names(office) == []
    for act, expected in ((deleted, "Calm"), (renamed, "Urgent")):
        assert act is not None
        history.undo(office, act)
        assert names(office) == [(expected, "Ana")]
    assert kept is not None
    history.undo(office, kept)
    assert views.views(office, PEOPLE)[0].shape == URGENT
    assert saved is not None
    history.undo(office, saved)
    assert names(office) == []


def test_a_view_that_somebody_deleted_is_told_to_be_gone(office: Office) -> None:
    _act, view = views.save(office, PEOPLE, "Urgent", URGENT)
    views.delete(office, view)
    for change in (
        lambda: views.keep(office, view, Shape()),
        lambda: views.rename(office, view, "Other"),
        lambda: views.share(office, view),
        lambda: views.delete(office, view),
    ):
        with pytest.raises(StorageError, match="gone"):
            change()


def test_what_a_view_looks_for_is_in_the_register_and_not_in_the_settings(
    office: Office,
) -> None:
    views.save(office, PEOPLE, "Urgent", URGENT)
    office.settings.language = "fr"
    assert "Tremblay" not in office.settings._file.read_text("utf-8")
