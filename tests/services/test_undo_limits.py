# SPDX-License-Identifier: Apache-2.0
"""What an undo does where nothing can go back, and after a restore."""

from __future__ import annotations

from pathlib import Path

import pytest

from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import maintenance, restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking


def test_an_undo_that_keeps_everything_leaves_its_act_to_be_undone_later(office: Office) -> None:
    first = people.add(office, {"family_name": "Roy"})
    second = people.edit(office, first.person, {"phone": "1"})
    people.edit(office, first.person, {"phone": "2"})
    undone = history.undo(office, second.act)
    assert (undone.act, undone.reverted, len(undone.kept)) == (None, 0, 1)
    history.undo(office)
    assert people.file(office, first.person).person.phone == "1"
    history.undo(office)
    assert people.file(office, first.person).person.phone is None


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_a_restore_is_in_the_journal(office: Office, tmp_path: Path) -> None:
    people.add(office, {"family_name": "Roy"})
    copy = maintenance.save_copy(office, tmp_path / "copies")
    restoring.restore(office, copy)
    assert history.acts(office)[0].service == "maintenance.restore"
    assert checking.check(office).passed
