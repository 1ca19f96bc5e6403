# SPDX-License-Identifier: Apache-2.0
"""What encodings and separators of text lists are called, and what is said of odd letters.

Must not know how letters are read.
"""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.i18n import N_, _, format_number, ngettext

ENCODINGS: Mapping[str, str] = {
    "utf-8": N_("Unicode (UTF-8)"),
    "cp1252": N_("Windows, Western Europe (1252)"),
    "cp850": N_("MS-DOS, Western Europe (850)"),
    "cp437": N_("MS-DOS, United States (437)"),
    "mac_roman": N_("Macintosh (Mac Roman)"),
    "cp1250": N_("Windows, Central Europe (1250)"),
    "iso8859-15": N_("ISO, Western Europe (8859-15)"),
    "utf-16": N_("Unicode (UTF-16)"),
}
"""As lists of a spreadsheet's import call them."""

_SHORT: Mapping[str, str] = {
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp850": "MS-DOS 850",
    "cp437": "MS-DOS 437",
    "mac_roman": "Mac Roman",
    "iso8859-1": "ISO 8859-1",
    "iso8859-2": "ISO 8859-2",
}
_WINDOWS_READ_AS = "iso8859-1"

SEPARATORS: Mapping[str, str] = {
    ";": N_("semicolon (;)"),
    ",": N_("comma (,)"),
    "\t": N_("tab"),
    "|": N_("vertical bar (|)"),
    " ": N_("space"),
}

CAUSES: Mapping[str, str] = {
    "garbled_text": N_("Characters garbled before the list came"),
    "mixed_encoding": N_("Characters of another encoding than the rest of the file"),
    "lost_letters": N_("Characters of this text were lost before the list came"),
}
GROUPS: Mapping[str, str] = {
    "garbled_text": N_("Garbled characters"),
    "mixed_encoding": N_("Characters of another encoding"),
    "lost_letters": N_("Lost characters"),
}


def encoding_name(code: str) -> str:
    """`Windows, Western Europe (1252)`; the code itself for a rare one."""
    return _(ENCODINGS[code]) if code in ENCODINGS else code


def separator_name(sign: str) -> str:
    """`semicolon (;)`; the sign itself for a rare one."""
    return _(SEPARATORS[sign]) if sign in SEPARATORS else sign


def read_as_text(encoding: str, separator: str) -> str:
    """How a text file was read."""
    return _("Encoding: {encoding}; separator: {separator}").format(
        encoding=encoding_name(encoding), separator=separator_name(separator)
    )


def garbled_letters_text(count: int, written: str, meant: str, repaired: bool) -> str:
    """How many cells have garbled letters, or had, with one of them."""
    if repaired:
        text = ngettext(
            "{count} cell with garbled characters is put right: {written} → {meant}.",
            "{count} cells with garbled characters are put right: {written} → {meant}.",
            count,
        )
    else:
        text = ngettext(
            "{count} cell holds characters that were garbled before the list came: {written}, which"
            " is likely {meant}.",
            "{count} cells hold characters that were garbled before the list came: {written}, which"
            " is likely {meant}.",
            count,
        )
    return text.format(count=format_number(count), written=written, meant=meant)


def _garbled(_field: str | None, parameters: Mapping[str, object], _cell: str | None) -> str | None:
    likely, read_as = parameters.get("likely"), str(parameters.get("read_as") or "")
    if not likely:
        return None
    text = _("Characters garbled before the list came ({was} read as {taken}): likely “{likely}”")
    was = "Windows-1252" if read_as == _WINDOWS_READ_AS else "UTF-8"
    return text.format(was=was, taken=_SHORT.get(read_as, read_as), likely=likely)


def _mixed(_field: str | None, parameters: Mapping[str, object], _cell: str | None) -> str | None:
    likely = parameters.get("likely")
    text = _("Characters of another encoding than the rest of the file: read as “{likely}”")
    return text.format(likely=likely) if likely else None


SPECIAL = {"garbled_text": _garbled, "mixed_encoding": _mixed}
"""What is said of a cell whose likely text is known."""
