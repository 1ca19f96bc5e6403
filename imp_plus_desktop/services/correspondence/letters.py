# SPDX-License-Identifier: Apache-2.0
"""Letters to people: what each lacks is told first, then they are made, saved and recorded.

    foresee(office, order) -> Foreseen        what is asked, and who lacks what: nothing is made
    make(office, order) -> Made               the letters as Word files and as pages
    keep(office, made, to_pdf, folder) -> Kept     files, and one act in all their logs

Made is what was shown: keeping it makes nothing anew. A letter is kept with the line of the log
that tells of it, and files have nobody's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from functools import lru_cache
from html import unescape
from pathlib import Path

from imp_plus_desktop import i18n, plain_files, private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.documents.media import MediaType
from imp_plus_desktop.domain.reads.outward import Out, OutForm, OutKind, OutPaper
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.exchange.correspondence import letter_process
from imp_plus_desktop.exchange.correspondence.filled import Checked, Filled, Sheet, Value
from imp_plus_desktop.languages import LANGUAGES
from imp_plus_desktop.services.correspondence import letter_fields, templates
from imp_plus_desktop.services.correspondence.letter_fields import language_of
from imp_plus_desktop.services.correspondence.templates import TemplateMistakes
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.outward import leaving
from imp_plus_desktop.services.people import contacts
from imp_plus_desktop.services.people.contacts import Written
from imp_plus_desktop.services.several import many
from imp_plus_desktop.services.several.many import Change, LeftOut
from imp_plus_desktop.words.correspondence.letter_words import (
    ASKED,
    contact_text,
    enclosed_text,
    file_word,
    subject_text,
)

BLANK = "________"
"""Stands where a letter needs what is not known: to be filled in by hand."""
_NAME = "{name}-{day}-{number}{again}"


@dataclass(frozen=True, slots=True)
class Order:
    """Which letter, to whom, and what was typed for all of them.

    `language` is empty for each person's own.
    """

    template: str
    people: tuple[int, ...]
    typed: Mapping[str, str] = field(default_factory=dict)
    language: str = ""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a letter asks to be typed, and by field who lacks what it needs.

    `languages` are how many letters there will be in each; `otherwise` counts those that are not
    in the person's language, because the template is not there in it.
    """

    asked: tuple[str, ...]
    lacking: Mapping[str, tuple[int, ...]]
    languages: Mapping[str, int]
    otherwise: int = 0


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to somebody."""

    person: int
    language: str
    filled: Filled


@dataclass(frozen=True, slots=True)
class Made:
    """Letters that are made, and the name of their template in the language in use."""

    letters: tuple[Letter, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Kept:
    """`act` is None where nothing was recorded; `files` are those that were written."""

    act: ActId | None
    files: tuple[Path, ...]
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class _Batch:
    """The people who are written to in one language."""

    language: str
    content: bytes
    checked: Checked
    files: tuple[PersonFile, ...]
    values: tuple[dict[str, Value], ...]


def foresee(office: Office, order: Order) -> Foreseen:
    """Look at the template and at the files. Errors: TemplateMistakes; as `templates.check`."""
    batches, otherwise = _batches(office, order)
    used = {name for batch in batches for name in batch.checked.used}
    lacking: dict[str, list[int]] = {}
    for batch in batches:
        for file, held in zip(batch.files, batch.values, strict=True):
            for name in batch.checked.needed:
                if not held.get(name):
                    lacking.setdefault(name, []).append(int(file.person.id))
    return Foreseen(
        tuple(name for name in ASKED if name in used),
        {name: tuple(people) for name, people in lacking.items()},
        {batch.language: len(batch.files) for batch in batches if batch.files},
        otherwise,
    )


def make(office: Office, order: Order, progress: Progress | None = None) -> Made:
    """Fill the letters, in the order of the people. Errors: TemplateMistakes; ExchangeError as
    `letter_process.fill`; Cancelled."""
    batches, _otherwise = _batches(office, order)
    whole = sum(len(batch.files) for batch in batches)
    done: dict[int, Letter] = {}
    for batch in batches:
        before = len(done)

        def tell(count: int, _total: int, before: int = before) -> None:
            if progress is not None:
                progress.step(before + count, whole)

        blanks = [_with_blanks(held, batch.checked) for held in batch.values]
        filled = letter_process.fill(batch.content, blanks, progress=tell)
        for file, one in zip(batch.files, filled, strict=True):
            person = int(file.person.id)
            done[person] = Letter(person, batch.language, one)
    letters = tuple(done[person] for person in dict.fromkeys(order.people) if person in done)
    return Made(letters, templates.find(office, order.template).name)


def keep(
    office: Office,
    made: Made,
    to_pdf: Callable[[Sheet, str], bytes] | None,
    folder: Path | None = None,
    *,
    record: bool = True,
    progress: Progress | None = None,
) -> Kept:
    """Save the letters into a folder, and record them in the logs of all these people as one act.

    Without `to_pdf` there is no PDF, and the Word file is what the log keeps. What is not to stand
    in the logs is recorded as having left. Where the act does not come about, no file stays.
    Errors: StorageError cannot_copy, not_recorded; as `many.carry_out`.
    """
    pdfs = {}
    for place, letter in enumerate(made.letters):
        if progress is not None:
            progress.step(place, len(made.letters))
        if to_pdf is not None:
            pdfs[letter.person] = to_pdf(letter.filled.sheet, made.name)
    written = [] if folder is None else _written(office, made, pdfs, folder)
    try:
        if not record:
            if written:
                note_left(office, made, OutForm.WORD if to_pdf is None else OutForm.PDF)
            return Kept(None, tuple(written))
        done = many.carry_out(
            office, _change(made, pdfs), [letter.person for letter in made.letters]
        )
    except BaseException:
        _taken_back(written)
        raise
    return Kept(done.act, tuple(written), done.plan.left_out)


def note_left(office: Office, made: Made, form: OutForm) -> None:
    """Record that letters left in a form of which no log tells. Errors: StorageError
    not_recorded."""
    people = tuple(letter.person for letter in made.letters)
    leaving.note(office, Out(OutKind.LETTER, OutPaper.LETTER, form, len(people), people))


def _change(made: Made, pdfs: Mapping[int, bytes]) -> Change:
    """The letter in the log of each of these people."""
    letters = {letter.person: letter for letter in made.letters}

    def each(office: Office, person: int) -> None:
        pdf = pdfs.get(person)
        kind = MediaType.PDF if pdf is not None else MediaType.DOCX
        content = pdf if pdf is not None else letters[person].filled.docx
        contacts.write(office, person, contact_text(made.name), Written(made.name, kind, content))

    return Change("letters.make", each)


def _batches(office: Office, order: Order) -> tuple[list[_Batch], int]:
    template = templates.find(office, order.template)
    otherwise, by_language = 0, dict[str, list[PersonFile]]()
    for file in letter_fields.files(office, order.people):
        wanted = order.language or language_of(file)
        language = wanted if wanted in template.languages else template.languages[0]
        otherwise += language != wanted
        by_language.setdefault(language, []).append(file)
    if not by_language:
        by_language[template.languages[0]] = []
    batches = []
    for language, files in by_language.items():
        content = templates.content(office, template.key, language)
        checked = _checked(content)
        if checked.mistakes:
            raise TemplateMistakes(checked.mistakes)
        held = letter_fields.values(office, files, language, order.typed)
        batches.append(_Batch(language, content, checked, tuple(files), tuple(held)))
    return batches, otherwise


@lru_cache(maxsize=8)
def _checked(content: bytes) -> Checked:
    return templates.check(content)


def _with_blanks(held: Mapping[str, Value], checked: Checked) -> dict[str, Value]:
    """The values with a line to write on where the letter needs what is not known of somebody."""
    empty = (name for name in checked.needed if not held.get(name))
    return {**held, **{name: BLANK for name in empty if name not in letter_fields.NO_BLANK}}


def _written(office: Office, made: Made, pdfs: Mapping[int, bytes], folder: Path) -> list[Path]:
    """The files, none of which was there before. Errors: StorageError cannot_copy."""
    written: list[Path] = []
    try:
        private.make_folder(folder)
        for letter in made.letters:
            stem = _free(office, folder, letter)
            contents = {".docx": letter.filled.docx, ".pdf": pdfs.get(letter.person)}
            for ending, content in contents.items():
                if content is not None:
                    path = folder / f"{stem}{ending}"
                    private.write(path, content)
                    written.append(path)
    except (OSError, ValueError) as error:
        _taken_back(written)
        code = plain_files.trouble(error, "cannot_copy") if isinstance(error, OSError) else ""
        raise StorageError(code or "cannot_copy") from None
    return written


def _free(office: Office, folder: Path, letter: Letter) -> str:
    """What a letter's files are called: the day and the file's number here, and nobody's name."""
    with i18n.speaking(letter.language):
        name = file_word()
    day, again = i18n.format_iso(office.clock.today()), ""
    for count in range(1, 10_000):
        stem = _NAME.format(name=name, day=day, number=letter.person, again=again)
        if not any((folder / f"{stem}{ending}").exists() for ending in (".docx", ".pdf")):
            return stem
        again = f"-{count + 1}"
    raise StorageError("cannot_copy")


def _taken_back(written: Sequence[Path]) -> None:
    for path in written:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def subject_of(made: Made) -> str:
    """What a draft of an e-mail that goes with the letters is about, in their language."""
    with i18n.speaking(_spoken(made)):
        return subject_text()


def cover_text(made: Made) -> str:
    """What such a draft says where the letter itself is attached."""
    with i18n.speaking(_spoken(made)):
        return enclosed_text()


def text_of(made: Made) -> str:
    """The text of the first letter, line by line."""
    if not made.letters:
        return ""
    html = re.sub(r"<br/>|</p>", "\n", made.letters[0].filled.sheet.body)
    lines = unescape(re.sub(r"<[^>]*>", "", html)).replace("\u00a0", " ").split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip()


def _spoken(made: Made) -> str:
    languages = {letter.language for letter in made.letters}
    return languages.pop() if len(languages) == 1 else LANGUAGES[0]
