# SPDX-License-Identifier: Apache-2.0
"""The templates of letters: those that the program brings, and the office's own.

    templates(office) -> the shipped ones in their order, then the office's by name
    content(office, key, language) -> bytes
    add, replace, rename, remove, restore_shipped          each one act

A template has a version in each language, or in one. The office's stand in the register, so that
they travel with it and its copies; one of them may stand in the place of a shipped one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from imp_plus_desktop import paths, plain_files, plain_text, private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.documents.media import MediaType
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import ExchangeError, InvalidInput, StorageError
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.exchange.correspondence import letter_process
from imp_plus_desktop.exchange.correspondence.filled import Checked, Mistake
from imp_plus_desktop.exchange.readers.whole_file import read_whole
from imp_plus_desktop.languages import LANGUAGES
from imp_plus_desktop.services.correspondence import letter_fields
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive import attachments
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.reads import queries
from imp_plus_desktop.words.correspondence.letter_words import SHIPPED, template_name

_ENDING = ".docx"


class TemplateMistakes(ExchangeError):
    """A template that cannot be filled; `mistakes` say why."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        # Lines of a template may hold a name: they are told, and never logged.
        super().__init__("template_mistakes")
        self.mistakes = tuple(mistakes)


@dataclass(frozen=True, slots=True)
class Template:
    """A letter that can be made. `key` is its shipped name, or the office's own.

    `languages` are those in which it is there; in those of `changed` it is the office's.
    """

    key: str
    name: str
    languages: tuple[str, ...]
    changed: frozenset[str] = frozenset()
    is_shipped: bool = False


@dataclass(frozen=True, slots=True)
class _Stored:
    id: int
    shipped: str | None
    name: str
    language: str
    content: str

    @property
    def key(self) -> str:
        return self.shipped or self.name


def templates(office: Office) -> list[Template]:
    """Every template: the shipped ones in their order, then the office's own by name."""
    rows = _stored(office)
    shipped = [
        Template(
            key,
            template_name(key, key),
            LANGUAGES,
            frozenset(row.language for row in rows if row.shipped == key),
            is_shipped=True,
        )
        for key in SHIPPED
    ]
    own: dict[str, list[str]] = {}
    for row in rows:
        if row.shipped is None:
            own.setdefault(row.name, []).append(row.language)
    named = sorted(own, key=fold)
    return shipped + [
        Template(name, name, tuple(sorted(own[name], reverse=True)), frozenset(own[name]))
        for name in named
    ]


def find(office: Office, key: str) -> Template:
    """A template by its key, or by what it is called. Errors: DomainError template_unknown."""
    wanted = fold(key)
    for one in templates(office):
        if key == one.key or wanted == fold(one.name):
            return one
    raise InvalidInput("template_unknown")


def content(office: Office, key: str, language: str) -> bytes:
    """A template's bytes in a language. Errors: DomainError template_unknown."""
    row = _row(_stored(office), key, language)
    if row is not None:
        stored = attachments.read(office.register, row.content)
        if stored is None:
            raise InvalidInput("template_unknown")
        return stored.content
    if key not in SHIPPED or language not in LANGUAGES:
        raise InvalidInput("template_unknown")
    return (paths.resource("letters") / language / f"{key}{_ENDING}").read_bytes()


def check(content: bytes) -> Checked:
    """What a template uses, and what is wrong with it.

    Errors: ExchangeError, as `letter_process.check`.
    """
    return letter_process.check(content, letter_fields.known())


def refuse_mistakes(content: bytes) -> None:
    """Take no template that cannot be filled. Errors: TemplateMistakes; as `check`."""
    if mistakes := check(content).mistakes:
        raise TemplateMistakes(mistakes)


def read(source: Path) -> bytes:
    """A template's bytes from a file.

    Errors: ExchangeError not_a_file, file_not_found, letter_too_large, empty_file.
    """
    return read_whole(source, letter_process.MOST_BYTES, ExchangeError("letter_too_large"))


def write_out(office: Office, key: str, language: str, target: Path) -> Path:
    """Write a template to a file, to be changed in Word. Errors: StorageError cannot_copy."""
    path = target if target.suffix.lower() == _ENDING else target.with_name(target.name + _ENDING)
    found = content(office, key, language)
    try:
        private.write(path, found)
    except OSError as error:
        raise StorageError(plain_files.trouble(error, "cannot_copy")) from None
    except ValueError:
        raise StorageError("cannot_copy") from None
    return path


def add(office: Office, name: str, language: str, template: bytes) -> ActId | None:
    """Keep a template of the office's own.

    Errors: DomainError name_missing, template_exists, unwritable_text.
    """
    called = _named(name)
    with office.act("letters.template") as act:
        rows = _stored(office)
        _refuse_taken(rows, called, language)
        values = {"shipped": None, "name": called, "language": language}
        act.insert("letter_template", {**values, "content": _kept(act, template)})
    return act.id


def replace(office: Office, key: str, language: str, template: bytes) -> ActId | None:
    """Put another file in a template's place, or add the language that it lacked.

    Errors: DomainError template_unknown.
    """
    with office.act("letters.template") as act:
        rows = _stored(office)
        known = [row for row in rows if row.key == key]
        if not known and key not in SHIPPED:
            raise InvalidInput("template_unknown")
        row = _row(rows, key, language)
        wanted = {"content": attachments.digest(template)}
        if row is None:
            shipped = key if key in SHIPPED else None
            named = {"shipped": shipped, "name": key, "language": language}
            act.insert("letter_template", {"content": _kept(act, template), **named})
        elif not act.left_alone("letter_template", row.id, wanted):
            # Where theirs was chosen nothing comes in: no act would tell of these bytes.
            act.update("letter_template", row.id, {"content": _kept(act, template)})
    return act.id


def rename(office: Office, key: str, name: str) -> ActId | None:
    """Call a template of the office's own otherwise, in every language.

    Errors: DomainError name_missing, template_exists, template_unknown, unwritable_text.
    """
    called = _named(name)
    with office.act("letters.template") as act:
        rows = _stored(office)
        own = [row for row in rows if row.shipped is None and row.name == key]
        if not own:
            raise InvalidInput("template_unknown")
        _refuse_taken([row for row in rows if row not in own], called, None)
        for row in own:
            act.update("letter_template", row.id, {"name": called})
    return act.id


def remove(office: Office, key: str, language: str | None = None) -> ActId | None:
    """Take a template of the office's own away, or what it has put in a shipped one's place: the
    shipped one counts again. Errors: DomainError template_unknown."""
    with office.act("letters.template_removed") as act:
        rows = [row for row in _stored(office) if row.key == key]
        gone = [row for row in rows if language in (None, row.language)]
        if not gone:
            raise InvalidInput("template_unknown")
        for row in gone:
            act.delete("letter_template", row.id)
    return act.id


def _stored(office: Office) -> list[_Stored]:
    return queries.everything(office.register, "letter_template", _Stored)


def _row(rows: list[_Stored], key: str, language: str) -> _Stored | None:
    return next((row for row in rows if (row.key, row.language) == (key, language)), None)


def _kept(act: Act, template: bytes) -> str:
    return attachments.store(act, MediaType.DOCX.value, template)


def _named(name: str) -> str:
    called = " ".join(plain_text.mended(name).split())
    if not called:
        raise InvalidInput("name_missing")
    return called


def _refuse_taken(rows: list[_Stored], name: str, language: str | None) -> None:
    """No two templates have one name. Errors: DomainError template_exists."""
    shipped = {fold(template_name(key, key)) for key in SHIPPED} | set(SHIPPED)
    taken: Mapping[str, list[str]] = {
        fold(row.name): [one.language for one in rows if fold(one.name) == fold(row.name)]
        for row in rows
        if row.shipped is None
    }
    languages = taken.get(fold(name), [])
    if fold(name) in shipped or (languages and (language is None or language in languages)):
        raise InvalidInput("template_exists")
