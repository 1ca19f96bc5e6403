# SPDX-License-Identifier: Apache-2.0
"""The file as an office keeps it: who answers for it, contacts, names, letters that replace."""

from datetime import date
from pathlib import Path

import office_builders as build
import pytest

from imp_plus_desktop.domain.letters.letters import current_letter
from imp_plus_desktop.domain.reads.filters import ApplicationFilter, PeopleFilter, PermitFilter
from imp_plus_desktop.domain.values.codes import ContactKind, Language
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import clerks, contacts, folder, names_history, people
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.words.messages import act_text


def test_files_are_given_to_a_clerk_as_one_act_and_taken_back_by_one_undo(office: Office) -> None:
    ids = [build.invite(office, number) for number in (1, 2, 3)]
    clerks.assign(office, ids[:1], "M. Gagnon")
    done = clerks.assign(office, ids[1:], "  S.  Roy ")
    assert clerks.names(office) == ["M. Gagnon", "S. Roy"]
    assert list(people.ids(office, PeopleFilter(clerk="s. roy"))) == ids[1:]
    assert history.undo(office, done.act).kept == ()
    assert list(people.ids(office, PeopleFilter(clerk=""))) == ids[1:]
    assert people.row(office, ids[0]).clerk == "M. Gagnon"


def test_an_act_on_several_files_says_how_many_and_one_file_says_whose(office: Office) -> None:
    ids = [build.invite(office, number) for number in (1, 2)]
    clerks.assign(office, ids, "S. Roy")
    assert act_text(history.acts(office, 1)[0]) == "changed who answers for 2 files"
    clerks.assign(office, ids[:1], "")
    assert act_text(history.acts(office, 1)[0]).endswith("the file of Benalibb, Amine")
    assert people.file(office, ids[0]).person.clerk is None


def test_applications_and_permits_are_narrowed_to_a_clerk(office: Office) -> None:
    application = build.an_approved(office, 1)
    build.issue(office, application)
    build.an_approved(office, 2)
    owner = person_file.application_of(office, application).person_id
    clerks.assign(office, [owner], "S. Roy")
    assert list(applications.ids(office, ApplicationFilter(clerk="S. Roy"))) == [application]
    assert len(permits.ids(office, PermitFilter(clerk="S. Roy"))) == 1
    assert len(permits.ids(office, PermitFilter(clerk="M. Gagnon"))) == 0


def test_the_office_s_own_fields_are_typed_like_the_others(office: Office) -> None:
    person = build.invite(office)
    people.edit(
        office,
        person,
        {
            "language": "anglais",
            "address": " 12,  rue des Érables\n\n Lévis ",
            "address_country": "Canada",
            "address_province": "Québec",
            "representative": "Me Lavoie",
            "representative_form_on": "2023-03-04",
            "outside_quebec_declared": "oui",
        },
    )
    found = people.file(office, person).person
    assert found.language is Language.EN
    assert found.address == "12, rue des Érables\nLévis"
    assert (found.address_country, found.address_province) == ("CAN", "QC")
    assert found.representative_form_on == date(2023, 3, 4)
    assert found.outside_quebec_declared is True
    with pytest.raises(DomainError, match="bad_value"):
        people.set_value(office, f"#{person}", "language", "klingon")
    with pytest.raises(DomainError, match="bad_value"):
        people.edit(office, person, {"representative_form_on": "2024-03-04"})


def test_contacts_are_logged_corrected_and_removed_and_the_last_one_shows(office: Office) -> None:
    person = build.invite(office)
    contacts.save(office, person, None, ContactKind.CALLED, "No answer", date(2023, 11, 2))
    contacts.save(office, person, None, ContactKind.REPLIED, " Will call back ")
    assert people.row(office, person).last_contact == build.TODAY
    first, last = people.file(office, person).contacts
    assert last.text == "Will call back"
    contacts.save(office, person, last.id, ContactKind.MET, "Came by", date(2023, 11, 10))
    contacts.delete(office, person, first.id)
    assert [(c.kind, c.on_day) for c in people.file(office, person).contacts] == [
        (ContactKind.MET, date(2023, 11, 10))
    ]
    history.undo(office)
    assert len(people.file(office, person).contacts) == 2
    events = [e for e in people.timeline(office, person) if e.kind == "contact"]
    assert [e.detail for e in events] == ["called", "met"]


def test_a_contact_needs_words_and_a_day_that_has_come(office: Office) -> None:
    person, other = build.invite(office, 1), build.invite(office, 2)
    with pytest.raises(DomainError, match="contact_empty"):
        contacts.save(office, person, None, ContactKind.CALLED, "  ")
    with pytest.raises(DomainError, match="in_the_future"):
        contacts.save(office, person, None, ContactKind.CALLED, "x", date(2023, 12, 1))
    contacts.save(office, person, None, ContactKind.CALLED, "x")
    number = people.file(office, person).contacts[0].id
    with pytest.raises(DomainError, match="not_in_file"):
        contacts.delete(office, other, number)


def test_a_changed_name_is_shown_and_the_former_one_is_found(
    office: Office, tmp_path: Path
) -> None:
    path = build.a_list(tmp_path / "a.xlsx", [build.a_row(1)])
    build.import_file(office, path)
    person = people.ids(office, PeopleFilter())[0]
    names_history.change_name(office, person, "Tremblay", "Amine", date(2023, 6, 1))
    assert people.row(office, person).name == "Tremblay, Amine"
    assert list(people.ids(office, PeopleFilter(text="benalibb"))) == [person]

    again = imports.open_file(office, path)
    assert again.counts.unchanged == 1
    assert people.row(office, person).name == "Tremblay, Amine"
    unnumbered = build.a_row(1, individual_reference=None)
    alone = imports.open_file(office, build.a_list(tmp_path / "b.xlsx", [unnumbered]))
    assert alone.counts.review == 1

    history.undo(office)
    assert people.row(office, person).name == "Benalibb, Amine"
    assert people.file(office, person).former_names == ()


def test_a_name_of_before_is_added_corrected_and_forgotten(office: Office) -> None:
    person = build.invite(office)
    names_history.save_former(office, person, None, "Ziani", "")
    former = people.file(office, person).former_names[0]
    names_history.save_former(office, person, former.id, "Ziani", "Nour", date(2020, 1, 1))
    assert people.file(office, person).former_names[0].given_names == "Nour"
    names_history.delete_former(office, person, former.id)
    assert people.file(office, person).former_names == ()
    with pytest.raises(DomainError, match="same_name"):
        names_history.change_name(office, person, "Benalibb", "Amine")
    with pytest.raises(DomainError, match="missing_name"):
        names_history.change_name(office, person, " ", "")


def test_a_reissued_letter_counts_and_the_old_one_stays(office: Office) -> None:
    person = build.invite(office, letter_date="2023-09-01", letter_received_date="2023-09-04")
    old = people.file(office, person).letters[0]
    # Reissued with an earlier date, as a correction of a mistyped one would be.
    folder.save_letter(office, person, None, date(2023, 8, 20), date(2023, 10, 2), old.id)
    file = people.file(office, person)
    current = current_letter(file)
    assert current is not None
    assert current.letter_date == date(2023, 8, 20)
    assert people.verdict(office, person).last_safe_day == date(2023, 12, 31)
    assert people.text_of(office, person)["letter_date"] == "2023-08-20"
    assert len(file.letters) == 2


def test_a_reissued_letter_does_not_allow_a_second_first_application(office: Office) -> None:
    person = build.invite(office)
    build.receive(office, person)
    old = people.file(office, person).letters[0]
    folder.save_letter(office, person, None, date(2023, 11, 21), None, old.id)
    rules = {f.rule: f.reason for f in people.verdict(office, person).findings}
    assert rules["INV-04"] == "letter_already_used"


def test_letters_never_replace_each_other_in_a_circle(office: Office) -> None:
    person = build.invite(office)
    first = people.file(office, person).letters[0]
    folder.save_letter(office, person, None, date(2023, 10, 1), None, first.id)
    second = people.file(office, person).letters[1]
    with pytest.raises(DomainError, match="letter_replaces_itself"):
        folder.save_letter(office, person, first.id, first.letter_date, None, second.id)
    with pytest.raises(DomainError, match="not_in_file"):
        folder.save_letter(office, person, None, date(2023, 10, 2), None, 999)
    folder.save_letter(office, person, None, date(2023, 11, 1), None, second.id)
    folder.delete_letter(office, person, second.id)
    last = people.file(office, person).letters[1]
    assert last.supersedes_id == first.id
    history.undo(office)
    assert people.file(office, person).letters[2].supersedes_id == second.id


def test_what_the_office_keeps_is_exported_and_imports_again_without_a_change(
    office: Office, tmp_path: Path
) -> None:
    person = build.invite(office, clerk="S. Roy", address="12 rue X\nLévis", language="fr",
                          representative="Me Lavoie")  # fmt: skip
    contacts.save(office, person, None, ContactKind.CALLED, "x")
    exports.export(office, "people", tmp_path / "o.xlsx")
    preview = imports.open_file(office, tmp_path / "o.xlsx")
    assert (preview.counts.unchanged, preview.counts.new) == (1, 0)
