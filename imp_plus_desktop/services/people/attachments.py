# SPDX-License-Identifier: Apache-2.0
"""Scans of documents: put into the register, looked at in a private copy, taken out to a file.

What a scan is, its bytes say. A copy to look at lies in a folder of its own that only its user
may enter, under a name that tells nothing, and goes when the program ends.
"""

from __future__ import annotations

import weakref
from contextlib import ExitStack
from pathlib import Path

from imp_plus_desktop import plain_files, plain_text, private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.documents.media import ENDINGS, MOST_BYTES, MediaType, Refused, look
from imp_plus_desktop.domain.reads.outward import Out, OutForm, OutKind, OutPaper
from imp_plus_desktop.domain.records.ids import ActId, MemberId
from imp_plus_desktop.domain.records.papers import Document
from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType
from imp_plus_desktop.domain.values.errors import ExchangeError, InvalidInput, StorageError
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.outward import leaving
from imp_plus_desktop.services.people import documents
from imp_plus_desktop.storage.archive import attachments

MEBIBYTE = 1024 * 1024
_OTHER_ENDINGS = {MediaType.JPEG: (".jpeg",), MediaType.TIFF: (".tiff",)}


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that lies nowhere: its name and its bytes, as a message or the clipboard has them."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Attached:
    """What was kept: the scan's name, what it is, and the act (None when nothing changed)."""

    act: ActId | None
    sha256: str
    media_type: MediaType


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan with the name of the file that it came from, which is only to be shown.

    `file_name` is the name of a copy: made of the document and of the bytes, so that it tells
    nobody's name, leads to no other folder and ends as what the scan is.
    """

    name: str
    media_type: MediaType
    content: bytes
    file_name: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """A scan and the file that it was written to."""

    path: Path
    scan: Scan


def attach(
    office: Office,
    person_id: int,
    kind: DocumentType,
    source: Path | Handed,
    member_id: int | None = None,
) -> Attached:
    """Keep a file as the scan of a document, which has arrived with it.

    Errors: DomainError person_not_found, member_not_found; ExchangeError file_not_found,
    empty_file, scan_too_large, and the codes of `media.Refused`.
    """
    content = source.content if isinstance(source, Handed) else _read(source)
    told = _told(content)
    member = None if member_id is None else MemberId(member_id)
    with office.act("people.scan") as act:
        file = person_file.file_of(office, person_id)
        documents.check_member(file, member)
        sha256 = attachments.digest(content)
        held = documents.find(file, kind, member)
        wanted = {"attachment": sha256}
        if held is None or not act.left_alone("document", held.id, wanted):
            attachments.store(act, told.value, content)
        name = plain_text.mended(source.name)
        values: dict[str, object] = {"attachment": sha256, "attachment_name": name}
        if held is None or held.state not in documents.ARRIVED:
            values |= {"state": DocumentState.RECEIVED, "received_on": office.clock.today()}
        if held is None:
            values |= {"type": kind, "person_id": person_id, "member_id": member}
            act.insert("document", values)
        else:
            act.update("document", held.id, values)
    return Attached(act.id, sha256, told)


def detach(
    office: Office, person_id: int, kind: DocumentType, member_id: int | None = None
) -> Changed:
    """Untie a document from its scan; the register keeps the bytes, as an undo needs them.

    Errors: DomainError person_not_found, scan_missing.
    """
    with office.act("people.scan") as act:
        held = _document(office, person_id, kind, member_id)
        act.update("document", held.id, {"attachment": None, "attachment_name": None})
    return Changed(act.id, (kind.value,))


def scan(office: Office, person_id: int, kind: DocumentType, member_id: int | None = None) -> Scan:
    """The scan of a document. Errors: DomainError person_not_found, scan_missing."""
    office.must_see_all()
    held = _document(office, person_id, kind, member_id)
    stored = attachments.read(office.register, held.attachment or "")
    if stored is None:
        raise InvalidInput("scan_missing")
    told = MediaType(stored.media_type)
    file_name = f"{kind.value}-{(held.attachment or '')[:8]}{ENDINGS[told]}"
    return Scan(held.attachment_name or file_name, told, stored.content, file_name)


def extract(
    office: Office,
    person_id: int,
    kind: DocumentType,
    target: Path,
    member_id: int | None = None,
) -> Extracted:
    """Write a scan to a file, or into a folder under its own `file_name`.

    The file ends as what the scan is, and its leaving is recorded. Errors: as `scan`, and
    StorageError cannot_copy, not_recorded.
    """
    office.must_see_all()
    found = scan(office, person_id, kind, member_id)
    ending = ENDINGS[found.media_type]
    path = target / found.file_name if target.is_dir() else target
    if path.suffix.lower() not in (ending, *_OTHER_ENDINGS.get(found.media_type, ())):
        path = path.with_name(path.name + ending)
    if plain_files.kind_of(path) is plain_files.Kind.SPECIAL:
        raise StorageError("cannot_copy")
    out = Out(OutKind.EXPORT, OutPaper.SCAN, OutForm.SCAN, 1, (person_id,))
    try:
        leaving.write(office, path, found.content, out)
    except ExchangeError as error:
        known = error.code in (plain_files.FULL, plain_files.NO_ANSWER, plain_files.READ_ONLY)
        raise StorageError(error.code if known else "cannot_copy") from None
    except ValueError:
        raise StorageError("cannot_copy") from None
    return Extracted(path, found)


class ScanCopies:
    """Private copies of scans to look at, for as long as the program runs."""

    def __init__(self) -> None:
        self._stay = ExitStack()
        self._folder: Path | None = None
        self._made = 0

    def make(self, scan: Scan) -> Path:
        """Write a read-only copy under a name that tells nothing. Errors: cannot_copy."""
        try:
            if self._folder is None:
                # It goes at the end even when nobody closes it, and after a kill at the next start.
                self._folder = self._stay.enter_context(private.scratch_folder())
                self._removal = weakref.finalize(self, self._stay.close)
            self._made += 1
            path = self._folder / f"document-{self._made}{ENDINGS[scan.media_type]}"
            private.write(path, scan.content)
            path.chmod(0o400)
        except OSError as error:
            raise StorageError(plain_files.trouble(error, "cannot_copy")) from None
        return path

    def close(self) -> None:
        """Remove every copy."""
        if self._folder is not None:
            self._removal()
            self._folder = None


def _document(
    office: Office, person_id: int, kind: DocumentType, member_id: int | None
) -> Document:
    file = person_file.file_of(office, person_id)
    member = None if member_id is None else MemberId(member_id)
    documents.check_member(file, member)
    held = documents.find(file, kind, member)
    if held is None or held.attachment is None:
        raise InvalidInput("scan_missing")
    return held


def _read(source: Path) -> bytes:
    """A file's bytes, never more than the limit."""
    # A window that begins with a list reads no file.
    from imp_plus_desktop.exchange.readers.whole_file import read_whole

    too_large = ExchangeError("scan_too_large", limit=MOST_BYTES // MEBIBYTE)
    return read_whole(source, MOST_BYTES, too_large)


def _told(content: bytes) -> MediaType:
    told = look(content)
    if isinstance(told, Refused):
        raise ExchangeError(told.value)
    return told
