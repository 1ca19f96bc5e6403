# SPDX-License-Identifier: Apache-2.0
"""Anything is found by what people type: names however written, numbers, birth dates, notes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from generated import cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_builders import add_member, invite, receive

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.search.hits import HitKind
from imp_plus_desktop.domain.search.typed import read
from imp_plus_desktop.domain.values.codes import ContactKind
from imp_plus_desktop.services.history import file_bin, history
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import contacts, folder, people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.search import finding
from imp_plus_desktop.storage.reads import found

pytestmark = pytest.mark.mostly_long(
    "test_accents_apostrophes_hyphens_and_spaces_do_not_count",
    "test_whoever_is_found_is_not_offered_as_somebody_else_too",
    "test_any_single_slip_in_a_name_of_five_letters_finds_its_person",
    "test_a_number_is_found_with_or_without_its_signs_and_by_its_end",
    "test_there_may_be_more_than_are_looked_into",
    "test_the_latest_files_are_those_of_the_latest_acts",
)

NAMES = (
    ("Khoury", "Rita"),
    ("Lefebvre", "Chloé"),
    ("Hernandez", "Sofía"),
    ("Gonçalves", "João"),
    ("Si Ahmed", "Yacine"),
    ("St-Pierre", "Luc"),
    ("D’Amours", "Anne"),
    ("Ben Aïssa", "Karim"),
    ("Boudjemaa", "Nassima"),
    ("Trabelsi", "Rim"),
    ("El Fassi", "Zineb"),
    ("Benyoussef", "Amel"),
    ("Lévesque-Roy", "Jean-Marc"),
    ("Nguyễn", "Thị Hoà"),
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with people of many names, which no test changes."""
    opened = open_office(tmp_path_factory.mktemp("finding") / "x.imp", today=date(2023, 11, 22))
    for number, (family, given_names) in enumerate(NAMES, 1):
        invite(opened, number, family_name=family, given_names=given_names)
    summary.refresh(opened)
    yield opened
    opened.close()


def people_of(office: Office, text: str) -> list[str]:
    """The family names of whom a text finds."""
    return [hit.file.person.family_name for hit in finding.find(office, text).hits]


def meant(office: Office, text: str) -> list[tuple[str, str]]:
    """Who may have been meant, and why."""
    found = finding.find(office, text).people
    likely = finding.alike(office, text, found)
    return [(one.hit.file.person.family_name, one.because) for one in likely]


@pytest.mark.parametrize(
    ("typed", "family"),
    [
        ("stpierre", "St-Pierre"),
        ("saint-pierre", "St-Pierre"),
        ("saintpierre", "St-Pierre"),
        ("st pi", "St-Pierre"),
        ("damours", "D’Amours"),
        ("d amours", "D’Amours"),
        ("amours anne", "D’Amours"),
        ("benaissa", "Ben Aïssa"),
        ("BEN AISSA", "Ben Aïssa"),
        ("karim benaissa", "Ben Aïssa"),
        ("ben youssef", "Benyoussef"),
        ("elfassi", "El Fassi"),
        ("jeanmarc", "Lévesque-Roy"),
        ("roy jean marc", "Lévesque-Roy"),
        ("levesqueroy", "Lévesque-Roy"),
        ("thi nguyen", "Nguyễn"),
    ],
)
def test_accents_apostrophes_hyphens_and_spaces_do_not_count(
    filled: Office, typed: str, family: str
) -> None:
    assert people_of(filled, typed) == [family]
    # The list of people finds the same.
    ids = people.ids(filled, PeopleFilter(text=typed))
    assert [row.family_name for row in people.rows(filled, ids)] == [family]


@pytest.mark.parametrize(
    ("typed", "family", "because"),
    [
        ("khouri", "Khoury", "sound"),
        ("lefebre", "Lefebvre", "letter"),
        ("hernandes", "Hernandez", "letter"),
        ("gonsalves joao", "Gonçalves", "letter"),
        ("joao gonsalves", "Gonçalves", "letter"),
        ("si ahmad", "Si Ahmed", "letter"),
        ("siahmad", "Si Ahmed", "letter"),
        ("ben aisa", "Ben Aïssa", "sound"),
        ("trabesli rim", "Trabelsi", "letter"),
        ("boudjemma", "Boudjemaa", "sound"),
        ("boujema nassima", "Boudjemaa", "sound"),
        ("leveqsue", "Lévesque-Roy", "letter"),
        ("hernandes sofya", "Hernandez", "letter"),
    ],
)
def test_a_name_with_a_slip_or_heard_so_is_what_may_have_been_meant(
    filled: Office, typed: str, family: str, because: str
) -> None:
    assert people_of(filled, typed) == []
    assert (family, because) in meant(filled, typed)


@pytest.mark.parametrize("typed", ["khoarz", "khor", "kouryz", "rita khoarz"])
def test_two_slips_in_a_short_name_are_forgiven_where_nobody_nearer_is_found(
    office: Office, typed: str
) -> None:
    invite(office, 1, family_name="Khoury", given_names="Rita")
    invite(office, 2, family_name="Haddad", given_names="Rita")
    summary.refresh(office)
    assert people_of(office, typed) == []
    wanted = [] if typed == "khor" else [("Khoury", "two_letters")]
    assert meant(office, typed) == wanted
    invite(office, 3, family_name="Khoarzi", given_names="Rita")
    summary.refresh(office)
    if typed == "khoarz":
        assert people_of(office, typed) == ["Khoarzi"]
        assert [family for family, _why in meant(office, typed)] == []


def test_whoever_is_found_is_not_offered_as_somebody_else_too(filled: Office) -> None:
    assert people_of(filled, "khoury") == ["Khoury"]
    assert meant(filled, "khoury") == []
    assert meant(filled, "xyzzyx") == []
    assert meant(filled, "") == []
    assert finding.find(filled, "   ").hits == ()
    assert finding.find(filled, "'\"*").hits == ()


@st.composite
def a_slip(draw: st.DrawFn) -> tuple[str, str]:
    """A name of five letters or more, and the same with one slip of a finger."""
    long = [family for family, _given in NAMES if len(family) >= 5 and family.isalpha()]
    name = draw(st.sampled_from(long))
    at = draw(st.integers(0, len(name) - 1))
    letter = draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    kind = draw(st.sampled_from(("left out", "put in", "changed", "swapped")))
    if kind == "left out":
        return name, name[:at] + name[at + 1 :]
    if kind == "put in":
        return name, name[:at] + letter + name[at:]
    if kind == "changed":
        return name, name[:at] + letter + name[at + 1 :]
    return name, name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]


@settings(max_examples=cases(400), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(a_slip())
def test_any_single_slip_in_a_name_of_five_letters_finds_its_person(
    filled: Office, slip: tuple[str, str]
) -> None:
    name, typed = slip
    found = people_of(filled, typed)
    assert name in found or name in [family for family, _why in meant(filled, typed)]


@settings(max_examples=cases(300), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_question(filled: Office, text: str) -> None:
    text = text.encode("utf-8", "ignore").decode("utf-8")
    found = finding.find(filled, text)
    finding.alike(filled, text, found.people)
    people.ids(filled, PeopleFilter(text=text))


@pytest.fixture
def one(office: Office) -> int:
    """A person with all that a person can be found by, among others."""
    person = invite(
        office, 1, family_name="Haddad", given_names="Lynda", birth_date="1979-11-30",
        uci="1157-0408", phone="+1 (514) 555-0199",
    )  # fmt: skip
    invite(office, 2, birth_date="1979-03-11", phone="06 58 77 96 42")
    invite(office, 3, birth_date="1985-01-01")
    receive(office, person, number="W197904413")
    add_member(
        office, person, family_name="Khoury", given_names="Michel", birth_date=date(1981, 2, 4),
        uci="9988-7766",
    )  # fmt: skip
    folder.add_note(office, person, "Cousin de Mme Trabelsi, née en 1979; l’employeur rappelle.")
    contacts.save(office, person, None, ContactKind.CALLED, "Rappeler à Gaspé")
    summary.refresh(office)
    return person


@pytest.mark.parametrize(
    "typed",
    [
        "1979-11-30", "30 nov 1979", "30 novembre 1979", "30/11/1979", "30-11-79", "19791130",
        "November 30, 1979", "haddad 1979", "nov 1979", "lynda 11/1979",
    ],
)  # fmt: skip
def test_a_birth_date_is_found_as_people_type_it(office: Office, one: int, typed: str) -> None:
    hits = finding.find(office, typed).hits
    assert [(hit.kind, hit.file.person.id) for hit in hits] == [(HitKind.PERSON, one)]


@pytest.mark.parametrize(
    "typed",
    [
        "C1000001", "c-1000001", "1157-0408", "11570408", "1157 0408", "5145550199",
        "514 555 0199", "(514) 555-0199", "+1 514 555-0199", "15145550199", "0199", "0408",
    ],
)  # fmt: skip
def test_a_number_is_found_with_or_without_its_signs_and_by_its_end(
    office: Office, one: int, typed: str
) -> None:
    assert [hit.file.person.id for hit in finding.find(office, typed).hits] == [one]


def test_what_else_was_meant_is_told_by_its_own_row(office: Office, one: int) -> None:
    def kinds(text: str) -> list[tuple[HitKind, str]]:
        return [(hit.kind, hit.entity) for hit in finding.find(office, text).hits]

    assert kinds("khoury") == [(HitKind.MEMBER, "member")]
    assert kinds("michel 1981") == [(HitKind.MEMBER, "member")]
    assert kinds("99887766") == [(HitKind.MEMBER, "member")]
    assert kinds("W1979") == [(HitKind.NUMBER, "application")]
    assert kinds("197904413 haddad") == [(HitKind.NUMBER, "application")]
    assert kinds("ab100001") == [(HitKind.NUMBER, "passport")]
    assert kinds("cousin trabelsi") == [(HitKind.NOTE, "note")]
    assert kinds("employeur") == kinds("l'employeur") == [(HitKind.NOTE, "note")]
    assert kinds("gaspe haddad") == [(HitKind.NOTE, "contact")]
    # A word of the note and one of the log: no row has both, the file has.
    assert kinds("cousin gaspe") == [(HitKind.PERSON, "person")]
    # Notes are for this search alone: a list shows no notes, and would not say why.
    assert list(people.ids(office, PeopleFilter(text="cousin"))) == []


def test_whose_name_begins_so_comes_first(office: Office) -> None:
    given_so = invite(office, 1, family_name="Adam", given_names="Roy")
    family_so = invite(office, 2, family_name="Roy", given_names="Zoé")
    longer = invite(office, 3, family_name="Royer", given_names="Abel")
    summary.refresh(office)
    hits = finding.find(office, "roy").hits
    assert [hit.file.person.id for hit in hits] == [family_so, longer, given_so]
    assert people_of(office, "roy z") == ["Roy"]


def test_there_may_be_more_than_are_looked_into(office: Office) -> None:
    for number in range(1, 8):
        invite(office, number, family_name="Roy", given_names=f"A{'bcdefghi'[number]}")
    summary.refresh(office)
    found = finding.find(office, "roy", most=5)
    assert (len(found.hits), found.more) == (5, True)
    assert not finding.find(office, "roy", most=7).more


def test_nobody_is_found_by_what_is_theirs_no_more(office: Office) -> None:
    person = invite(office, 1, family_name="Khoury")
    summary.refresh(office)
    people.edit(office, person, {"family_name": "Haddad"})
    summary.refresh(office)
    assert people_of(office, "khoury") == [] == meant(office, "khouri")
    assert people_of(office, "haddad") == ["Haddad"]
    assert checking.check(office).search == "ok"


def test_who_is_in_the_bin_is_not_found_and_is_again_when_restored(office: Office) -> None:
    person = invite(office, 1, family_name="Khoury")
    invite(office, 2, family_name="Trabelsi")
    summary.refresh(office)
    removed = file_bin.delete(office, person, "twice")
    summary.refresh(office)
    assert people_of(office, "khoury") == [] == meant(office, "khouri")
    held = office.register.db.execute_sql(
        "SELECT COUNT(*) FROM person_search_near WHERE word = 'khoury'"
    ).fetchone()
    assert held == (0,), "no word of a name stays behind"
    history.undo(office, removed.act)
    summary.refresh(office)
    assert people_of(office, "khoury") == ["Khoury"]
    assert meant(office, "khouri") == [("Khoury", "sound")]


def test_a_word_of_two_people_stays_while_one_of_them_has_it(office: Office) -> None:
    first = invite(office, 1, family_name="Khoury", given_names="Rita")
    invite(office, 2, family_name="Khoury", given_names="Michel")
    summary.refresh(office)
    file_bin.delete(office, first, "twice")
    summary.refresh(office)
    assert meant(office, "khouri") == [("Khoury", "sound")]


def test_the_latest_files_are_those_of_the_latest_acts(office: Office) -> None:
    first = invite(office, 1)
    second = invite(office, 2)
    assert [file.person.id for file in finding.latest(office, 8)] == [second, first]
    folder.add_note(office, first, "seen")
    assert [file.person.id for file in finding.latest(office, 1)] == [first]
    assert [file.person.id for file in finding.opened(office, [second, 99])] == [second]


def test_an_old_register_is_found_in_once_it_was_opened(tmp_path: Path) -> None:
    import sqlcipher3.dbapi2 as sqlite

    from imp_plus_desktop.storage.migrations import steps

    path = tmp_path / "old.imp"
    db = sqlite.connect(str(path))
    for number, step in steps.MIGRATIONS:
        if number <= 17:
            for statement in step:
                db.execute(statement)
    db.execute("INSERT INTO person (id, family_name) VALUES (1, 'Ben Aïssa')")
    db.execute("PRAGMA user_version = 17")
    db.execute(f"PRAGMA application_id = {steps.APPLICATION_ID}")
    db.commit()
    db.close()
    office = open_office(path, today=date(2023, 11, 22))
    assert list(people.ids(office, PeopleFilter(text="benaissa"))) == [1]
    assert people_of(office, "benaissa") == ["Ben Aïssa"]
    assert meant(office, "benaisa") == [("Ben Aïssa", "sound")]
    office.close()


LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def test_a_single_letter_finds_the_same_in_the_files_as_in_the_index(office: Office) -> None:
    """Which of the two is asked depends on how many there are."""
    for number in range(1, 91):
        given_names = ("Ana", "Bea", "Chloé", "Zoë")[number % 4 if number < 60 else 0]
        invite(office, number, family_name=f"Singh-{'Kim' if number % 7 else 'Roy'}",
               given_names=given_names)  # fmt: skip
    summary.refresh(office)
    for rest in ("singh", "singh-kim", "zoe", "singh-", "singh-roy z", "kim"):
        for letter in LETTERS:
            typed = read(f"{rest} {letter}")
            whole = found.by_words(office.register, typed, 25)
            assert finding._by_words(office, typed, 25, {}) == whole, (rest, letter)


def test_more_names_than_are_looked_into_are_told_as_more(office: Office) -> None:
    for number in range(1, 31):
        invite(office, number, family_name="Singh", given_names=f"A{'bcdefghij'[number % 9]}")
    summary.refresh(office)
    found_some = finding.find(office, "sin")
    assert (len(found_some.hits), found_some.more) == (24, True)
    assert not finding.find(office, "sin", 30).more
