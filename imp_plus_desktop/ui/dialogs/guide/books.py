# SPDX-License-Identifier: Apache-2.0
"""The guides as they are shipped: books of chapters, in the language in use.

    books(language) -> tuple[Book, ...]      the order in which they are shown
    Chapter   .key "user/06-applications", .title, .path, text()

A chapter is one Markdown file in `resources/help/<language>/<book>/`, of the same name in each
language; its first line is its title. Must not know Qt.
"""

from pathlib import Path

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.paths import resource

TITLES = {
    "user": N_("User’s guide"),
    "administrator": N_("Administrator’s guide"),
    "privacy": N_("Protection of personal information"),
}
"""What each book is called, in their order."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of a book."""

    key: str
    title: str
    path: Path

    def text(self) -> str:
        """The whole of it, as Markdown."""
        return self.path.read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Book:
    """One guide, in the order of its chapters."""

    key: str
    title: str
    chapters: tuple[Chapter, ...]


def books(language: str) -> tuple[Book, ...]:
    """Every guide in a language."""
    folder = resource("help", language)
    return tuple(
        Book(key, _(title), tuple(_chapter(path) for path in sorted((folder / key).glob("*.md"))))
        for key, title in TITLES.items()
    )


def _chapter(path: Path) -> Chapter:
    with path.open(encoding="utf-8") as lines:
        title = next(lines).removeprefix("# ").strip()
    return Chapter(f"{path.parent.name}/{path.stem}", title, path)
