# SPDX-License-Identifier: Apache-2.0
"""A scan is what its bytes say; programs, scripts and the unknown are not taken."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imp_plus_desktop.domain.media import MediaType, media_type


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


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_at_all_break_it(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\x00\x00\x00\x18ftyp"):
        media_type(start + content)
