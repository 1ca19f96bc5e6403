# SPDX-License-Identifier: Apache-2.0
"""What the program is made of: each library with its version, its licence and the texts of it.

    notices() -> list[Notice]

Read from the page of the licences, which is compared with the lock, and from the texts that are
shipped beside it; a checkout has the libraries' own texts where they are installed. A library that
another system needs is not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from importlib import metadata
from pathlib import Path

from imp_plus_desktop import __version__, paths
from imp_plus_desktop.domain.classes import dataclass

_ROW = re.compile(
    r"^\| (?P<name>[\w.-]+) \| (?P<version>[\d.]+) \| (?P<licence>[^|]+) \| [^|]+ \| .+ \|$",
    re.MULTILINE,
)
_TEXT = re.compile("licen[cs]e|notice|copying|authors", re.IGNORECASE)
_APACHE, _TERMS = "Apache-2.0", "TERMS AND CONDITIONS FOR USE"
_SYSTEM = "system-libraries.txt"
"""Which files of a built program are of which package of the system that it was built on."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A library of the program; `texts` are those of its licence, and of what is in it."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]


def notices(folder: Path | None = None) -> list[Notice]:
    """The program itself first, then its libraries by name. `folder` is where the licences are."""
    where = paths.licences() if folder is None else folder
    page = _read(where / "licences.md").partition("## In the program")[2].partition("\n## ")[0]
    common = {path.stem: _read(path) for path in _texts_beside(where)}
    apache = _own(where)
    own = Notice("IMP+ Desktop", __version__, _APACHE, (apache,))
    made = []
    for row in _ROW.finditer(page):
        texts = _texts_of(where, row["name"])
        texts += [text for stem, text in sorted(common.items()) if stem in row[0]]
        if _APACHE in row["licence"] and not any(_TERMS in text for text in texts):
            texts.append(apache)  # some packages bring the notice alone
        if not texts:
            continue  # another system's, or an earlier Python's: it is not in this program
        made.append(Notice(row["name"], row["version"], row["licence"].strip(), tuple(texts)))
    made += [Notice(name, "", "", (text,)) for name, text in _others(where)]
    return [own, *sorted(made, key=lambda notice: notice.name.casefold())]


def _texts_beside(where: Path) -> list[Path]:
    """The texts that are kept in the project, since no package brings them."""
    folder = where / "licences" if (where / "licences").is_dir() else where
    return [path for path in folder.glob("*.txt") if path.name != _SYSTEM]


def _own(where: Path) -> str:
    beside = where / "LICENSE"
    return _read(beside if beside.is_file() else where.parent / "LICENSE")


def _texts_of(where: Path, name: str) -> list[str]:
    folder = where / name
    if folder.is_dir():
        return [_read(path) for path in sorted(folder.rglob("*")) if path.is_file()]
    with suppress(metadata.PackageNotFoundError):
        files = metadata.files(name) or ()
        found = [file for file in files if ".dist-info" in file.parts[0] and _TEXT.match(file.name)]
        return [_read(Path(str(file.locate()))) for file in found]
    return []


def _others(where: Path) -> Iterator[tuple[str, str]]:
    """Python, and what a built program has of the system that it was built on."""
    python = where / "Python"
    if python.is_dir():
        yield "Python", "\n".join(_read(path) for path in sorted(python.iterdir()))
    if (where / _SYSTEM).is_file():
        packages = {line.split()[1] for line in _read(where / _SYSTEM).splitlines() if line}
        for package in sorted(packages):
            yield package, _read(where / "system" / f"{package}.txt")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
