# SPDX-License-Identifier: Apache-2.0
"""Templates of letters as an office would write them, and as somebody would who means harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import docx


def template(*lines: str | Sequence[str], head: str = "", title: str = "") -> bytes:
    """A Word document with these lines; one that comes in pieces is typed in as many runs."""
    document = docx.Document()
    for line in lines:
        paragraph = document.add_paragraph()
        for piece in [line] if isinstance(line, str) else line:
            paragraph.add_run(piece)
    if head:
        document.sections[0].header.paragraphs[0].text = head
    document.core_properties.title = title
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The document with parts of its package put in, or in the place of others."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, part in parts.items():
            target.writestr(name, part)
    return made.getvalue()


def part(content: bytes, name: str) -> bytes:
    """A part of the document's package."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


def text_of(content: bytes) -> list[str]:
    """The lines of a Word document's body."""
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
