# SPDX-License-Identifier: Apache-2.0
"""Scans: kept once, carried by copies and encryption, opened in private, checked by their hash."""

from __future__ import annotations

import hashlib
import re
import stat
import sys
from pathlib import Path

import pytest
from office_builders import TODAY, add_member, invite, merge

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.documents import media
from imp_plus_desktop.domain.documents.media import MediaType
from imp_plus_desktop.domain.records.papers import Document
from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType
from imp_plus_desktop.domain.values.errors import DomainError, ExchangeError
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import maintenance, restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import attachments, documents, people
from imp_plus_desktop.services.people.attachments import ScanCopies
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.storage.reads import figures
from imp_plus_desktop.words.messages import error_text

PDF = b"%PDF-1.4\n" + b"x" * 1000
CSQ = DocumentType.CSQ


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "Benali CSQ.pdf"
    path.write_bytes(PDF)
    return path


def the_document(office: Office, person: int) -> Document:
    (found,) = people.file(office, person).documents
    return found


def test_a_scan_is_kept_once_and_comes_out_as_it_went_in(office: Office, scan: Path) -> None:
    first, second = invite(office, 1), invite(office, 2)
    attachments.attach(office, first, CSQ, scan)
    attachments.attach(office, second, CSQ, scan)
    assert figures.count(office.register, "attachment") == 1
    found = the_document(office, first)
    assert (found.state, found.received_on) == (DocumentState.RECEIVED, TODAY)
    kept = attachments.scan(office, second, CSQ)
    assert (kept.name, kept.media_type, kept.content) == (scan.name, MediaType.PDF, PDF)


def test_a_reviewed_document_stays_reviewed_and_the_same_scan_again_changes_nothing(
    office: Office, scan: Path
) -> None:
    person = invite(office)
    documents.set_document(office, person, CSQ, DocumentState.REVIEWED)
    attachments.attach(office, person, CSQ, scan)
    assert the_document(office, person).state is DocumentState.REVIEWED
    assert attachments.attach(office, person, CSQ, scan).act is None


def test_undoing_unties_the_scan_and_the_bytes_stay(office: Office, scan: Path) -> None:
    person = invite(office)
    documents.set_document(office, person, CSQ, DocumentState.REQUIRED)
    attachments.attach(office, person, CSQ, scan)
    history.undo(office)
    found = the_document(office, person)
    assert (found.state, found.attachment) == (DocumentState.REQUIRED, None)
    assert figures.count(office.register, "attachment") == 1
    history.undo(office, history.acts(office)[0].id)
    assert attachments.scan(office, person, CSQ).content == PDF


def test_a_members_scan_is_not_the_principals(office: Office, scan: Path) -> None:
    person = invite(office)
    member = add_member(office, person)
    attachments.attach(office, person, DocumentType.PASSPORT, scan, member)
    with pytest.raises(DomainError, match="scan_missing"):
        attachments.scan(office, person, DocumentType.PASSPORT)
    assert attachments.scan(office, person, DocumentType.PASSPORT, member).content == PDF
    other = invite(office, 2)
    with pytest.raises(DomainError, match="member_not_found"):
        attachments.attach(office, other, DocumentType.PASSPORT, scan, member)


def test_a_document_with_a_scan_is_not_forgotten_as_a_whole(office: Office, scan: Path) -> None:
    person = invite(office)
    attachments.attach(office, person, CSQ, scan)
    with pytest.raises(DomainError, match="scan_kept"):
        documents.set_document(office, person, CSQ, None)
    attachments.detach(office, person, CSQ)
    documents.set_document(office, person, CSQ, None)
    assert people.file(office, person).documents == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ\x90\x00", "scan_program"),
        (b"GIF89a\x01\x00", "scan_refused"),
        (b"", "empty_file"),
        (None, "file_not_found"),
    ],
)
def test_what_is_no_document_is_refused_and_nothing_is_kept(
    office: Office, tmp_path: Path, content: bytes | None, code: str
) -> None:
    person = invite(office)
    source = tmp_path / "facture.pdf"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(ExchangeError, match=code):
        attachments.attach(office, person, CSQ, source)
    assert figures.count(office.register, "attachment") == 0


def test_a_file_over_the_limit_is_refused(
    office: Office, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "MOST_BYTES", len(PDF) - 1)
    with pytest.raises(ExchangeError, match="scan_too_large"):
        attachments.attach(office, invite(office), CSQ, scan)
    monkeypatch.setattr(attachments, "MOST_BYTES", len(PDF))
    attachments.attach(office, 1, CSQ, scan)
    assert media.MOST_BYTES == 25 * 1024 * 1024


@pytest.mark.of_a_file("passphrases are those of files")
def test_copies_restoring_and_encryption_take_scans_along(
    office: Office, scan: Path, tmp_path: Path
) -> None:
    person = invite(office)
    attachments.attach(office, person, CSQ, scan)
    copy = maintenance.save_copy(office, tmp_path)
    attachments.detach(office, person, CSQ)
    restoring.restore(office, copy)
    assert attachments.scan(office, person, CSQ).content == PDF
    passphrases.change(office, passphrases.SET, "cheval correct")
    assert PDF not in office.register_path.read_bytes()
    assert attachments.scan(office, person, CSQ).content == PDF
    assert checking.check(office).passed
    office.close()
    again = open_office(office.register_path, today=TODAY, passphrase="cheval correct")
    assert attachments.scan(again, person, CSQ).content == PDF
    again.close()


def test_a_scan_changed_by_hand_or_gone_is_found(office: Office, scan: Path) -> None:
    attachments.attach(office, invite(office), CSQ, scan)
    assert checking.check(office).attachments == "ok"
    office.register.db.execute_sql("UPDATE attachment SET content = ?", (b"\0",))
    assert checking.check(office).attachments.startswith("differs")
    assert not checking.check(office).passed
    office.register.db.execute_sql("DELETE FROM attachment")
    assert checking.check(office).attachments.startswith("differs")


def test_a_copy_to_look_at_is_private_nameless_and_gone_at_the_end(
    office: Office, scan: Path
) -> None:
    person = invite(office)
    attachments.attach(office, person, CSQ, scan)
    copies = ScanCopies()
    path = copies.make(attachments.scan(office, person, CSQ))
    assert path.read_bytes() == PDF
    assert path.suffix == ".pdf"
    assert "benali" not in str(path.relative_to(path.parent.parent)).lower()
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o400
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    copies.close()
    assert not path.parent.exists()
    copies.close()


def test_a_scan_is_written_to_a_file_or_into_a_folder(
    office: Office, scan: Path, tmp_path: Path
) -> None:
    person = invite(office)
    attachments.attach(office, person, CSQ, scan)
    attachments.extract(office, person, CSQ, tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes() == PDF
    folder = tmp_path / "sortie"
    folder.mkdir()
    done = attachments.extract(office, person, CSQ, folder)
    assert done.path == folder / f"csq-{done_sha(done)[:8]}.pdf"
    assert done.path.read_bytes() == PDF


@pytest.mark.parametrize(
    "name",
    ["../../outside.pdf", "/etc/cron.d/x", "C:\\x\\y.exe", "..", "Tremblay J.exe", "CON"],
)
def test_a_scan_taken_out_has_a_name_and_an_ending_of_ours(
    office: Office, scan: Path, tmp_path: Path, name: str
) -> None:
    person = invite(office)
    attachments.attach(office, person, CSQ, scan)
    with office.act("test.rename") as act:
        act.update("document", the_document(office, person).id, {"attachment_name": name})
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    before = set(tmp_path.rglob("*"))
    done = attachments.extract(office, person, CSQ, folder)
    assert done.scan.name == name  # what is shown is what came
    assert set(tmp_path.rglob("*")) - before == {done.path}
    assert re.fullmatch(r"csq-[0-9a-f]{8}\.pdf", done.path.name)
    program = attachments.extract(office, person, CSQ, tmp_path / "x.exe")
    assert program.path == tmp_path / "x.exe.pdf"
    assert not (tmp_path / "x.exe").exists()


def done_sha(done: attachments.Extracted) -> str:
    return hashlib.sha256(done.scan.content).hexdigest()


def test_why_a_file_is_not_kept_is_said(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"\x7fELF\x02%PDF-1.4")
    with pytest.raises(ExchangeError, match="scan_program"):
        attachments.attach(office, invite(office), CSQ, path)
    for code in media.Refused:
        assert error_text(ExchangeError(code.value)) != code.value


def test_merging_two_files_keeps_the_scan_of_a_member_of_both(office: Office, scan: Path) -> None:
    left, right = invite(office, 1), invite(office, 2)
    kept, gone = add_member(office, left), add_member(office, right)
    passport = DocumentType.PASSPORT
    documents.set_document(office, left, passport, DocumentState.RECEIVED, member_id=kept)
    attachments.attach(office, right, passport, scan, gone)
    merge(office, left, right)
    assert attachments.scan(office, left, passport, kept).content == PDF
