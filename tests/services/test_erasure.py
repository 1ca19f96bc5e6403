# SPDX-License-Identifier: Apache-2.0
"""A file is destroyed for good: no byte of it is left, what counts still counts, the chain still
verifies, and no older copy brings it back."""

from __future__ import annotations

import errno
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import office_builders as build
import pytest
from new_registers import copy_of

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.values.codes import ContactKind, DocumentType, Relation
from imp_plus_desktop.domain.values.errors import AppError, StorageError
from imp_plus_desktop.services.erasing import erasing
from imp_plus_desktop.services.history import file_bin, history
from imp_plus_desktop.services.imports import import_repairs, imports, review
from imp_plus_desktop.services.imports.imports import Repair
from imp_plus_desktop.services.office import restoring, summary
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.page import drafts
from imp_plus_desktop.services.people import attachments, contacts, folder, names_history, people
from imp_plus_desktop.services.privacy import erasure, retention, whole
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.storage.archive import import_drafts
from imp_plus_desktop.storage.archive.import_drafts import StoredDraft
from imp_plus_desktop.storage.files import copies, erased_list, heads
from imp_plus_desktop.storage.journal import erasures
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import backup
from imp_plus_desktop.storage.reads import figures

pytestmark = pytest.mark.mostly_long(
    "test_no_byte_of_somebody_is_left_and_all_figures_stay",
    "test_what_is_planted_would_be_found",
    "test_it_is_not_undone_and_stands_in_the_way_of_no_other_undo",
    "test_a_namesake_keeps_everything",
    "test_somebody_s_family_keeps_them_and_it_is_told",
    "test_a_copy_is_erased_again_where_no_register_opens",
    "test_an_import_that_brought_them_is_undone_for_all_others",
    "test_somebody_whom_no_act_has_erased_cannot_be_hidden",
)

LATER = date(2031, 6, 1)
FAMILY, GIVEN, OTHER, WORD = "Zorblattski", "Quentinette", "Vexillaire", "hippocampe"
BEFORE, MAIL, REFERENCE, NUMBER = "Mirliflore", "qz@zorb.example", "C7654321", "W987654321"
PASSPORT = "QZ765432"
PLANTED = (FAMILY, GIVEN, OTHER, WORD, BEFORE, MAIL, REFERENCE, NUMBER, PASSPORT)
PDF = b"%PDF-1.4\n" + WORD.encode() + b"\n%%EOF\n"


def later(office: Office, day: date = LATER) -> Office:
    """The same register on another day."""
    path = office.register_path
    office.close()
    return open_office(path, today=day)


def sound(office: Office) -> bool:
    """Whether chain, ledgers, rows, index, pages, archive and what is derived hold."""
    found = checking.check(office, thorough=True)
    assert found.passed, found
    return found.passed


def found_by(office: Office, text: str) -> list[int]:
    """Whom a search finds."""
    summary.refresh(office)
    return list(people.ids(office, PeopleFilter(text=text), "id"))


def planted_in(path: Path) -> set[str]:
    """What is left of somebody in a file: as it stands, in packed contents, and in the index."""
    content = path.read_bytes()
    found = content + b"".join(_packed(path)) if path.suffix == ".imp" else content
    text = found.decode("latin-1").casefold()
    return {word for word in PLANTED if word.casefold() in text}


def kept_by(office: Office, where: Path) -> Path:
    """The file of a register; of one on a server a copy of all that it keeps."""
    if office.register.server is None:
        return office.register_path
    return backup.copy_to(office.register, where / "kept" / "kept.imp")


def _packed(path: Path) -> Iterator[bytes]:
    register = Register(path, create=False, copy_first=False)
    for table, column in (
        *(("source_file", "content"), ("source_file", "answer"), ("source_block", "cells")),
    ):
        rows = register.db.execute_sql(f"SELECT {column} FROM {table} WHERE {column} <> x''")
        yield from (zlib.decompress(bytes(blob)) for (blob,) in rows.fetchall())
    register.close()


def _plant(office: Office, where: Path) -> int:
    """Somebody who is everywhere that the register keeps anything, beside nine others."""
    rows = [build.a_row(number) for number in range(1, 10)]
    rows.append(
        build.a_row(
            10, individual_reference=REFERENCE, family_name=FAMILY, given_names=GIVEN,
            passport_number=PASSPORT, email="qz à zorb", application_number=NUMBER,
            received_at=date(2023, 10, 2), outcome="refused", decided_on=date(2023, 11, 2),
            birth_date=date(1988, 8, 8),
        )
    )  # fmt: skip
    source = imports.open_file(office, build.a_list(where / "list.xlsx", rows))
    mended = import_repairs.mend(office, source, Repair("email", MAIL, "Liste", 11))
    imports.commit(office, mended)
    person = people.find(office, REFERENCE)
    build.add_member(office, person, family_name=FAMILY, given_names=OTHER, relation=Relation.CHILD)
    folder.add_note(office, person, f"Raconte son {WORD}")
    folder.add_note(office, 3, f"Cousin de {GIVEN} {FAMILY}, dossier {REFERENCE}")
    contacts.save(office, person, None, ContactKind.CALLED, f"Le {WORD} encore")
    names_history.save_former(office, person, None, BEFORE, GIVEN)
    scan = where / f"{FAMILY}.pdf"
    scan.write_bytes(PDF)
    attachments.attach(office, person, DocumentType.PHOTO, scan)
    attachments.detach(office, person, DocumentType.PHOTO)
    drafts.keep(office, person, "note", WORD)
    again = build.a_row(
        11, individual_reference=None, family_name=FAMILY, given_names=GIVEN,
        birth_date=date(1988, 8, 8), passport_number=PASSPORT,
    )  # fmt: skip
    build.import_file(office, build.a_list(where / "again.xlsx", [again, build.a_row(12)]))
    for waiting in review.rows(office):
        review.resolve(office, waiting.row, "same", person)
    unfinished = StoredDraft(f'{{"x":"{GIVEN} {FAMILY}"}}', datetime.now(UTC), "Luc")
    import_drafts.save(office.register, "0" * 64, unfinished)
    summary.refresh(office)
    return person


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A register in which somebody is planted everywhere, and who."""
    where = tmp_path_factory.mktemp("pattern")
    office = open_office(where / "register.imp", today=build.TODAY)
    person = _plant(office, where)
    office.close()
    return office.register_path, person


@pytest.fixture
def planted(pattern: tuple[Path, int], tmp_path: Path) -> Iterator[tuple[Office, int]]:
    """An office on a copy of it, years later, and the person."""
    path, person = pattern
    office = open_office(copy_of(path, tmp_path / "office.imp"), today=LATER)
    yield office, person
    office.close()


def test_no_byte_of_somebody_is_left_and_all_figures_stay(
    planted: tuple[Office, int], tmp_path: Path
) -> None:
    office, person = planted
    before, listed = quota.board(office, 2023), len(people.ids(office, PeopleFilter(), "id"))
    assert sound(office)
    done = erasure.erase(office, person, f"{GIVEN} {FAMILY} l’a demandé")
    assert done.swept
    assert sound(office)
    after = quota.board(office, 2023)
    assert replace(after, updated_at=before.updated_at) == before
    assert len(people.ids(office, PeopleFilter(), "id")) == listed - 1
    assert people.count(office) == listed - 1
    assert figures.count(office.register, "application") == 0
    copy = backup.copy_to(office.register, tmp_path / "copy.imp")
    path = office.register_path
    beside = {file.name for file in path.parent.glob(f"{path.name}*")}
    assert beside >= {path.name} or office.register.server is not None
    office.close()
    for file in (*path.parent.glob(f"{path.name}*"), copy):
        assert planted_in(file) == set(), file.name
    assert done.erased.keys() >= {
        *("person", "member", "note", "contact", "former_name", "changes", "archived_rows"),
        *("imported_files", "held_rows", "scans", "texts", "drafts"),
    }


def test_what_is_planted_would_be_found(planted: tuple[Office, int], tmp_path: Path) -> None:
    office, _person = planted
    path = kept_by(office, tmp_path)
    office.close()
    assert planted_in(path) == set(PLANTED)


def test_the_others_of_a_list_stay_with_their_cells(
    planted: tuple[Office, int], tmp_path: Path
) -> None:
    office, person = planted
    erasure.erase(office, person, "asked")
    assert people.file(office, 3).notes[0].text == "Cousin de —, dossier —"
    assert people.file(office, 4).person.individual_reference == "C1000004"
    packed = b"".join(_packed(kept_by(office, tmp_path))).decode()
    assert "C1000004" in packed
    with pytest.raises(AppError, match="list_erased"):
        imports.reopen(office, 1)
    with pytest.raises(AppError, match="person_erased"):
        people.find(office, f"#{person}")


def test_it_is_not_undone_and_stands_in_the_way_of_no_other_undo(office: Office) -> None:
    person = build.invite(office, 1)
    folder.add_note(office, person, "x")
    other = build.invite(office, 2)
    office = later(office)
    erasure.erase(office, person, "asked")
    undone = history.undo(office)
    assert undone.undone == 3  # the latest act that did something: the other file
    assert not people.files(office, [other])
    assert history.last_undoable(office) is None
    assert sound(office)


@pytest.mark.parametrize("place", ["open", "held", "early"])
def test_it_is_refused_while_the_file_is_needed(office: Office, place: str) -> None:
    person = build.invite(office, 1)
    application = build.receive(office, person).application
    if place != "open":
        build.decide(office, application, "refused")
    office = later(office, date(2024, 6, 1) if place == "early" else LATER)
    if place == "held":
        retention.hold(office, person, "litige")
    codes = {"open": "file_still_open", "held": "on_legal_hold", "early": "kept_by_law"}
    with pytest.raises(AppError, match=codes[place]):
        erasure.erase(office, person, "asked")
    assert people.file(office, person).person.family_name == "Benalibb"
    if place == "early":
        erasure.erase(office, person, "asked", early="consent of Amine Benalibb is withdrawn")
        kept = history.overrides(office, history.acts(office)[0].id)
        assert kept == {"PRV-01": "consent of — is withdrawn"}
    if place == "held":
        retention.lift(office, person)
        erasure.erase(office, person, "asked")
        assert sound(office)


def test_a_file_of_the_bin_and_what_was_merged_into_it_go_too(
    office: Office, tmp_path: Path
) -> None:
    left = build.invite(office, 1, email="left@x.example")
    right = build.invite(office, 2, email="right@x.example", individual_reference="")
    build.merge(office, left, right)
    office = later(office)
    file_bin.delete(office, left, "twice")
    erasure.erase(office, whole.find(office, f"#{left}"), "asked")
    assert not file_bin.files(office)
    assert sound(office)
    kept = kept_by(office, tmp_path)
    office.close()
    content = kept.read_bytes()
    assert not re.search(rb"(left|right)@x\.example|Benalib|Benalic", content)


def test_a_namesake_keeps_everything(office: Office, tmp_path: Path) -> None:
    rows = [
        build.a_row(1, family_name="Roy", given_names="Paul", birth_date=date(1980, 1, 1)),
        build.a_row(2, family_name="Roy", given_names="Paul", birth_date=date(1981, 2, 2)),
    ]
    build.import_file(office, build.a_list(tmp_path / "list.xlsx", rows))
    office = later(office)
    erasure.erase(office, 1, "asked")
    summary.refresh(office)
    file = people.file(office, 2)
    assert (file.person.family_name, file.person.birth_date) == ("Roy", date(1981, 2, 2))
    assert found_by(office, "roy paul") == [2]
    assert b"C1000002" in b"".join(_packed(kept_by(office, tmp_path)))


def test_somebody_s_family_keeps_them_and_it_is_told(office: Office) -> None:
    principal = build.invite(office, 1)
    spouse = build.invite(office, 2, given_names="Sara", birth_date="1991-05-06")
    build.add_member(office, principal, family_name="Benalicc", given_names="Sara")
    office = later(office)
    seen = erasure.look(office, spouse)
    assert seen.stays.family_of == (principal,)
    erasure.erase(office, spouse, "asked")
    assert people.file(office, principal).members[0].given_names == "Sara"


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_an_older_copy_that_is_restored_is_erased_again(
    office: Office, planted: tuple[Office, int], tmp_path: Path
) -> None:
    before_all = backup.copy_to(office.register, tmp_path / "empty.imp")
    office, person = planted
    with_them = backup.copy_to(office.register, tmp_path / "with.imp")
    assert planted_in(with_them)
    erasure.erase(office, person, "asked")
    restoring.restore(office, with_them)
    assert sound(office)
    assert not found_by(office, FAMILY)
    restoring.restore(office, before_all)
    restoring.restore(office, with_them)
    assert [one.person for one in erasures.files(office.register.db)][-1] == person
    assert sound(office)
    path = office.register_path
    office.close()
    assert planted_in(path) == set()


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_a_copy_is_erased_again_where_no_register_opens(
    planted: tuple[Office, int], tmp_path: Path
) -> None:
    office, person = planted
    copy = backup.copy_to(office.register, tmp_path / "with.imp")
    erasure.erase(office, person, "asked")
    path = office.register_path
    office.close()
    path.unlink()
    options = {"passphrase": "", "given": None, "clock": Clock(LATER), "user": "Luc"}
    restoring.bring_back(path, copy, **options)  # type: ignore[arg-type]
    assert planted_in(path) == set()


def test_the_list_beside_the_copies_names_nobody(
    planted: tuple[Office, int], tmp_path: Path
) -> None:
    office, person = planted
    erasure.erase(office, person, "asked")
    beside = erased_list.read(office.register_path)
    assert beside is not None
    assert [number for number, _digest in beside.files] == [person]
    assert planted_in(copies.folder_of(office.register_path) / erased_list.NAME) == set()


@pytest.mark.of_a_file("copies beside the register are those of files")
def test_copies_of_before_go_where_that_is_asked(
    planted: tuple[Office, int], tmp_path: Path
) -> None:
    office, person = planted
    backup.make_copy(office.register, datetime.now(UTC), "manual")
    log = office.register_path.with_name(
        f"{office.register_path.stem}-2024-01-02_030405-wal{heads.ASIDE}"
    )
    log.write_bytes(b"a log that was set aside")
    assert log in erasure.look(office, person).stays.copies
    done = erasure.erase(office, person, "asked", drop_copies=True)
    assert done.dropped >= 2
    assert not log.exists()
    assert len(done.stays.copies) == 1
    assert planted_in(done.stays.copies[0]) == set()


@pytest.mark.of_a_file("whoever reads keeps the pages of a file")
def test_pages_that_could_not_be_cleaned_are_cleaned_when_it_is_opened_next(
    planted: tuple[Office, int], tmp_path: Path
) -> None:
    office, person = planted
    other = open_office(office.register_path, today=LATER)
    reading = other.register.db.execute_sql("SELECT id FROM change")
    reading.fetchone()
    assert not erasure.erase(office, person, "asked").swept
    reading.close()
    other.close()
    office = later(office)
    beside = erased_list.read(office.register_path)
    assert beside is not None
    assert beside.swept
    office.close()
    assert planted_in(office.register_path) == set()


def test_a_disk_that_fails_after_the_act_leaves_the_rest_to_the_next_start(
    planted: tuple[Office, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is destroyed: to say that nothing was changed would be wrong, and its traces go."""
    office, person = planted

    def fails(_register: Register) -> bool:
        raise StorageError("full")

    with monkeypatch.context() as disk:
        disk.setattr(erasing, "clean", fails)
        done = erasure.erase(office, person, "asked", drop_copies=True)
    assert not done.swept
    assert done.dropped == 0
    assert [one.person for one in erasures.files(office.register.db)] == [person]
    beside = erased_list.read(office.register_path)
    assert beside is not None
    assert (beside.swept, beside.files) == (False, ())
    office = later(office)
    beside = erased_list.read(office.register_path)
    assert beside is not None
    assert (beside.swept, [one for one, _digest in beside.files]) == (True, [person])
    kept = kept_by(office, tmp_path)
    office.close()
    assert planted_in(kept) == set()


def test_nobody_is_erased_where_the_next_start_cannot_be_told(
    planted: tuple[Office, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, person = planted

    def full(_path: Path, _told: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(erased_list, "put", full)
    with pytest.raises(AppError, match="full"):
        erasure.erase(office, person, "asked")
    assert people.file(office, person).person.family_name == FAMILY
    assert erasures.files(office.register.db) == []
    office.close()


def test_an_import_that_brought_them_is_undone_for_all_others(
    office: Office, tmp_path: Path
) -> None:
    rows = [build.a_row(number) for number in range(1, 4)]
    build.import_file(office, build.a_list(tmp_path / "list.xlsx", rows))
    office = later(office)
    erasure.erase(office, 2, "asked")
    history.undo(office)
    assert len(people.ids(office, PeopleFilter(), "id")) == 0
    assert sound(office)
    history.undo(office, history.acts(office)[0].id)
    assert len(people.ids(office, PeopleFilter(), "id")) == 2
    assert sound(office)


def test_somebody_whom_no_act_has_erased_cannot_be_hidden(office: Office) -> None:
    person = build.invite(office, 1)
    sound(office)
    db = office.register.db
    db.execute_sql("INSERT INTO erased_file VALUES (?, 1)", (person,))
    db.execute_sql("DELETE FROM standing")
    db.search.forget([person])
    assert checking.check(office).derived == f"differs: person: {person}"
