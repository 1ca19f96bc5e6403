# SPDX-License-Identifier: Apache-2.0
"""Who wins where the sender's last list, the register and the list at hand say different things."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from new_registers import new_office
from office_builders import FILES, a_list, a_row, import_file, invite, merge
from openpyxl import load_workbook

from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import import_compare, import_drafts, imports
from imp_plus_desktop.services.imports.imports import Conflict, OnConflict, Preview
from imp_plus_desktop.services.imports.sides.conflicts import Kind
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking

pytestmark = pytest.mark.usefixtures("reads_here")

REF = "C1000001"
OURS, THEIRS, BASE = "nous@exemple.org", "eux@exemple.org", "avant@exemple.org"


class Lists:
    """Writes the lists of one sender, each with a first row of its own, and brings them in."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.folder = office, folder
        self.made = 0

    def write(self, *rows: Mapping[str, Any]) -> Path:
        self.made += 1
        return a_list(self.folder / f"liste-{self.made}.xlsx", rows)

    def bring(self, *rows: Mapping[str, Any], **options: Any) -> imports.Imported:
        return import_file(self.office, self.write(*rows), **options)

    def preview(self, *rows: Mapping[str, Any], **options: Any) -> Preview:
        return imports.open_file(self.office, self.write(*rows), **options)


@pytest.fixture
def lists(office: Office, tmp_path: Path) -> Lists:
    return Lists(office, tmp_path)


def file_of(office: Office, ref: str = REF) -> PersonFile:
    return people.file(office, people.find(office, ref))


def email(office: Office) -> str | None:
    return file_of(office).person.email


def types(office: Office, field: str, text: str) -> None:
    people.set_value(office, REF, field, text, reason="mal saisi")


def sides(preview: Preview) -> list[tuple[str, Kind, Any, Any, Any]]:
    return [(one.field, one.kind, one.base, one.ours, one.theirs) for one in preview.sides]


class TestOneValue:
    def test_what_only_a_hand_has_changed_stays_and_is_counted(
        self, office: Office, lists: Lists
    ) -> None:
        lists.bring(a_row(1, email=BASE), a_row(2, email="b@exemple.org"))
        types(office, "email", OURS)
        done = lists.bring(a_row(2, email="c@exemple.org"), a_row(1, email=BASE))
        assert (done.counts.updated, done.counts.unchanged) == (1, 1)
        assert sides(done.preview) == [("email", Kind.HAND, BASE, OURS, BASE)]
        assert (done.preview.hands_kept, done.preview.conflicts) == (1, ())
        assert email(office) == OURS
        assert file_of(office, "C1000002").person.email == "c@exemple.org"

    def test_what_only_the_list_has_changed_goes_in(self, office: Office, lists: Lists) -> None:
        lists.bring(a_row(1, email=BASE))
        types(office, "phone", "418 555-0177")
        done = lists.bring(a_row(1, email=THEIRS))
        assert done.preview.sides == ()
        assert email(office) == THEIRS

    def test_what_both_have_changed_is_a_conflict_with_all_its_sides(
        self, office: Office, lists: Lists
    ) -> None:
        first = lists.bring(a_row(1, email=BASE))
        types(office, "email", OURS)
        preview = lists.preview(a_row(1, email=THEIRS))
        (one,) = preview.conflicts
        assert one == Conflict(
            "Liste", 2, "email", Kind.CONFLICT, people.find(office, REF), "Benalibb, Amine", REF,
            OURS, THEIRS, "hand", office.user, one.ours_at,
            BASE, "liste-1.xlsx", one.base_at, "H2",
        )  # fmt: skip
        acts = {act.id: act.at for act in history.acts(office)}
        assert one.base_at == acts[first.act]
        assert one.ours_at == max(acts.values())
        assert preview.counts.unchanged == 1

    def test_ours_stays_by_default_and_the_same_list_asks_no_more(
        self, office: Office, lists: Lists
    ) -> None:
        lists.bring(a_row(1, email=BASE))
        types(office, "email", OURS)
        path = lists.write(a_row(1, email=THEIRS))
        assert import_file(office, path).act is not None, "that ours stays was decided"
        assert email(office) == OURS
        again = imports.open_file(office, path)
        assert sides(again) == [("email", Kind.HAND, THEIRS, OURS, THEIRS)]
        assert imports.commit(office, again).act is None

    def test_theirs_may_be_taken_for_all(self, office: Office, lists: Lists) -> None:
        lists.bring(a_row(1, email=BASE, phone="1"))
        types(office, "email", OURS)
        types(office, "phone", "2")
        row = a_row(1, email=THEIRS, phone="1")
        done = lists.bring(row, on_conflict=OnConflict.THEIRS)
        assert [one.taken for one in done.preview.conflicts] == [True]
        assert email(office) == THEIRS
        assert file_of(office).person.phone == "2", "what the list has not changed is no conflict"

    def test_what_is_asked_stays_open_for_the_next_time(self, office: Office, lists: Lists) -> None:
        lists.bring(a_row(1, email=BASE), a_row(2))
        types(office, "email", OURS)
        path = lists.write(a_row(1, email=THEIRS), a_row(2, email="b@exemple.org"))
        done = import_file(office, path, on_conflict=OnConflict.ASK)
        assert (len(done.preview.conflicts), done.counts.updated) == (1, 1)
        assert (email(office), file_of(office, "C1000002").person.email) == (OURS, "b@exemple.org")
        for _time in range(2):
            again = imports.open_file(office, path, with_rows=False, on_conflict=OnConflict.ASK)
            assert sides(again) == [("email", Kind.CONFLICT, BASE, OURS, THEIRS)]
            assert imports.commit(office, again).act is None
        import_file(office, path, on_conflict=OnConflict.THEIRS)
        assert email(office) == THEIRS

    def test_what_a_hand_has_emptied_stays_empty(self, office: Office, lists: Lists) -> None:
        lists.bring(a_row(1, email=BASE))
        types(office, "email", "")
        done = lists.bring(a_row(1, email=BASE))
        assert sides(done.preview) == [("email", Kind.HAND, BASE, None, BASE)]
        assert email(office) is None
        changed = lists.preview(a_row(1, email=THEIRS))
        assert sides(changed) == [("email", Kind.CONFLICT, BASE, None, THEIRS)]

    def test_an_empty_cell_erases_nothing_and_is_no_last_word(
        self, office: Office, lists: Lists
    ) -> None:
        lists.bring(a_row(1, email=BASE))
        lists.bring(a_row(1, email=None, phone="1"))
        types(office, "email", OURS)
        assert sides(lists.preview(a_row(1, email=BASE, phone="1"))) == [
            ("email", Kind.HAND, BASE, OURS, BASE)
        ]

    def test_a_first_list_fills_in_and_asks_about_what_a_hand_wrote(
        self, office: Office, lists: Lists
    ) -> None:
        invite(office, 1, email=OURS)
        row = a_row(1, email=THEIRS, phone="1", family_name="Benalibb")
        preview = lists.preview(row)
        assert sides(preview) == [("email", Kind.CONFLICT, None, OURS, THEIRS)]
        imports.commit(office, preview)
        assert (email(office), file_of(office).person.phone) == (OURS, "1")

    def test_a_value_of_another_sender_stays_against_an_unchanged_list(
        self, office: Office, lists: Lists
    ) -> None:
        row = a_row(1, email=BASE)
        lists.bring(row)
        other = {n: row[n] for n in ("individual_reference", "family_name", "letter_date")}
        lists.bring({**other, "email": OURS, "sex": "F", "pr_state": "not_filed"})
        preview = lists.preview({**row, "phone": "1"})
        assert sides(preview) == [("email", Kind.LIST, BASE, OURS, BASE)]
        assert (preview.sides[0].ours_from, preview.hands_kept) == ("liste-2.xlsx", 0)
        changed = lists.preview({**row, "email": THEIRS})
        assert sides(changed) == [("email", Kind.CONFLICT, BASE, OURS, THEIRS)]

    def test_what_an_undone_hand_wrote_counts_no_more(self, office: Office, lists: Lists) -> None:
        lists.bring(a_row(1, email=BASE))
        done = people.set_value(office, REF, "email", OURS)
        history.undo(office, done.act)
        assert lists.preview(a_row(1, email=THEIRS)).sides == ()

    def test_what_a_merger_took_over_is_still_of_its_list(
        self, office: Office, lists: Lists
    ) -> None:
        lists.bring(a_row(1), a_row(2, phone="1"))
        one, other = (people.find(office, ref) for ref in (REF, "C1000002"))
        merge(office, one, other)
        assert file_of(office).person.phone == "1"
        assert lists.preview(a_row(1, phone="2")).sides == ()

    def test_a_decision_for_ours_alone_leaves_nothing_to_undo(
        self, office: Office, lists: Lists
    ) -> None:
        lists.bring(a_row(1, email=BASE))
        types(office, "email", OURS)
        decided = lists.bring(a_row(1, email=THEIRS)).act
        last = history.last_undoable(office)
        assert decided is not None
        assert last is not None
        assert last.id != decided
        assert history.undo(office, decided).reverted == 0
        assert email(office) == OURS
        assert checking.check(office).passed

    def test_a_list_that_was_undone_is_no_base(self, office: Office, lists: Lists) -> None:
        lists.bring(a_row(1, email=BASE))
        types(office, "email", OURS)
        undone = lists.bring(a_row(1, email=THEIRS, phone="1")).act
        history.undo(office, undone)
        assert sides(lists.preview(a_row(1, email=BASE, phone="1"))) == [
            ("email", Kind.HAND, BASE, OURS, BASE)
        ]
        assert sides(lists.preview(a_row(1, email=THEIRS))) == [
            ("email", Kind.CONFLICT, BASE, OURS, THEIRS)
        ]


class TestEntries:
    APPLIED: Mapping[str, Any] = {
        "application_number": "W300000001",
        "received_at": date(2023, 9, 20),
    }

    def test_an_application_whose_number_a_hand_put_right_is_not_brought_again(
        self, office: Office, lists: Lists
    ) -> None:
        lists.bring(a_row(1, **self.APPLIED))
        types(office, "application_number", "W300000009")
        done = lists.bring(a_row(1, **self.APPLIED, email=BASE))
        assert [one.kind for one in done.preview.sides] == [Kind.HAND]
        (application,) = file_of(office).applications
        assert (application.application_number, application.place) == ("W300000009", 1)

    def test_the_number_of_the_list_goes_back_into_the_same_application(
        self, office: Office, lists: Lists
    ) -> None:
        lists.bring(a_row(1, **self.APPLIED))
        types(office, "application_number", "W300000009")
        preview = lists.preview(a_row(1, **self.APPLIED, outcome="refusée"))
        key = preview.sides[0].key
        imports.commit(office, imports.choose(office, preview, [key], take=True))
        (application,) = file_of(office).applications
        assert (application.application_number, application.outcome) == ("W300000001", "refused")

    def test_each_of_two_applications_has_sides_of_its_own(
        self, office: Office, lists: Lists
    ) -> None:
        first = a_row(
            1, **self.APPLIED, outcome="approuvée", decided_on=date(2023, 9, 25),
            permit_from=date(2023, 9, 26), permit_until=date(2023, 10, 20),
        )  # fmt: skip
        second = a_row(
            1, application_number="W300000002", received_at=date(2023, 10, 5),
            outcome="refusée", decided_on=date(2023, 10, 12),
        )  # fmt: skip
        lists.bring(first, second)
        assert len(file_of(office).applications) == 2
        types(office, "decided_on", "2023-10-13")
        same = lists.bring(second, first, a_row(2))
        days = (date(2023, 10, 12), date(2023, 10, 13), date(2023, 10, 12))
        assert sides(same.preview) == [("decided_on", Kind.HAND, *days)]
        changed = lists.preview(first, {**second, "decided_on": date(2023, 10, 16)})
        assert [(one.kind, one.base, one.row) for one in changed.sides] == [
            (Kind.CONFLICT, date(2023, 10, 12), 3)
        ]
        again = imports.choose(office, changed, [changed.sides[0].key], take=True)
        imports.commit(office, again)
        decided = [one.decided_on for one in file_of(office).applications]
        assert decided == [date(2023, 9, 25), date(2023, 10, 16)]

    def test_an_outcome_that_a_hand_corrected_stays_with_its_state(
        self, office: Office, lists: Lists
    ) -> None:
        row = a_row(1, **self.APPLIED, outcome="approuvée", decided_on=date(2023, 10, 2))
        lists.bring(row)
        types(office, "outcome", "refused")
        done = lists.bring({**row, "email": BASE})
        (application,) = file_of(office).applications
        assert (application.outcome, application.state) == ("refused", "refused")
        assert done.preview.hands_kept == 1

    def test_a_permit_in_an_unchanged_list_approves_nothing_that_a_hand_refused(
        self, office: Office, lists: Lists
    ) -> None:
        row = a_row(1, **self.APPLIED, permit_number="U300000001")
        lists.bring(row)
        types(office, "outcome", "refused")
        done = lists.bring({**row, "email": BASE})
        (application,) = file_of(office).applications
        assert (application.outcome, application.state) == ("refused", "refused")
        assert [(one.field, one.kind) for one in done.preview.sides] == [("outcome", Kind.HAND)]

    def test_where_somebody_lives_is_one_value(self, office: Office, lists: Lists) -> None:
        lists.bring(a_row(1))
        stay = file_of(office).residences[0]
        with office.act("test.move") as act:
            act.update("residence", stay.id, {"country": "CAN", "province": "ON"})
        same = lists.preview(a_row(1, email=BASE))
        assert sides(same) == [("residence_country", Kind.HAND, "MAR", "CAN", "MAR")]
        changed = lists.preview(a_row(1, residence_country="Canada", residence_province="Alberta"))
        assert sides(changed) == [("residence_province", Kind.CONFLICT, None, "ON", "AB")]
        taken = imports.choose(office, changed, [changed.conflicts[0].key], take=True)
        imports.commit(office, taken)
        (stay,) = file_of(office).residences
        assert (stay.country, stay.province) == ("CAN", "AB")

    def test_a_passport_whose_number_a_hand_put_right_is_not_brought_again(
        self, office: Office, lists: Lists
    ) -> None:
        row = a_row(1, passport_number="AB1", passport_expiry=date(2030, 1, 1))
        lists.bring(row)
        with office.act("test.passport") as act:
            act.update("passport", file_of(office).passports[0].id, {"number": "AB7"})
        done = lists.bring({**row, "passport_expiry": date(2031, 1, 1)})
        (passport,) = file_of(office).passports
        assert (passport.number, passport.expiry) == ("AB7", date(2031, 1, 1))
        assert done.preview.hands_kept == 1
        lists.bring({**row, "passport_number": "AB8"})
        assert [one.number for one in file_of(office).passports] == ["AB7", "AB8"]

    def test_a_passport_that_a_hand_took_out_stays_out(self, office: Office, lists: Lists) -> None:
        row = a_row(1, passport_number="AB1", passport_expiry=date(2030, 1, 1))
        lists.bring(row)
        with office.act("test.passport") as act:
            act.delete("passport", file_of(office).passports[0].id)
        done = lists.bring({**row, "email": BASE})
        assert file_of(office).passports == ()
        assert sides(done.preview) == [("passport_number", Kind.HAND, "AB1", None, "AB1")]

    def test_the_day_on_which_a_letter_came_is_a_value_like_others(
        self, office: Office, lists: Lists
    ) -> None:
        lists.bring(a_row(1, letter_received_date=date(2023, 9, 4)))
        types(office, "letter_received_date", "2023-09-06")
        changed = lists.preview(a_row(1, letter_received_date=date(2023, 9, 5)))
        days = [date(2023, 9, day) for day in (4, 6, 5)]
        assert sides(changed) == [("letter_received_date", Kind.CONFLICT, *days)]


class TestNumbers:
    def test_whoever_got_another_number_by_hand_is_known_by_the_one_of_the_list(
        self, office: Office, lists: Lists
    ) -> None:
        row = a_row(1, uci="1100000001", email=BASE)
        lists.bring(row)
        types(office, "individual_reference", "C1000009")
        for again in ({**row, "phone": "1"}, {**row, "uci": None, "phone": "2"}):
            done = lists.bring(again)
            assert (done.counts.new, done.counts.rejected, done.counts.updated) == (0, 0, 1)
            assert sides(done.preview) == [
                ("individual_reference", Kind.HAND, REF, "C1000009", REF)
            ]
        assert people.count(office) == 1

    def test_somebody_else_who_has_the_old_number_is_somebody_else(
        self, office: Office, lists: Lists
    ) -> None:
        lists.bring(a_row(1))
        types(office, "individual_reference", "C1000009")
        assert lists.bring(a_row(1, family_name="Tran")).counts.new == 1
        types(office, "individual_reference", "C1000008")
        born = lists.bring(a_row(1, family_name="Tran", birth_date=date(1991, 1, 1)))
        assert born.counts.new == 1


class TestMembers:
    ROW: Mapping[str, Any] = {
        "principal_reference": REF,
        "relation": "conjoint",
        "family_name": "Benali",
        "given_names": "Sara",
        "birth_date": date(1991, 5, 6),
        "citizenship": "Maroc",
    }

    @pytest.fixture(autouse=True)
    def principal(self, office: Office) -> None:
        invite(office, 1)

    def member(self, office: Office) -> Any:
        (member,) = file_of(office).members
        return member

    def test_a_field_that_a_hand_corrected_stays(self, office: Office, lists: Lists) -> None:
        lists.bring(self.ROW)
        family.set_field(office, self.member(office).id, "citizenship", "FRA")
        done = lists.bring({**self.ROW, "relation": "enfant"})
        assert sides(done.preview) == [("citizenship", Kind.HAND, "MAR", "FRA", "MAR")]
        assert done.preview.sides[0].is_member
        assert (self.member(office).citizenship, self.member(office).relation) == ("FRA", "child")
        changed = lists.preview({**self.ROW, "citizenship": "Mali"})
        kinds = [(one.field, one.kind) for one in changed.sides]
        assert kinds == [("citizenship", Kind.CONFLICT)]
        assert changed.conflicts[0].name == "Benali, Sara"

    def test_a_name_that_a_hand_corrected_is_known_again(
        self, office: Office, lists: Lists
    ) -> None:
        lists.bring(self.ROW)
        family.set_field(office, self.member(office).id, "given_names", "Sarah Amal")
        done = lists.bring({**self.ROW, "citizenship": "Mali"})
        assert self.member(office).given_names == "Sarah Amal"
        assert self.member(office).citizenship == "MLI"
        assert sides(done.preview) == [("given_names", Kind.HAND, "Sara", "Sarah Amal", "Sara")]
        taken = imports.choose(
            office, lists.preview(self.ROW), [done.preview.sides[0].key], take=True
        )
        imports.commit(office, taken)
        assert self.member(office).given_names == "Sara"

    def test_a_member_whom_a_hand_took_out_stays_out(self, office: Office, lists: Lists) -> None:
        lists.bring(self.ROW, {**self.ROW, "given_names": "Ali", "relation": "enfant"})
        sara = next(m for m in file_of(office).members if m.given_names == "Sara")
        family.delete_member(office, sara.id)
        done = lists.bring(self.ROW)
        assert [m.given_names for m in file_of(office).members] == ["Ali"]
        assert (done.preview.hands_kept, done.counts.unchanged) == (1, 1)


class TestNames:
    GOOD: Mapping[str, Any] = {"family_name": "Tremblay-Côté", "given_names": "Zoé D’Arcy"}

    @pytest.mark.parametrize(
        ("family_name", "given_names"),
        [
            ("TREMBLAY COTE", "ZOE DARCY"),
            ("Tremblay Cote", "Zoé d'Arcy"),
            ("tremblay-côté", "Zoe D’Arcy"),
        ],
    )
    def test_another_spelling_of_the_same_name_changes_nothing(
        self, office: Office, lists: Lists, family_name: str, given_names: str
    ) -> None:
        lists.bring(a_row(1, **self.GOOD))
        preview = lists.preview(a_row(1, family_name=family_name, given_names=given_names))
        assert preview.counts.unchanged == 1
        assert imports.commit(office, preview).act is None
        person = file_of(office).person
        assert (person.family_name, person.given_names) == tuple(self.GOOD.values())
        assert preview.kept.names == sum(
            (family_name != "Tremblay-Côté", given_names != "Zoé D’Arcy")
        )

    def test_what_a_passport_writes_for_a_letter_is_no_better(
        self, office: Office, lists: Lists
    ) -> None:
        lists.bring(a_row(1, family_name="Müller"))
        assert lists.preview(a_row(1, family_name="MUELLER")).kept.names == 1

    def test_another_name_goes_in_and_a_spelling_may_be_taken(
        self, office: Office, lists: Lists
    ) -> None:
        lists.bring(a_row(1, **self.GOOD))
        preview = lists.preview(a_row(1, family_name="Roy", given_names="ZOÉ D’ARCY"))
        assert sides(preview) == [("given_names", Kind.NAME, None, "Zoé D’Arcy", "ZOÉ D’ARCY")]
        imports.commit(office, imports.choose(office, preview, [preview.sides[0].key], take=True))
        assert file_of(office).person.list_name == "Roy, ZOÉ D’ARCY"


class TestSenders:
    def test_a_renamed_an_added_and_a_moved_column_are_the_same_sender_s(
        self, office: Office, lists: Lists, tmp_path: Path
    ) -> None:
        people_there = [a_row(n, email=BASE) for n in range(1, 5)]
        lists.bring(*people_there)
        types(office, "email", OURS)
        path = tmp_path / "autre.csv"
        lines = ["Réf. individuelle;Remarque;Nom;Prénom;Né(e) le;Adresse électronique;"
                 "Pays de citoyenneté;Pays de résidence;Date lettre"]  # fmt: skip
        lines += [
            f"{row['individual_reference']};vu;{row['family_name']};Amine;1990-04-02;{BASE};"
            "Maroc;Maroc;2023-09-01"
            for row in people_there[:3]
        ]
        path.write_text("\n".join(lines), encoding="utf-8")
        preview = imports.open_file(office, path)
        assert sides(preview) == [("email", Kind.HAND, BASE, OURS, BASE)]
        assert preview.counts.vanished == 1
        compared = import_compare.against_last(office, preview)
        assert compared is not None
        assert (compared.file_name, compared.changed) == ("liste-1.xlsx", ())
        assert [gone.individual_reference for gone in compared.vanished] == ["C1000004"]
        renamed = {one.field: (one.before, one.now) for one in compared.renamed}
        assert renamed["email"] == ("Courriel", "Adresse électronique")

    def test_half_of_other_people_is_another_batch(self, office: Office, lists: Lists) -> None:
        lists.bring(*(a_row(n, email=BASE) for n in range(1, 6)))
        types(office, "email", OURS)
        rows = [a_row(n, email=BASE, phone="1") for n in (1, 7, 8)]
        preview = lists.preview(*rows)
        assert sides(preview) == [("email", Kind.CONFLICT, None, OURS, BASE)]
        assert preview.counts.vanished == 0

    def test_a_merged_cell_was_said_of_every_row_that_it_spans(
        self, office: Office, lists: Lists, tmp_path: Path
    ) -> None:
        def merged(*rows: Mapping[str, Any]) -> Path:
            path = lists.write(*rows)
            book = load_workbook(path)
            assert book.active is not None
            book.active.merge_cells("E2:E3")
            book.save(path)
            return path

        import_file(office, merged(a_row(2), a_row(1)))
        types(office, "citizenship", "FRA")
        preview = imports.open_file(office, merged(a_row(2), a_row(1, email=BASE)))
        assert sides(preview) == [("citizenship", Kind.HAND, "MAR", "FRA", "MAR")]

    def test_letters_that_were_put_right_are_the_sender_s_word(
        self, office: Office, tmp_path: Path
    ) -> None:
        first, second = (tmp_path / name for name in ("un.csv", "deux.csv"))
        text = (FILES / "letters-already-garbled.csv").read_text("utf-8")
        text = text.replace("2024-", "2023-")
        first.write_text(text, "utf-8")
        import_file(office, first, repair_letters=True)
        assert file_of(office).person.list_name == "Bélanger, Élodie"
        types(office, "family_name", "Beaulieu")
        second.write_text(text.replace("2023-03-15", "2023-03-15 ", 1), "utf-8")
        preview = imports.open_file(office, second, repair_letters=True)
        assert sides(preview) == [("family_name", Kind.HAND, "Bélanger", "Beaulieu", "Bélanger")]


class TestChoosing:
    def test_a_choice_plans_its_rows_alone_and_can_be_taken_back(
        self, office: Office, lists: Lists
    ) -> None:
        rows = [a_row(n, email=f"{n}@exemple.org", phone=f"{n}") for n in range(1, 5)]
        lists.bring(*rows)
        for n in (1, 2):
            people.set_value(office, f"C100000{n}", "email", OURS)
            people.set_value(office, f"C100000{n}", "phone", "418")
        changed = [{**row, "email": THEIRS, "phone": "514"} for row in rows]
        before = lists.preview(*changed)
        assert (len(before.conflicts), before.counts.updated) == (4, 2)
        of_emails = [one.key for one in before.conflicts if one.field == "email"]
        taken = imports.choose(office, before, of_emails, take=True)
        assert [one.taken for one in taken.conflicts] == [True, False, True, False]
        assert taken.counts.updated == 4
        back = imports.choose(office, taken, of_emails[1:], take=False)
        assert [one.taken for one in back.conflicts] == [True, False, False, False]
        assert back.sheets[0].rows[2:] == before.sheets[0].rows[2:]
        assert back.counts.updated == 3
        imports.commit(office, back)
        assert (email(office), file_of(office).person.phone) == (THEIRS, "418")
        assert file_of(office, "C1000002").person.email == OURS

    def test_choices_are_there_when_the_file_is_opened_again(
        self, office: Office, lists: Lists
    ) -> None:
        lists.bring(a_row(1, email=BASE))
        types(office, "email", OURS)
        preview = lists.preview(a_row(1, email=THEIRS))
        imports.choose(office, preview, [preview.conflicts[0].key], take=True)
        draft = import_drafts.of(office, preview.source)
        assert draft is not None
        again = imports.plan_source(office, preview.source, draft.choices)
        assert [one.taken for one in again.conflicts] == [True]
        imports.commit(office, again)
        assert import_drafts.of(office, preview.source) is None
        assert email(office) == THEIRS

    def test_a_choice_holds_where_somebody_wrote_since(self, office: Office, lists: Lists) -> None:
        lists.bring(a_row(1, email=BASE), a_row(2))
        types(office, "email", OURS)
        preview = lists.preview(a_row(1, email=THEIRS), a_row(2))
        taken = imports.choose(office, preview, [preview.conflicts[0].key], take=True)
        people.set_value(office, "C1000002", "phone", "1")
        imports.commit(office, taken)
        assert email(office) == THEIRS


@pytest.mark.parametrize("name", ["invitations-2023-fr.xlsx", "families-2024.xlsx"])
def test_a_list_that_comes_again_after_hands_counts_them_and_changes_nothing(
    tmp_path: Path, name: str
) -> None:
    office = new_office(tmp_path / "later.imp", date(2026, 3, 22))
    import_file(office, FILES / "invitations-2023-fr.xlsx")
    import_file(office, FILES / name)
    numbers = [1, 2, 3]
    for number in numbers:
        people.set_value(office, f"#{number}", "email", f"{number}@bureau.example")
        people.set_value(office, f"#{number}", "csq_category", "IP")
    preview = imports.open_file(office, FILES / "invitations-2023-fr.xlsx")
    assert imports.commit(office, preview).act is None
    assert preview.conflicts == ()
    assert preview.hands_kept == len(preview.sides) > len(numbers)
    office.close()
