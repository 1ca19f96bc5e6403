# SPDX-License-Identifier: Apache-2.0
"""Letters to people: who lacks what is told first, and all of them are one act with one undo."""

from datetime import timedelta
from pathlib import Path

import pytest
from letter_builders import template, text_of
from office_builders import decide, invite, receive

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.documents.media import MediaType
from imp_plus_desktop.domain.values.codes import ContactKind
from imp_plus_desktop.domain.values.errors import AppError, StorageError
from imp_plus_desktop.exchange.correspondence.filled import Sheet
from imp_plus_desktop.languages import LANGUAGES
from imp_plus_desktop.services.correspondence import (
    letter_fields,
    letter_pdfs,
    letterhead,
    letters,
    proposing,
    templates,
)
from imp_plus_desktop.services.correspondence.letterhead import Letterhead
from imp_plus_desktop.services.correspondence.letters import BLANK, Order
from imp_plus_desktop.services.correspondence.templates import TemplateMistakes
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import contacts, people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.words.correspondence.letter_words import SHIPPED


def pdf(sheet: Sheet, title: str) -> bytes:
    """What stands for a PDF where none is looked at."""
    return f"%PDF-1.4 {title}".encode()


def log(office: Office, person: int) -> list[tuple[str, str | None]]:
    file = person_file.file_of(office, person)
    return [(one.text, one.attachment_name) for one in file.contacts]


def refused(call: object) -> str:
    with pytest.raises(AppError) as raised:
        call()  # type: ignore[operator]
    return raised.value.code


@pytest.mark.many("invitation-fr", "documents-en", "decision-fr")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", SHIPPED)
def test_each_shipped_letter_is_without_a_mistake_and_says_its_facts(
    office: Office, key: str, language: str
) -> None:
    person = invite(office, sex="F", family_name="Khoury", given_names="Nadia")
    letterhead.save(office, Letterhead("Bureau de Montréal", "1, rue A\nMontréal", None, None))
    found = templates.check(templates.content(office, key, language))
    assert found.mistakes == ()
    (made,) = letters.make(office, Order(key, (person,), {}, language)).letters
    lines = text_of(made.filled.docx)
    greeted = {"fr": "Madame,", "en": "Dear Ms. Khoury,"}[language]
    assert "Nadia Khoury" in lines
    assert greeted in lines
    assert "Bureau de Montréal" in made.filled.sheet.head
    assert not any("{" in line for line in lines)


def test_a_letter_speaks_the_language_of_whom_it_is_for(office: Office) -> None:
    french, english = invite(office, 1, language="fr"), invite(office, 2, language="en")
    unknown = invite(office, 3)
    order = Order("passport", (english, french, unknown))
    assert letters.foresee(office, order).languages == {"en": 1, "fr": 2}
    made = letters.make(office, order).letters
    assert [(one.person, one.language) for one in made] == [
        (english, "en"),
        (french, "fr"),
        (unknown, "fr"),
    ]
    first, second, _third = (text_of(one.filled.docx)[0] for one in made)
    today = office.clock.today()
    with i18n.speaking("en"):
        assert first == i18n.format_day(today)
    with i18n.speaking("fr"):
        assert second == i18n.format_day(today)


def test_who_lacks_what_is_told_before_and_left_blank_then(office: Office) -> None:
    templates.add(office, "Passeport", "fr", template("{{ full_name }} : {{ passport_expiry }}"))
    person = invite(office, family_name="Khoury", given_names="Nadia", passport_expiry="")
    order = Order("Passeport", (person,))
    assert letters.foresee(office, order).lacking == {"passport_expiry": (person,)}
    (made,) = letters.make(office, order).letters
    assert text_of(made.filled.docx) == [f"Nadia Khoury : {BLANK}"]


def test_what_is_typed_is_asked_for_and_a_day_is_written_out(office: Office) -> None:
    person = invite(office)
    order = Order("documents", (person,), {"reply_by": "2026-12-01"})
    assert letters.foresee(office, order).asked == ("reply_by", "message")
    (made,) = letters.make(office, order).letters
    assert any("1er décembre 2026" in line for line in text_of(made.filled.docx))


@pytest.mark.child
def test_letters_to_many_are_one_act_and_one_undo_takes_all_back(
    office: Office, tmp_path: Path
) -> None:
    some = (invite(office, 1), invite(office, 2))
    made = letters.make(office, Order("appointment", some))
    kept = letters.keep(office, made, pdf, tmp_path / "lettres")
    name = made.name
    assert [log(office, person) for person in some] == [
        [(f"Letter: {name}", f"{name}.pdf")],
        [(f"Letter: {name}", f"{name}.pdf")],
    ]
    assert {path.suffix for path in kept.files} == {".docx", ".pdf"}
    assert len(kept.files) == 4
    history.undo(office, kept.act)
    assert [log(office, person) for person in some] == [[], []]


def test_the_letter_is_kept_with_its_line_of_the_log(office: Office) -> None:
    person = invite(office)
    made = letters.make(office, Order("decision", (person,)))
    letters.keep(office, made, None)
    (line,) = person_file.file_of(office, person).contacts
    found = contacts.written(office, person, line.id)
    assert line.kind is ContactKind.WROTE
    assert found.media_type is MediaType.DOCX
    assert found.content == made.letters[0].filled.docx
    assert checking.check(office).search == "ok"


def test_files_have_nobodys_name_and_none_is_written_over(office: Office, tmp_path: Path) -> None:
    person = invite(office, family_name="Khoury", given_names="Nadia")
    for _turn in range(2):
        made = letters.make(office, Order("decision", (person,)))
        letters.keep(office, made, None, tmp_path / "out", record=False)
    day = office.clock.today().isoformat()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"lettre-{day}-{person}-2.docx",
        f"lettre-{day}-{person}.docx",
    ]
    assert log(office, person) == []


def test_where_the_folder_cannot_be_written_nothing_is_recorded(
    office: Office, tmp_path: Path
) -> None:
    person = invite(office)
    made = letters.make(office, Order("decision", (person,)))
    (tmp_path / "here").write_text("no folder")
    with pytest.raises(StorageError):
        letters.keep(office, made, pdf, tmp_path / "here")
    assert log(office, person) == []


def test_a_template_of_the_office_stands_in_place_of_the_shipped_one_until_it_is_removed(
    office: Office,
) -> None:
    shipped = templates.content(office, "decision", "fr")
    act = templates.replace(office, "decision", "fr", template("La nôtre"))
    assert templates.find(office, "decision").changed == {"fr"}
    assert text_of(templates.content(office, "decision", "fr")) == ["La nôtre"]
    assert templates.content(office, "decision", "en") != shipped
    history.undo(office, act)
    assert templates.content(office, "decision", "fr") == shipped
    templates.replace(office, "decision", "fr", template("La nôtre"))
    templates.remove(office, "decision")
    assert templates.content(office, "decision", "fr") == shipped


def test_the_offices_own_are_added_renamed_and_removed_each_with_an_undo(office: Office) -> None:
    templates.add(office, "Relance", "fr", template("Bonjour {{ full_name }}"))
    templates.replace(office, "Relance", "en", template("Hello {{ full_name }}"))
    own = templates.templates(office)[-1]
    assert (own.name, own.languages, own.is_shipped) == ("Relance", ("fr", "en"), False)
    renamed = templates.rename(office, "Relance", "Rappel")
    assert templates.templates(office)[-1].name == "Rappel"
    history.undo(office, renamed)
    removed = templates.remove(office, "Relance", "en")
    assert templates.templates(office)[-1].languages == ("fr",)
    history.undo(office, removed)
    assert templates.templates(office)[-1].languages == ("fr", "en")
    assert text_of(templates.content(office, "Relance", "en")) == ["Hello {{ full_name }}"]


def test_two_templates_never_have_one_name(office: Office) -> None:
    content = template("x")
    templates.add(office, "Relance", "fr", content)
    assert refused(lambda: templates.add(office, "relancé", "fr", content)) == "template_exists"
    assert refused(lambda: templates.add(office, "decision", "fr", content)) == "template_exists"
    assert refused(lambda: templates.add(office, "  ", "fr", content)) == "name_missing"
    assert refused(lambda: templates.rename(office, "x", "y")) == "template_unknown"
    assert refused(lambda: templates.find(office, "nothing")) == "template_unknown"


def test_somebody_gets_the_other_language_where_a_template_has_only_that(office: Office) -> None:
    templates.add(office, "Relance", "fr", template("Bonjour"))
    person = invite(office, language="en")
    found = letters.foresee(office, Order("Relance", (person,)))
    assert (found.languages, found.otherwise) == ({"fr": 1}, 1)


def test_a_template_with_mistakes_makes_no_letter(office: Office) -> None:
    templates.add(office, "Relance", "fr", template("{{ passeport }}"))
    order = Order("Relance", (invite(office),))
    with pytest.raises(TemplateMistakes) as raised:
        letters.make(office, order)
    assert [one.tag for one in raised.value.mistakes] == ["passeport"]
    assert raised.value.parameters == {}


def test_every_field_can_be_put_into_a_template(office: Office) -> None:
    found = letter_fields.fields()
    ends = ["{%p endfor %}" if one.members else "" for one in found]
    lines = [line for one, end in zip(found, ends, strict=True) for line in (one.tag, end) if line]
    assert templates.check(template(*lines)).mistakes == ()
    assert len({one.name for one in found}) == len(found)
    assert all(one.label for one in found)


def test_the_letterhead_is_one_row_and_its_change_can_be_undone(office: Office) -> None:
    letterhead.save(office, Letterhead("Bureau A", None, "514 555-0100", None))
    act = letterhead.save(office, Letterhead("Bureau B", " ", "514 555-0100", None))
    assert letterhead.letterhead(office).name == "Bureau B"
    history.undo(office, act)
    assert letterhead.letterhead(office).name == "Bureau A"
    same = Letterhead("Bureau A", None, "514 555-0100", None)
    assert letterhead.save(office, same) is None


def test_the_last_day_to_apply_is_only_told_as_ahead_while_it_is(office: Office) -> None:
    ahead = invite(office, 2, letter_date=office.clock.today().isoformat(), letter_received_date="")
    gone = invite(office, 1, letter_date="2022-06-01", letter_received_date="")
    files = letter_fields.files(office, (ahead, gone))
    first, second = letter_fields.values(office, files, "fr", {})
    assert first["apply_by_open"] == first["apply_by"] != ""
    assert second["apply_by_open"] == "" != second["apply_by"]


def test_the_last_day_in_a_letter_is_that_of_the_person_s_page(office: Office) -> None:
    today = office.clock.today()
    soon = today + timedelta(days=18)
    person = invite(
        office, 3, letter_date=today.isoformat(), letter_received_date="",
        csq_expiry_date=soon.isoformat(), pr_application_number="",
    )  # fmt: skip
    told = people.row(office, person).last_safe_day
    assert told == soon, "the CSQ ends before the letter"
    found = letter_fields.values(office, letter_fields.files(office, (person,)), "fr", {})
    with i18n.speaking("fr"):
        assert found[0]["apply_by"] == found[0]["apply_by_open"] == i18n.format_day(soon)


def test_a_process_of_its_own_makes_the_pdf_where_there_is_no_window(office: Office) -> None:
    person = invite(office)
    made = letters.make(office, Order("decision", (person,)))
    with letter_pdfs.printing() as to_pdf:
        first = to_pdf(made.letters[0].filled.sheet, "Lettre")
        second = to_pdf(made.letters[0].filled.sheet, "Lettre")
    assert first.startswith(b"%PDF-")
    assert second.startswith(b"%PDF-")


def test_people_who_are_gone_get_no_letter(office: Office) -> None:
    assert letters.make(office, Order("decision", (9999,))).letters == ()
    assert people.count(office) == 0


def test_the_letter_that_the_files_need_now_is_proposed_else_the_last_one(office: Office) -> None:
    def begins(*people: int, last: str = "") -> str:
        return proposing.proposed(office, people, SHIPPED, last)

    one, two = invite(office, 1), invite(office, 2, passport_expiry="2024-03-01")
    assert begins(one) == begins(one, two) == "invitation"
    day = office.clock.today()
    for person in (one, two):
        contacts.save(office, person, None, ContactKind.WROTE, "Invitation")
    assert (begins(one), begins(two)) == ("documents", "passport")
    assert begins(one, two, last="appointment") == "appointment", "they do not need the same"
    application = receive(office, one).application
    assert begins(one) == "documents"
    decide(office, application, "refused")
    assert begins(one, last="passport") == "passport", "they were written to on that day"
    assert (begins(one), begins(one, two)) == ("decision", "")
    other = receive(office, invite(office, 3)).application
    decide(office, other, "approved")
    third = person_file.file_of(office, 3)
    assert begins(3) == "decision"
    assert proposing.needs(third, day + timedelta(days=91), office.programme()) == ""
    assert begins(999, last="no such letter") == ""
