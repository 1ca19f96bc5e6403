# SPDX-License-Identifier: Apache-2.0
"""The child process that looks at a template and fills it: the template comes by standard input,
after a line of JSON that says what is asked; the answer goes to standard output as lines of JSON.

A template is a program, and its file may be made to do harm: it has this process alone, which has
a limit of time and of memory and opens no file. The parent's side is `letter_process.py`.
"""

from __future__ import annotations

import base64
import gc
import io
import json
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import IO, Any, NoReturn

import docx
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateError, UndefinedError
from lxml.etree import LxmlError

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.correspondence import checking, pages
from imp_plus_desktop.exchange.correspondence.environment import LetterEnvironment
from imp_plus_desktop.exchange.correspondence.filled import told
from imp_plus_desktop.exchange.readers import own_limits
from imp_plus_desktop.exchange.sheets.sheets import MEBIBYTE

_MEMORY = 400 * MEBIBYTE
_MOST_UNPACKED = 60 * MEBIBYTE
_MOST_LETTER = 25 * MEBIBYTE
_WARM = (
    "{{ a }} {{ a|upper|lower|capitalize|title|trim }} {{ a|default('é') ~ 1.5 }}",
    "{% if a == 'b' and a|length > 0 or not a is defined %}x{% else %}y{% endif %}",
    "{%p for x in a %}",
    "{{ x }} {{ loop.first }}",
    "{%p endfor %}",
)
"""All that a letter may say, once."""


def run(argv: Sequence[str]) -> NoReturn:
    """Answer the one request, then end at once."""
    gc.disable()  # it lives for one template only
    own_limits.keep(argv, _MEMORY)
    # A windowed program has no sys.stdin and sys.stdout, but its parent's pipes are there.
    with open(0, "rb", closefd=False) as given, open(1, "wb", closefd=False) as out:
        _warm()
        own_limits.open_nothing_more()
        answer(given, out)
    os._exit(0)


def answer(given: IO[bytes], out: IO[bytes]) -> None:
    """Write what there is to say of the one template that `given` brings."""
    asked = json.loads(given.readline())
    content = given.read(asked["bytes"])
    try:
        with _telling():
            _refuse_too_large(content)
            if "known" in asked:
                _line(out, _checked(content, asked["known"]))
            else:
                for values in asked["letters"]:
                    _line(out, _filled(content, values))
        _line(out, {"end": True})
    except ExchangeError as error:
        _line(out, {"error": error.code, "parameters": error.parameters})


def _warm() -> None:
    """Load what is otherwise loaded while a document is read and filled, or is found wanting."""
    document = docx.Document()
    for text in _WARM:
        document.add_paragraph(text, style="List Bullet")
    _filled(_bytes(document), {"a": "b"})
    document.add_paragraph("{{ b( }} {{ b }}")
    broken = _bytes(document)
    _checked(broken, {"a": ()})
    for values in ({}, {"a": "b"}):
        with suppress(TemplateError):
            _filled(broken, values)


def _bytes(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _checked(content: bytes, known: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    template = _template(content)
    found = checking.check(template.docx, known)
    return {
        "used": found.used,
        "needed": found.needed,
        "mistakes": [[one.code, one.tag, one.line, one.like] for one in found.mistakes],
    }


def _filled(content: bytes, values: Mapping[str, Any]) -> dict[str, Any]:
    template = _template(content)
    template.render(dict(values), LetterEnvironment(), autoescape=True)
    letter = _bytes(template)
    if len(letter) > _MOST_LETTER:
        raise ExchangeError("letter_too_large")
    return {"docx": base64.b64encode(letter).decode(), "sheet": told(pages.sheet(letter))}


def _template(content: bytes) -> Any:
    template = DocxTemplate(io.BytesIO(content))
    template.init_docx()
    return template


def _refuse_too_large(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if sum(part.file_size for part in package.infolist()) > _MOST_UNPACKED:
            raise ExchangeError("letter_too_large")


@contextmanager
def _telling() -> Iterator[None]:
    """Whatever a broken or hostile file brings about, as a failure with a sentence."""
    try:
        yield
    except ExchangeError:
        raise
    except UndefinedError as error:
        raise ExchangeError("template_fails", tag=_field(error)) from None
    except TemplateError:
        raise ExchangeError("template_unreadable") from None
    except (MemoryError, RecursionError):
        raise ExchangeError("letter_too_large") from None
    except (zipfile.BadZipFile, PackageNotFoundError, LxmlError, KeyError, ValueError, OSError):
        raise ExchangeError("template_not_docx") from None
    except Exception:
        raise ExchangeError("template_unreadable") from None


def _field(error: UndefinedError) -> str:
    """The name that is not there, as the sandbox says it: `'x' is undefined`."""
    parts = str(error.message or "").split("'")
    return parts[1] if len(parts) > 2 and parts[1].isidentifier() else ""


def _line(out: IO[bytes], value: object) -> None:
    out.write(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n")
    out.flush()
