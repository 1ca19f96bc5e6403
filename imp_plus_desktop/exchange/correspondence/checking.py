# SPDX-License-Identifier: Apache-2.0
"""What a template uses and what is wrong with it, told by its lines as a person reads them.

Word cuts a line into pieces as it was typed and corrected: lines are put together first, so that
what is told is what stands there. A mistake keeps the tag and its line; nothing is run here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from difflib import get_close_matches
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.exchange.correspondence.environment import LOOP, LetterEnvironment, NotAllowed
from imp_plus_desktop.exchange.correspondence.filled import Checked, Mistake

_TAG = re.compile(
    r"\{\{(?:p|r|tr|tc)?(?=\s|-|\w)(.*?)\}\}|\{%(?:p|r|tr|tc)?\s(.*?)%\}|\{#.*?#\}", re.S
)
_LEFT = re.compile(r"\{\{|\}\}|\{%|%\}|\{\s+\{|\}\s+\}|\{\s+%|%\s+\}")
_OPENS = {"if": "endif", "for": "endfor"}
_WITHIN = frozenset({"elif", "else"})
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_LINE = 80


def check(document: Any, known: Mapping[str, Sequence[str]]) -> Checked:
    """What a document of python-docx uses and gets wrong.

    `known` are the fields that there are, each with the members of what it goes through, none for
    a text.
    """
    found = _Found(known)
    for line in lines(document):
        found.read(line)
    found.close()
    return Checked(
        tuple(found.used),
        tuple(name for name in found.used if name not in found.conditional),
        tuple(found.mistakes),
    )


def lines(document: Any) -> Iterator[str]:
    """Every line of the document, its heads and feet, and of what its file says of itself."""
    roots = [document.element.body]
    for section in document.sections:
        for part in (
            section.header,
            section.first_page_header,
            section.footer,
            section.first_page_footer,
        ):
            if not part.is_linked_to_previous:
                roots.append(part._element)  # noqa: SLF001
    for root in roots:
        for paragraph in root.iter(f"{_W}p"):
            yield "".join(_texts(paragraph))
    told = document.core_properties
    yield from (told.title, told.subject, told.author, told.comments)


def _texts(paragraph: Any) -> Iterator[str]:
    for piece in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        yield piece.text or "" if piece.tag == f"{_W}t" else " "


@dataclass
class _Found:
    known: Mapping[str, Sequence[str]]
    used: dict[str, None] = field(default_factory=dict)
    conditional: set[str] = field(default_factory=set)
    mistakes: list[Mistake] = field(default_factory=list)
    _open: list[tuple[str, str, str, str]] = field(default_factory=list)
    """What is open: its word, its tag and line, and what it goes through by which name."""
    _of: dict[str, str] = field(default_factory=dict)
    _environment: LetterEnvironment = field(default_factory=LetterEnvironment)

    def read(self, line: str) -> None:
        """One line, with its tags."""
        line = line.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
        if left := _LEFT.search(_TAG.sub("", line)):
            self._wrong("tag_open", left.group(), line)
        for tag in _TAG.finditer(line):
            shown, statement = tag.group(1), tag.group(2)
            if shown is not None:
                self._look(f"{{{{ {shown.strip(' -')} }}}}", tag.group(), line)
            elif statement is not None:
                self._statement(statement.strip(" -"), tag.group(), line)

    def close(self) -> None:
        """The end of the document: what is still open."""
        for _word, tag, line, _name in self._open:
            self._wrong("tag_not_closed", tag, line)

    def _statement(self, text: str, tag: str, line: str) -> None:
        word, _space, rest = text.partition(" ")
        if word in _OPENS:
            name = ""
            self._look(f"{{% {text} %}}{{% {_OPENS[word]} %}}", tag, line)
            if word == "for":
                name, _in, through = (part.strip() for part in rest.partition(" in "))
                self._of[name] = through
            self._open.append((word, tag, line, name))
        elif word in _OPENS.values():
            if not self._open or _OPENS[self._open[-1][0]] != word:
                self._wrong("tag_closes_nothing", tag, line)
            else:
                self._of.pop(self._open.pop()[3], None)
        elif word in _WITHIN:
            if not self._open:
                self._wrong("tag_closes_nothing", tag, line)
            if rest:
                self._look(f"{{% if {rest} %}}{{% endif %}}", tag, line)
        else:
            self._wrong("tag_not_allowed", tag, line)

    def _look(self, source: str, tag: str, line: str) -> None:
        """What one tag names."""
        try:
            tree = self._environment.parse(source)
        except NotAllowed:
            self._wrong("tag_not_allowed", tag, line)
            return
        except TemplateSyntaxError:
            self._wrong("tag_unreadable", tag, line)
            return
        for one in tree.find_all((nodes.If, nodes.CondExpr)):
            test: nodes.Node = one.test  # type: ignore[attr-defined]
            named = (test, *test.find_all(nodes.Name))
            self.conditional |= {name.name for name in named if isinstance(name, nodes.Name)}
        bound = {one.name for one in tree.find_all(nodes.Name) if one.ctx == "store"}
        for name in tree.find_all(nodes.Name):
            if name.ctx == "load" and name.name not in bound:
                self._name(name.name, tag, line)
        for member in tree.find_all(nodes.Getattr):
            self._member(member, tag, line)

    def _name(self, name: str, tag: str, line: str) -> None:
        if name in self.known:
            self.used[name] = None
        elif name not in self._of and not (name == "loop" and self._of):
            like = get_close_matches(name, self.known, 1)
            self._wrong("unknown_field", name, line, *like)

    def _member(self, member: nodes.Getattr, tag: str, line: str) -> None:
        if not isinstance(member.node, nodes.Name):
            self._wrong("tag_not_allowed", tag, line)
            return
        whose = member.node.name
        known = LOOP if whose == "loop" else self.known.get(self._of.get(whose, ""), ())
        if member.attr not in known:
            like = get_close_matches(member.attr, known, 1)
            self._wrong("unknown_field", f"{whose}.{member.attr}", line, *like)

    def _wrong(self, code: str, tag: str, line: str, like: str = "") -> None:
        text = " ".join(line.split())
        short = text if len(text) <= _MOST_LINE else f"{text[: _MOST_LINE - 1]}…"
        mistake = Mistake(code, tag.strip(), short, like)
        if mistake not in self.mistakes:
            self.mistakes.append(mistake)
