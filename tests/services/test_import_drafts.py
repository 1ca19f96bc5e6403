# SPDX-License-Identifier: Apache-2.0
"""Corrections of a list: kept until it goes in, and found again when the same list comes again."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from office_builders import a_list, a_row, import_file, invite

from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.exchange.columns.layout import SheetMapping
from imp_plus_desktop.exchange.lists.mending import Repair
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import import_compare, import_drafts, import_repairs, imports
from imp_plus_desktop.services.imports.import_source import Choices
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.storage.archive import import_drafts as stored
from imp_plus_desktop.storage.files import processes

pytestmark = pytest.mark.usefixtures("reads_here")

WRONG: dict[str, Any] = {"birth_date": "le 31 février 1990"}


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """Three people, of whom the second's birth date cannot be read."""
    return a_list(tmp_path / "a.xlsx", [a_row(1), a_row(2, **WRONG), a_row(3)])


@pytest.fixture
def imported(office: Office, wrong: Path) -> int:
    """The list went in with the second row put right."""
    preview = mended(office, imports.open_file(office, wrong))
    assert preview.counts.rejected == 0
    return imports.commit(office, preview).act or 0


def mended(office: Office, preview: imports.Preview) -> imports.Preview:
    sheet = preview.sheets[0].parsed.sheet
    return import_repairs.mend(office, preview, Repair("birth_date", "1990-02-28", sheet, 3))


class TestDrafts:
    def test_what_was_put_right_is_there_when_the_file_is_opened_again(
        self, office: Office, wrong: Path
    ) -> None:
        preview = imports.open_file(office, wrong)
        choices = Choices(
            None,
            "dmy",
            {"Sheet": SheetMapping({"family_name": 1}, 2)},
            (Repair("birth_date", "1990-02-28", "Sheet", 3), Repair("sex", "F", was="Fille")),
            True,
            frozenset({("Sheet", 3, "email"), ("Sheet", 4, "phone")}),
        )
        import_drafts.keep(office, preview.source, choices)
        draft = import_drafts.of(office, imports.open_file(office, wrong).source)
        assert draft is not None
        assert (draft.choices, draft.who) == (choices, office.user)

    def test_two_windows_with_one_list_write_over_nothing_of_each_other(
        self, office: Office, wrong: Path
    ) -> None:
        preview = imports.open_file(office, wrong)
        mine = Choices(repairs=(Repair("sex", "F", was="Fille"),))
        theirs = Choices(repairs=(Repair("sex", "M", was="Gars"),))
        told = "from imp_plus_desktop.storage.files import processes; import sys\n"
        told += "print(processes.own_mark(), flush=True); sys.stdin.read()"
        with subprocess.Popen(
            [sys.executable, "-c", told], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as window:
            assert window.stdout is not None
            mark = window.stdout.readline().strip()
            import_drafts.keep(office, preview.source, theirs)
            (kept,) = stored.all_of(office.register, preview.source.sha256)
            assert stored.take(office.register, preview.source.sha256, kept, mark)
            begun = import_drafts.of(office, preview.source)
            assert begun is not None, "what is put right in another window is begun with"
            assert begun.choices == theirs
            import_drafts.keep(office, preview.source, mine)
            both = stored.all_of(office.register, preview.source.sha256)
            assert {one.window for one in both} == {mark, processes.own_mark()}
            found = import_drafts.of(office, preview.source)
            assert found is not None
            assert found.choices == mine
            import_drafts.forget(office, preview.source)
            window.communicate()
        left = import_drafts.of(office, preview.source)
        assert left is not None
        assert left.choices == theirs
        (kept,) = stored.all_of(office.register, preview.source.sha256)
        assert kept.window == processes.own_mark(), "it was left, and is this window's"
        imports.commit(office, mended(office, imports.open_file(office, wrong)))
        assert stored.all_of(office.register, preview.source.sha256) == []

    def test_the_import_takes_its_draft_along(self, office: Office, wrong: Path) -> None:
        preview = mended(office, imports.open_file(office, wrong))
        import_drafts.keep(office, preview.source, preview.choices)
        imports.commit(office, preview)
        assert import_drafts.of(office, preview.source) is None

    def test_corrections_that_were_all_taken_back_leave_nothing(
        self, office: Office, wrong: Path
    ) -> None:
        preview = mended(office, imports.open_file(office, wrong))
        import_drafts.keep(office, preview.source, preview.choices)
        import_drafts.keep(office, preview.source, Choices())
        assert import_drafts.of(office, preview.source) is None

    def test_a_draft_is_no_act_and_goes_after_a_month(self, office: Office, wrong: Path) -> None:
        invite(office, 9)
        before = history.acts(office)
        preview = mended(office, imports.open_file(office, wrong))
        import_drafts.keep(office, preview.source, preview.choices)
        assert history.acts(office) == before
        found = checking.check(office)
        assert (found.ledger, found.journal) == ("ok", "ok")
        later = replace(office, clock=Clock(office.clock.today() + timedelta(days=40)))
        other = imports.open_file(office, a_list(wrong.with_name("b.xlsx"), [a_row(5)]))
        import_drafts.keep(later, other.source, preview.choices)
        assert import_drafts.of(office, preview.source) is None


class TestCorrections:
    @pytest.mark.usefixtures("imported")
    def test_the_original_of_a_corrected_file_finds_its_corrections(
        self, office: Office, wrong: Path
    ) -> None:
        again = imports.open_file(office, wrong)
        assert again.counts.rejected == 1
        found = again.corrections
        assert found is not None
        assert ([r.text for r in found.repairs], found.used) == (["1990-02-28"], False)
        taken = imports.corrected(office, again)
        assert (taken.counts.unchanged, taken.counts.rejected) == (3, 0)
        assert taken.corrections is not None
        assert taken.corrections.used
        assert imports.open_file(office, wrong, with_corrections=True).counts == taken.counts
        assert imports.commit(office, taken).act is None

    @pytest.mark.usefixtures("imported")
    def test_whoever_was_corrected_has_not_vanished(self, office: Office, tmp_path: Path) -> None:
        """The reference itself was put right: the file's own names nobody."""
        bad = a_row(7, individual_reference=None, birth_date=None, family_name=None,
                    given_names=None)  # fmt: skip
        rows = [a_row(n) for n in (4, 5, 6)]
        path = a_list(tmp_path / "c.xlsx", [*rows, bad])
        preview = imports.open_file(office, path)
        sheet = preview.sheets[0].parsed.sheet
        for field, text in (("individual_reference", "C1000007"), ("family_name", "Diallo"),
                            ("birth_date", "1990-01-01")):  # fmt: skip
            preview = import_repairs.mend(office, preview, Repair(field, text, sheet, 5))
        assert imports.commit(office, preview).counts.new == 4
        again = imports.open_file(office, path)
        assert (again.counts.rejected, again.counts.vanished) == (1, 0)
        compared = import_compare.against_last(office, again)
        assert compared is not None
        assert compared.vanished == ()

    @pytest.mark.usefixtures("imported")
    def test_a_re_sorted_list_finds_them_by_its_rows(self, office: Office, tmp_path: Path) -> None:
        rows = [a_row(3), a_row(1), a_row(2, **WRONG)]
        again = imports.open_file(office, a_list(tmp_path / "sorted.xlsx", rows))
        found = again.corrections
        assert found is not None
        assert [(r.field, r.text, r.row) for r in found.repairs] == [
            ("birth_date", "1990-02-28", 4)
        ]
        assert imports.corrected(office, again).counts.unchanged == 3

    def test_they_are_offered_again_where_the_import_was_undone(
        self, office: Office, wrong: Path, imported: int
    ) -> None:
        history.undo(office, imported)
        again = imports.open_file(office, wrong)
        assert again.corrections is not None
        assert again.counts.rejected == 1
        preview = imports.corrected(office, again)
        assert preview.counts.new == 3
        assert import_compare.against_last(office, preview) is None

    def test_a_cell_that_the_sender_has_put_right_is_not_corrected(
        self, office: Office, tmp_path: Path, imported: int
    ) -> None:
        path = a_list(tmp_path / "right.xlsx", [a_row(1), a_row(2), a_row(3)])
        assert imports.open_file(office, path).corrections is None
        assert list(people.ids(office, PeopleFilter(), "id")) == [1, 2, 3]

    def test_a_list_that_went_in_as_it_was_offers_nothing(
        self, office: Office, tmp_path: Path
    ) -> None:
        path = a_list(tmp_path / "plain.xlsx", [a_row(1)])
        import_file(office, path)
        assert imports.open_file(office, path).corrections is None
