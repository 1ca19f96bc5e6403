# SPDX-License-Identifier: Apache-2.0
"""Keeps the catalogues of sentences in step with the code (Babel, at development time only).

    python tools/catalogues.py                  extract, update and compile
    python tools/catalogues.py --compile        compile only
    python tools/catalogues.py --check          fail when a catalogue is not complete and well set
    python tools/catalogues.py --missing        untranslated French sentences, as JSON
    python tools/catalogues.py --fill FILE      take French translations from such a JSON file

In the JSON a key is the English sentence (with `CONTEXT\\u0004` before it where it has a context)
and its value the French one, or the singular and the plural as a list. Must not be imported by
the program: it only reads the compiled catalogues.
"""

import argparse
import io
import json
import os
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # also where the project is not installed: while it is built

from imp_plus_desktop.languages import LANGUAGES  # noqa: E402

PACKAGE = ROOT / "imp_plus_desktop"
LOCALES = ROOT / "resources" / "locale"
DOMAIN = "imp_plus"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
NO_BREAK_SPACE = "\u00a0"

# Dates and tools in the header would change on every run and tell nothing.
_NOISE = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Generated")


def po_file(language: str) -> Path:
    """The source catalogue of a language."""
    return LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def extract() -> Catalog:
    """Every sentence of the code, in memory."""
    template = Catalog(charset="utf-8")
    found = extract_from_dir(PACKAGE, method_map=[("**.py", "python")], keywords=KEYWORDS)
    for _filename, _line, message, _comments, context in found:
        template.add(message, context=context)
    return template


def load(language: str) -> Catalog:
    """The catalogue of a language as it is on disk, empty when there is none."""
    file = po_file(language)
    if not file.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with file.open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def update(language: str, template: Catalog) -> Catalog:
    """The sentences of the template with the translations that the language has for them.

    Nothing is guessed from a similar sentence; English translates itself.
    """
    old = load(language)
    new = Catalog(
        locale=language,
        project="IMP+ Desktop",
        charset="utf-8",
        fuzzy=False,
        header_comment=f"# IMP+ Desktop, {language}\n# SPDX-License-Identifier: Apache-2.0",
    )
    for message in sentences(template):
        known = old.get(message.id, message.context)
        if language == "en":
            text = message.id
        else:
            text = known.string if known and _same_form(known, message) else _empty(message)
        new.add(message.id, string=text, context=message.context)
    return new


def sentences(catalogue: Catalog) -> Iterator[Message]:
    """The messages of a catalogue without its header."""
    return (message for message in catalogue if message.id)


def write(language: str, catalogue: Catalog) -> None:
    """Write the source catalogue, in an order that does not depend on where sentences stand."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=100, no_location=True, sort_output=True)
    lines = stream.getvalue().decode("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(tuple(f'"{name}' for name in _NOISE))]
    file = po_file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(kept).encode("utf-8")
    if not file.exists() or file.read_bytes() != text:
        file.write_bytes(text)


def compile_all() -> None:
    """Write the .mo file beside each .po file; a reader never sees half of one."""
    for language in LANGUAGES:
        target = po_file(language).with_suffix(".mo")
        # Git ignores this ending: what a killed run leaves behind is never kept with the sources.
        aside = target.with_suffix(f".{os.getpid()}.mo")
        try:
            with aside.open("wb") as stream:
                write_mo(stream, load(language))
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)


def problems() -> list[str]:
    """What is wrong with the catalogues, a line each; empty when they are complete."""
    template = extract()
    wanted = {_key(message) for message in sentences(template)}
    lines = [f"code: {fault}" for m in sentences(template) for fault in _english_faults(m)]
    for language in LANGUAGES:
        catalogue = load(language)
        present = {_key(message) for message in sentences(catalogue)}
        lines += [f"{language}: not in the catalogue: {key[0]!r}" for key in wanted - present]
        lines += [f"{language}: no longer in the code: {key[0]!r}" for key in present - wanted]
        for message in sentences(catalogue):
            lines += [f"{language}: {fault}" for fault in message_faults(message, language)]
    return sorted(lines)


def message_faults(message: Message, language: str) -> list[str]:
    """What is wrong with one translation."""
    name = repr(_forms(message.id)[0])
    texts = _forms(message.string)
    if len(texts) != len(_forms(message.id)) or not all(texts):
        return [f"untranslated: {name}"]
    faults = [f"to be looked at again (fuzzy): {name}"] if message.fuzzy else []
    for index, text in enumerate(texts):
        if not _fields_agree(message, index, text):
            faults.append(f"other placeholders than {name}: {text!r}")
        if language == "fr":
            faults += [f"{fault}: {text!r}" for fault in french_faults(text)]
    return faults


def french_faults(text: str) -> list[str]:
    """Faults of Quebec's typography: straight apostrophes, wrong spaces at marks, three dots."""
    plain = _plain(text)
    faults = []
    if "'" in plain:
        faults.append("straight apostrophe")
    if "..." in plain:
        faults.append("three dots for an ellipsis")
    # As the OQLF has it: a space before : » % $, none before ; ? !. A colon in 10:30 or C:\ has
    # none either, and ;; parts Qt's file filters.
    if re.search(r"(?<!\u00a0)[»%$]|(?<![\u00a0\d]):(?![\\/])", plain[1:]):
        faults.append("no no-break space before a mark")
    if re.search(r"\s[;?!]", plain):
        faults.append("a space before a mark that takes none")
    if re.search(r"«(?!\u00a0)", plain):
        faults.append("no no-break space after «")
    return faults


def set_in_french(text: str) -> str:
    """The text with typographic apostrophes and with the spaces that marks take."""
    parts = re.split(r"(<[^<>]*>|\{[^{}]*\})", text)  # tags and placeholders stay as they are
    for index in range(0, len(parts), 2):
        part = parts[index].replace("'", "’").replace("...", "…").replace("\u202f", NO_BREAK_SPACE)
        part = re.sub(r"[ \u00a0](?=[;?!])", "", part)
        part = re.sub(r" (?=[:»%$])", NO_BREAK_SPACE, part)
        parts[index] = re.sub(r"(?<=«) ", NO_BREAK_SPACE, part)
    return "".join(parts)


def missing(language: str = "fr") -> dict[str, str | list[str]]:
    """Untranslated sentences of a language: key to the English text that waits for translation."""
    catalogue = update(language, extract())
    return {
        _json_key(message): message.id if isinstance(message.id, str) else list(message.id)
        for message in sentences(catalogue)
        if not all(_forms(message.string))
    }


def fill(translations: dict[str, str | list[str]], language: str = "fr") -> list[str]:
    """Write translations into a catalogue; return what was refused, a line each."""
    catalogue = update(language, extract())
    by_key = {_json_key(message): message for message in sentences(catalogue)}
    refused = []
    for key, text in translations.items():
        message = by_key.get(key)
        if message is None:
            refused.append(f"not in the code: {key!r}")
            continue
        before = message.string
        forms = [set_in_french(text)] if isinstance(text, str) else list(map(set_in_french, text))
        message.string = forms[0] if isinstance(message.id, str) else tuple(forms)
        if faults := message_faults(message, language):
            message.string = before
            refused += faults
    write(language, catalogue)
    return refused


def _key(message: Message) -> tuple[object, str | None]:
    return message.id, message.context


def _json_key(message: Message) -> str:
    first = _forms(message.id)[0]
    return f"{message.context}\u0004{first}" if message.context else first


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _empty(message: Message) -> str | tuple[str, ...]:
    return "" if isinstance(message.id, str) else ("", "")


def _same_form(one: Message, other: Message) -> bool:
    return len(_forms(one.id)) == len(_forms(other.id)) and _forms(one.id) == _forms(other.id)


def _fields(text: str) -> set[str] | None:
    """Names of the placeholders, or None when the text is no format string."""
    try:
        return {field for _text, field, _spec, _conv in string.Formatter().parse(text) if field}
    except ValueError:
        return None


def _fields_agree(message: Message, index: int, text: str) -> bool:
    originals = [_fields(form) for form in _forms(message.id)]
    mine = _fields(text)
    if index == 0:  # a singular may leave out the number, or say it where English does not
        return mine in originals
    return mine == originals[-1]


def _english_faults(message: Message) -> list[str]:
    faults = []
    for text in _forms(message.id):
        plain = _plain(text)
        if re.search(r"\w'\w", plain):
            faults.append(f"straight apostrophe: {text!r}")
        if "..." in plain:
            faults.append(f"three dots for an ellipsis: {text!r}")
    return faults


def _plain(text: str) -> str:
    """The text with each tag, entity and placeholder turned into one letter."""
    # `%s` and `%(name)s` are placeholders of sentences that Python's own parser fills.
    tags = r"<[^<>]*>|&\w+;|\{[^{}]*\}|%(?:\(\w+\))?[sr]|https?://\S+"
    return re.sub(tags, "x", text)


def _check() -> int:
    lines = problems()
    for line in lines:
        print(line)
    if lines:
        print(f"{len(lines)} faults in the catalogues")
    return 1 if lines else 0


def _fill_from(file: Path, language: str) -> int:
    refused = fill(json.loads(file.read_text(encoding="utf-8")), language)
    for line in refused:
        print(line)
    compile_all()
    return 1 if refused else 0


def _update_all() -> int:
    template = extract()
    for language in LANGUAGES:
        write(language, update(language, template))
    compile_all()
    waiting = ", ".join(
        f"{len(missing(language))} to translate in {language}" for language in LANGUAGES
    )
    print(f"{sum(1 for _ in sentences(template))} sentences, {waiting}")
    return 0


def main(argv: list[str] | None = None) -> int:
    """Do what the arguments ask; return the exit code."""
    sys.stdout.reconfigure(encoding="utf-8")
    parser = argparse.ArgumentParser(description="Catalogues of sentences")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--compile", action="store_true")
    choice.add_argument("--check", action="store_true")
    choice.add_argument("--missing", action="store_true")
    choice.add_argument("--fill", type=Path, metavar="FILE")
    parser.add_argument("--language", choices=LANGUAGES, default="fr")
    asked = parser.parse_args(argv)
    if asked.check:
        return _check()
    if asked.fill:
        return _fill_from(asked.fill, asked.language)
    if asked.compile:
        compile_all()
        return 0
    if asked.missing:
        print(json.dumps(missing(asked.language), ensure_ascii=False, indent=1))
        return 0
    return _update_all()


if __name__ == "__main__":
    sys.exit(main())
