# SPDX-License-Identifier: Apache-2.0
"""What goes on paper, as plain values: parts with lines, and tables.

    Paper(title, subtitle, parts, notes)     .html()       a document that Qt lays out
    Part(title, lines, table)                one block
    Line(text, detail)                       a sentence, and in small what belongs to it
    Table(header, rows, right)               its head is repeated on each page

Words and numbers come in, already in the language, and whom it is about, which the journal is
told. Must not count or fetch anything.
"""

from html import escape

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.outward import Out, OutForm, OutKind, OutPaper

_STYLE = (
    "body{font-family:'Inter','Helvetica','Arial',sans-serif;font-size:9.5pt;color:#1d2430}"
    "h1{font-size:16pt;font-weight:600;margin-bottom:4px} p{margin-top:3px;margin-bottom:3px}"
    "h2{font-size:11pt;font-weight:600;margin-top:16px;margin-bottom:4px}"
    "table{margin-top:8px;margin-bottom:8px;border-collapse:collapse}"
    "td,th{border-bottom:0.5px solid #d0d5dd} .small{font-size:8.5pt}"
    ".quiet{color:#5b6472} th{font-weight:600;color:#5b6472}"
)
_WIDE = 6
"""From this many columns on, a sheet is turned."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; `right` are the places of the columns that hold numbers."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    first: int = 0
    """How much of the width the first column takes, in hundredths; 0 as its words need."""

    def html(self) -> str:
        """The table; the head is in `thead`, which Qt repeats on each page."""
        body = "".join(self._row(row, "td") for row in self.rows)
        return (
            "<table width='100%' cellspacing='0' cellpadding='4'>"
            f"<thead>{self._row(self.header, 'th')}</thead>{body}</table>"
        )

    def _row(self, cells: tuple[str, ...], tag: str) -> str:
        made = (
            f"<{tag}{self._set(place)}>{escape(cell)}</{tag}>" for place, cell in enumerate(cells)
        )
        return f"<tr>{''.join(made)}</tr>"

    def _set(self, place: int) -> str:
        """How the cells of a column stand."""
        wide = f" width='{self.first}%'" if self.first and not place else ""
        return f" align='{'right' if place in self.right else 'left'}'{wide}"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, and what belongs to it."""

    text: str
    detail: str = ""
    struck: bool = False
    """Kept, and no longer what counts."""
    mark: str = ""
    """What stands before it: without colours it alone tells what holds from what does not."""

    def html(self) -> str:
        """One paragraph."""
        text = escape(self.mark + self.text)
        text = f"<s>{text}</s>" if self.struck else text
        detail = f"<br/><span class='quiet small'>{escape(self.detail)}</span>"
        return f"<p>{text}{detail if self.detail else ''}</p>"


@dataclass(frozen=True, slots=True)
class Part:
    """A block: its title, then lines, then a table; what it does not have is left out."""

    title: str = ""
    lines: tuple[Line, ...] = ()
    table: Table | None = None

    def html(self) -> str:
        """The block."""
        title = f"<h2>{escape(self.title)}</h2>" if self.title else ""
        lines = "".join(line.html() for line in self.lines)
        return title + lines + (self.table.html() if self.table is not None else "")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document. `name` is what a printer's queue and a file may be called: nobody's name."""

    title: str
    subtitle: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()
    name: str = ""
    about: OutPaper | None = None
    """What the journal calls it; None for a page of which an act of its own tells."""
    people: frozenset[int] = frozenset()
    """Whom it tells of."""

    def leaving(self, kind: OutKind, form: OutForm) -> Out | None:
        """What the journal is to say of it; a paper about one person is that person's own."""
        if self.about is None:
            return None
        whose = tuple(self.people) if len(self.people) == 1 else ()
        return Out(kind, self.about, form, len(self.people), whose)

    @property
    def is_wide(self) -> bool:
        """Whether a table has so many columns that the sheet is turned."""
        tables = (part.table for part in self.parts if part.table is not None)
        return any(len(table.header) >= _WIDE for table in tables)

    def html(self) -> str:
        """The document; nothing that comes from the register can be read as markup."""
        parts = "".join(part.html() for part in self.parts)
        notes = "".join(f"<p class='quiet small'>{escape(note)}</p>" for note in self.notes)
        return (
            f"<html><head><style>{_STYLE}</style></head><body><h1>{escape(self.title)}</h1>"
            f"<p class='quiet'>{escape(self.subtitle)}</p>{parts}{notes}</body></html>"
        )
