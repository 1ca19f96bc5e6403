# SPDX-License-Identifier: Apache-2.0
"""The programmes that an office has: the shipped ones, and files of its own.

    programmes(office), find(office, key)
    look(office, content) -> what taking a file would do      nothing is written
    take(office, content), remove(office, key)                each one act
    store(office, act, content)                               the same within another act
    write_out(office, key, path)

A file stands in the register as its text, so that every desk has it and undo takes it back. One
with a shipped programme's key stands in its place; the main programme's place is nobody's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from imp_plus_desktop import plain_files, private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.letters.letters import letter_can_serve
from imp_plus_desktop.domain.programmes.loading import Mistake
from imp_plus_desktop.domain.programmes.parameters import Known
from imp_plus_desktop.domain.programmes.programme_file import ProgrammeFile
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import (
    InvalidInput,
    Refused,
    StorageError,
)
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.domain.verdict.routes import RouteTable
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.programmes.reading import (
    MOST_BYTES,
    ProgrammeMistakes,
    known_names,
    placed,
    programme_of,
    text_of,
)
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.reads import figures, queries

if TYPE_CHECKING:
    from imp_plus_desktop.exchange.values.vocabulary import Vocabulary

_ENDING = ".toml"


@dataclass(frozen=True, slots=True)
class _Stored:
    id: int
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What taking a file would do: which programme it is, whether one stands in its place already,
    and whether the very same does."""

    programme: ProgrammeFile
    replaces: ProgrammeFile | None
    is_same: bool


def programmes(office: Office) -> tuple[ProgrammeFile, ...]:
    """Every programme: the main one, the other shipped ones, then the office's own by name. What
    an office has in the place of a shipped one stands there. A file that this version of the
    program cannot read is left out: `unread` tells it."""
    own = {one.key: one for one in _own(office)}
    shipped = tuple(own.pop(one.key, one) for one in office.load_programmes())
    return (*shipped, *sorted(own.values(), key=lambda one: fold(one.name.fr)))


def own_keys(office: Office) -> frozenset[str]:
    """The keys of programmes whose file is the office's."""
    return frozenset(row.key for row in _rows(office))


def unread(office: Office) -> tuple[str, ...]:
    """The keys of taken files that this version of the program cannot read any more."""
    readable = {one.key for one in _own(office)}
    return tuple(row.key for row in _rows(office) if row.key not in readable)


def find(office: Office, key: str) -> ProgrammeFile:
    """A programme by its key, or by its name. Errors: DomainError unknown_programme."""
    known, wanted = programmes(office), fold(key)
    for one in known:
        if key == one.key or wanted in (fold(one.name.fr), fold(one.name.en)):
            return one
    raise InvalidInput("unknown_programme", programme=key)


def is_open(office: Office, programme: ProgrammeFile, day: date) -> bool:
    """Whether one may file on a day: of the main programme, with a letter that it still takes."""
    if not programme.is_main:
        return programme.open_on(day)
    figures_of_day = office.programme().on(day)
    return figures_of_day.opened <= day and letter_can_serve(day, figures_of_day)


def table_of_routes(office: Office) -> RouteTable:
    """The other routes, with the office's own programmes among them."""
    own = _own(office)
    return office.routes.beside(one.as_route() for one in own) if own else office.routes


def permits_by_route(office: Office) -> Mapping[str, str]:
    """Which kind of permit each route gives."""
    return {route.key: route.permit for route in table_of_routes(office).routes}


def vocabulary(office: Office) -> Vocabulary:
    """The words of lists, with those that the office's own programmes say of theirs."""
    own = [(one.key, one.listed) for one in _own(office)]
    return office.vocabulary.with_programmes(own) if own else office.vocabulary


def read(source: Path) -> bytes:
    """A programme's bytes from a file.

    Errors: ExchangeError not_a_file, file_not_found, empty_file; ProgrammeMistakes.
    """
    # A window that begins with a list reads no file.
    from imp_plus_desktop.exchange.readers.whole_file import read_whole

    return read_whole(source, MOST_BYTES, ProgrammeMistakes([Mistake("too_large")]))


def look(office: Office, content: bytes) -> Looked:
    """What taking a file would do; nothing is written.

    Errors: ProgrammeMistakes.
    """
    text = text_of(content)
    made = _checked(office, text)
    replaced = next((one for one in programmes(office) if one.key == made.key), None)
    same = any(row.key == made.key and row.text == text for row in _rows(office))
    return Looked(made, replaced, same)


def take(office: Office, content: bytes) -> ActId | None:
    """Keep a programme's file in the register, or put it in the place of the one with its key;
    None where it is there already.

    Errors: ProgrammeMistakes.
    """
    with office.act("programmes.take") as act:
        store(office, act, content)
    return act.id


def store(office: Office, act: Act, content: bytes) -> bool:
    """Keep a programme's file in an act. Returns whether that is new. Errors: ProgrammeMistakes."""
    text = text_of(content)
    made = _checked(office, text)
    present = next((row for row in _rows(office) if row.key == made.key), None)
    if present is not None:
        return bool(act.update("programme_file", present.id, {"text": text}))
    act.insert("programme_file", {"key": made.key, "text": text})
    return True


def remove(office: Office, key: str) -> ActId | None:
    """Take a file of the office's own away; a shipped programme with its key counts again.

    Errors: DomainError unknown_programme; programme_shipped; programme_in_use while files have
    somebody entered under it and nothing stands in its place.
    """
    with office.act("programmes.remove") as act:
        row = next((row for row in _rows(office) if row.key == key), None)
        shipped = any(one.key == key for one in office.load_programmes())
        if row is None:
            raise (
                Refused("programme_shipped")
                if shipped
                else InvalidInput("unknown_programme", programme=key)
            )
        entered = len(figures.people_on_route(office.register, key))
        if entered and not shipped:
            raise Refused("programme_in_use", count=entered)
        act.delete("programme_file", row.id)
    return act.id


def write_out(office: Office, key: str, target: Path) -> Path:
    """Write a programme's file, to be read or changed. Errors: DomainError unknown_programme;
    StorageError cannot_copy."""
    row = next((row for row in _rows(office) if row.key == key), None)
    if row is not None:
        text = row.text
    elif any(one.key == key for one in office.load_programmes()):
        path = office.data_folder / "programmes" / f"{key}{_ENDING}"
        text = path.read_text(encoding="utf-8")
    else:
        raise InvalidInput("unknown_programme", programme=key)
    path = target if target.suffix.lower() == _ENDING else target.with_name(target.name + _ENDING)
    try:
        private.write(path, text.encode("utf-8"))
    except OSError as error:
        raise StorageError(plain_files.trouble(error, "cannot_copy")) from None
    except ValueError:
        raise StorageError("cannot_copy") from None
    return path


def _rows(office: Office) -> list[_Stored]:
    return queries.everything(office.register, "programme_file", _Stored)


def _own(office: Office) -> list[ProgrammeFile]:
    rows = _rows(office)
    if not rows:
        return []
    known, found = _known(office), []
    for row in rows:
        try:
            found.append(programme_of(row.text, known))
        except ProgrammeMistakes:
            continue
    return found


def _known(office: Office) -> Known:
    return known_names(office.vocabulary, office.programme().fees)


def _checked(office: Office, text: str) -> ProgrammeFile:
    """A programme that can stand beside the others. Errors: ProgrammeMistakes."""
    made = programme_of(text, _known(office))
    wrong = []
    shipped = {one.key: one for one in office.load_programmes()}
    if made.key in shipped and shipped[made.key].is_main:
        wrong.append(Mistake("key_is_main", name="key", value=made.key))
    elif made.key not in shipped and office.routes.route(made.key) is not None:
        wrong.append(Mistake("key_is_route", name="key", value=made.key))
    wrong += _of_headers(office, made)
    if wrong:
        raise ProgrammeMistakes(placed(text, wrong))
    return made


def _of_headers(office: Office, made: ProgrammeFile) -> list[Mistake]:
    """Headers of its lists that mean something else already, or are in every list."""
    # Only who takes a file waits for what reads lists.
    from imp_plus_desktop.exchange.columns.headers import exact

    words = office.vocabulary
    taken = [
        Mistake("header_taken", "list.headers", 0, field, text)
        for field, texts in made.listed.headers.items()
        for text in texts
        if exact(text, words) not in (None, field)
    ]
    # Of a shipped programme's own headers, which its new file may keep, the words tell the key.
    common = [
        Mistake("mark_taken", "list", 0, "marks", mark)
        for mark in made.listed.marks
        if exact(mark, words) is not None and words.programme_of([mark]) != made.key
    ]
    return taken + common
