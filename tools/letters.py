#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the Word templates that the program ships, from `tools/letters.toml`.

    python tools/letters.py            writes resources/letters/fr and en
    python tools/letters.py --check    says which differ from their source

The same source always gives the same bytes.
"""

from __future__ import annotations

import io
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "tools" / "letters.toml"
TARGET = ROOT / "resources" / "letters"
LANGUAGES = ("fr", "en")
_SET = {"fr": "fr-CA", "en": "en-CA"}
_MADE = datetime(2026, 1, 1, tzinfo=UTC)
_QUIET = RGBColor(0x5B, 0x64, 0x72)
_EMPHASIS = (
    "Date limite pour présenter la demande :",
    "Last day to apply:",
    "Décision :",
    "Decision:",
)
"""Lines that begin so are what the letter is about, and stand out."""


def templates() -> Iterator[tuple[Path, bytes]]:
    """Every template with its place below the folder of letters."""
    source = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    for key, letter in source.items():
        if key not in LANGUAGES:
            for language in LANGUAGES:
                made = _document(source[language], letter[language], language)
                yield Path(language) / f"{key}.docx", _packed(made)


def _document(frame: dict[str, str], letter: dict[str, Any], language: str) -> Any:
    document = docx.Document()
    _settle(document, language)
    _head(document.sections[0].header, frame, language)
    _foot(document.sections[0].footer, frame, language)
    _line(document, "{{ today }}", after=18)
    _line(document, "{{ full_name }}", after=0)
    for field in ("address", "address_country"):
        _line(document, f"{{%p if {field} %}}")
        _line(document, f"{{{{ {field} }}}}", after=0)
        _line(document, "{%p endif %}")
    titled = _spaced(f"{frame['subject']}{letter['subject']}", language)
    subject = _line(document, titled, before=18, after=12)
    subject.runs[0].bold = True
    own = ("{%p if message %}", "{{ message }}", "{%p endif %}")
    for text in (frame["opening"], *letter["text"], *own, frame["closing"]):
        text = _spaced(text, language)
        if text.startswith("- "):
            _line(document, text[2:], style="List Bullet", after=3)
        else:
            made = _line(document, text)
            made.runs[0].bold = text.replace("\u00a0", " ").startswith(_EMPHASIS)
    _line(document, "{{ signed_by }}", before=30, after=0)
    _line(document, "{{ office_name }}", after=0)
    return document


def _spaced(text: str, language: str) -> str:
    """What French keeps together, where its own text says so and not a tag."""
    if language != "fr" or text.startswith("{%p"):
        return text
    return text.replace(" :", "\u00a0:").replace("n° ", "n°\u00a0")


def _settle(document: Any, language: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(215.9), Mm(279.4)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    section.header_distance = section.footer_distance = Mm(12)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)
    normal.paragraph_format.space_after = Pt(9)
    fonts = normal.element.rPr.rFonts
    for kind in ("w:cs", "w:eastAsia"):
        fonts.set(qn(kind), "Arial")
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), _SET[language])
    normal.element.rPr.append(spoken)
    told = document.core_properties
    told.title = told.comments = told.subject = ""
    told.author = told.last_modified_by = "IMP+ Desktop"
    told.created = told.modified = _MADE.replace(tzinfo=None)


def _line(
    where: Any, text: str, *, style: str | None = None, before: float = 0, after: float = 9
) -> Any:
    made = where.add_paragraph(style=style)
    made.add_run(text)
    made.paragraph_format.space_before = Pt(before)
    made.paragraph_format.space_after = Pt(after)
    return made


def _head(header: Any, frame: dict[str, str], language: str) -> None:
    header.is_linked_to_previous = False
    first = header.paragraphs[0]
    first.add_run("{{ office_name }}").bold = True
    first.runs[0].font.size = Pt(14)
    first.paragraph_format.space_after = Pt(0)
    phone = _spaced(frame["phone"], language)
    rest = (
        "{% if office_address %}{{ office_address }}{% endif %}",
        f"{{% if office_phone %}}{phone}{{{{ office_phone }}}}{{% endif %}}"
        "{% if office_phone and office_email %} · {% endif %}"
        "{% if office_email %}{{ office_email }}{% endif %}",
    )
    for text in rest:
        made = _line(header, text, after=0)
        made.runs[0].font.size = Pt(9)
        made.runs[0].font.color.rgb = _QUIET
    _line(header, "", after=6)


def _foot(footer: Any, frame: dict[str, str], language: str) -> None:
    footer.is_linked_to_previous = False
    made = footer.paragraphs[0]
    made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    ours = _spaced(frame["reference"], language)
    made.add_run(
        f"{{% if individual_reference %}}{ours}{{{{ individual_reference }}}} · {{% endif %}}"
    )
    before, _brace, rest = frame["page"].partition("{page}")
    between, _brace, after = rest.partition("{pages}")
    made.add_run(before)
    _field(made, "PAGE")
    made.add_run(between)
    _field(made, "NUMPAGES")
    made.add_run(after)
    for run in made.runs:
        run.font.size = Pt(8)
        run.font.color.rgb = _QUIET


def _field(paragraph: Any, code: str) -> None:
    """A number that Word puts in: the page's, or how many there are."""
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = f" {code} "
        run._element.append(mark)  # noqa: SLF001


def _packed(document: Any) -> bytes:
    """The document's bytes without the hour at which they were made."""
    made = io.BytesIO()
    document.save(made)
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(made) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            if part.filename == "docProps/thumbnail.jpeg":
                continue
            kept = zipfile.ZipInfo(part.filename, (2026, 1, 1, 0, 0, 0))
            kept.compress_type = zipfile.ZIP_DEFLATED
            content = source.read(part)
            if part.filename == "_rels/.rels":
                content = _without_thumbnail(content)
            target.writestr(kept, content)
    return packed.getvalue()


def _without_thumbnail(relations: bytes) -> bytes:
    start = relations.find(b"<Relationship ", 0)
    while start >= 0:
        end = relations.index(b"/>", start) + 2
        if b"thumbnail" in relations[start:end]:
            return relations[:start] + relations[end:]
        start = relations.find(b"<Relationship ", end)
    return relations


def main(arguments: list[str]) -> int:
    """Write the templates, or say which are not as their source says."""
    false = 0
    for place, content in templates():
        path = TARGET / place
        if "--check" in arguments:
            if not path.is_file() or path.read_bytes() != content:
                print(f"not as its source says: {path.relative_to(ROOT)}")
                false += 1
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return int(false > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
