# SPDX-License-Identifier: Apache-2.0
"""A scan is what its bytes say; programs, scripts and the unknown are not taken."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imp_plus_desktop.domain.documents.media import MediaType, Refused, look, media_type


def a_package(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            package.writestr(name.replace("__", "/"), text)
    return file.getvalue()


WORD = {"[Content_Types].xml": "", "word__document.xml": ""}
SHEET = {"[Content_Types].xml": "", "xl__workbook.xml": ""}
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
LETTER = (
    b"From: bureau@exemple.ca\r\nTo: client@exemple.ca\r\nSubject: CSQ\r\n"
    b"Date: Mon, 1 Jan 2024 10:00:00 -0500\r\n\r\nBonjour"
)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", MediaType.PDF),
        (b"\n\n%PDF-1.4\n", MediaType.PDF),
        (b"\x89PNG\r\n\x1a\n\x00\x00", MediaType.PNG),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", MediaType.JPEG),
        (b"II*\x00\x08\x00", MediaType.TIFF),
        (b"MM\x00*\x00\x00", MediaType.TIFF),
        (HEIC, MediaType.HEIC),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", MediaType.WEBP),
        (a_package(**WORD), MediaType.DOCX),
        (a_package(**SHEET), MediaType.XLSX),
        (a_package(mimetype="application/vnd.oasis.opendocument.text"), MediaType.ODT),
        ("Attestation de résidence\r\n".encode(), MediaType.TEXT),
        ("Attestation de résidence".encode("cp1252"), MediaType.TEXT),
        ("Attestation".encode("utf-16"), MediaType.TEXT),
        (LETTER, MediaType.EMAIL),
    ],
)
def test_each_kind_is_told_by_its_bytes(content: bytes, kind: MediaType) -> None:
    assert media_type(content) is kind


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03",
        b"MZ%PDF-1.4",
        b"\x7fELF\x02\x01",
        b"\xcf\xfa\xed\xfe\x07",
        b"\xca\xfe\xba\xbe\x00",
        b"#!/bin/sh\nrm -rf /\n",
        b"@echo off\r\ndel *.*\r\n",
        b"powershell -enc AAAA\r\n",
        b"<html><script>alert(1)</script></html>",
        b"<?php system($_GET['c']);",
        b"<svg onload=alert(1)>",
        b"[InternetShortcut]\r\nURL=file://x\r\n",
        b"{\\rtf1\\object}",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42",
        b"PK\x03\x04 not a package",
        a_package(notes="nothing that an office knows"),
        a_package(**WORD, **{"word__vbaProject.bin": ""}),
        a_package(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
        a_package(mimetype="application/vnd.oasis.opendocument.text", Scripts__x=""),
        b"GIF89a\x01\x00",
        b"   \n",
        bytes(range(256)),
    ],
)
def test_programs_scripts_and_the_unknown_are_refused(content: bytes) -> None:
    assert media_type(content) is None


PDF = b"%PDF-1.7\n%\xe2\xe3"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


IN_TEXT, IN_SETTINGS = "word___rels__document.xml.rels", "word___rels__settings.xml.rels"


def relation(kind: str, target: str, mode: str = ' TargetMode="External"') -> str:
    return (
        f'<Relationships><Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
        "</Relationships>"
    )


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"\x7fELF\x02\x01\x01", "ELF"),
        (b"\xcf\xfa\xed\xfe\x07\x00", "Mach-O"),
        (b"\xca\xfe\xba\xbe\x00\x00", "Mach-O for several machines"),
        (b"MZ\x90\x00", "PE"),
        (b"#!/bin/sh\n#", "shell"),
        (b"<html><!--", "HTML"),
        (b"\xef\xbb\xbf<hta:application>", "HTA"),
        (b"@echo off\r\nrem ", "batch"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office"),
        (b"L\x00\x00\x00\x01\x14\x02\x00", "shortcut"),
        (b"alert(1); //", "script"),
    ],
)
def test_a_program_with_the_mark_of_a_pdf_in_it_is_a_program(start: bytes, what: str) -> None:
    assert look(start + PDF) is Refused.PROGRAM, what


@pytest.mark.parametrize(
    "start", [b"\r\n \t", b"\xef\xbb\xbf", b"\x1b%-12345X@PJL\r\n", b"\x00\x05\xe9"]
)
def test_a_pdf_after_a_few_stray_bytes_is_a_pdf(start: bytes) -> None:
    assert look(start + PDF) is MediaType.PDF


@pytest.mark.parametrize(
    "text",
    [
        'Set x = CreateObject("WScript.Shell")\nx.Run "calc"',
        "<hta:application id=a>\n<script language=vbscript>",
        "Une note\r\nx = new ActiveXObject('Scripting.FileSystemObject')",
        "Option Explicit\nDim x",
        "Sub AutoOpen()\nEnd Sub",
        "texte\n" * 2000 + "powershell -enc AAAA",
        "#!/usr/bin/env python\nFrom: a\nTo: b\nSubject: c\n\n",
        "$x = New-Object Net.WebClient",
    ],
)
def test_the_text_of_a_script_is_no_note(text: str) -> None:
    assert look(text.encode()) is Refused.PROGRAM


@pytest.mark.parametrize(
    "text",
    ["Set de documents reçu le 3 mai.", "Importer la liste\nFonction : comptable", "a < b\n5 > 3",
     "Le cmd du dossier 12 / c à revoir"],
)  # fmt: skip
def test_a_note_that_speaks_of_such_things_is_a_note(text: str) -> None:
    assert look(text.encode()) is MediaType.TEXT


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"[Content_Types].xml": '<Override ContentType="a.ms-word.macroEnabled.main+xml"/>'},
         Refused.MACROS),
        ({"word__other.bin": "", IN_TEXT: relation("vbaProject", "other.bin", "")},
         Refused.MACROS),
        ({"xl__macrosheets__sheet1.xml": ""}, Refused.MACROS),
        ({IN_SETTINGS: relation("attachedTemplate", "https://x.example/t.dotm")},
         Refused.OUTSIDE),
        ({IN_SETTINGS: relation("attachedTemplate", "file:////host/s/t.dotm")},
         Refused.OUTSIDE),
        ({IN_TEXT: relation("frame", "http://x.example/")}, Refused.OUTSIDE),
        ({IN_TEXT: relation("image", "//host/share/x.png")}, Refused.OUTSIDE),
        ({IN_TEXT: relation("oleObject", "embeddings/oleObject1.bin", "")},
         Refused.OBJECTS),
        ({IN_TEXT: relation("control", "activeX/activeX1.xml", "")},
         Refused.OBJECTS),
    ],
)  # fmt: skip
def test_what_an_office_file_would_run_or_fetch_is_said(
    parts: dict[str, str], why: Refused
) -> None:
    assert look(a_package(**{**WORD, **parts})) is why


@pytest.mark.parametrize(
    "told",
    [
        relation("attachedTemplate", "file:///C:/Users/a/AppData/Roaming/Templates/Normal.dotm"),
        relation("hyperlink", "https://www.canada.ca/"),
        relation("package", "embeddings/Microsoft_Excel_Worksheet.xlsx", ""),
        relation("image", "media/image1.png", ""),
    ],
)
def test_what_every_office_file_may_hold_is_kept(told: str) -> None:
    assert look(a_package(**WORD, **{IN_TEXT: told})) is MediaType.DOCX


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_at_all_break_it(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\x00\x00\x00\x18ftyp"):
        media_type(start + content)


def test_a_pdf_that_starts_a_program_is_one_and_a_form_with_scripts_is_not() -> None:
    start = b"%PDF-1.7\n1 0 obj\n<< /OpenAction << /Type /Action "
    assert look(start + b"/S /Launch /F (cmd.exe) >> >>") is Refused.PROGRAM
    assert look(start + b"/S/Launch/Win<</F(cmd.exe)>> >> >>") is Refused.PROGRAM
    assert look(start + b"/S /JavaScript /JS (app.alert\\(1\\)) >> >>") is MediaType.PDF
