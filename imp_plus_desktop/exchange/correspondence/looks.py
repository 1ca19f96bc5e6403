# SPDX-License-Identifier: Apache-2.0
"""How a paragraph and a run of a Word document look, their styles counted in: as CSS.

What is not said by a paragraph itself is said by its style, by that style's base, and last by the
document. Lengths are in points, where Word has them in twentieths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from html import escape
from typing import Any

from imp_plus_desktop.domain.classes import dataclass

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALIGNED: Mapping[str, str] = {
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "distribute": "justify",
}
_SWITCHES: Mapping[str, str] = {
    "b": "font-weight:bold",
    "i": "font-style:italic",
    "u": "text-decoration:underline",
    "strike": "text-decoration:line-through",
}
_RAISED: Mapping[str, str] = {"superscript": "super", "subscript": "sub"}
_COLOUR = re.compile(r"[0-9a-fA-F]{6}")
_OFF = frozenset({"0", "false", "off", "none"})
_PER_POINT = 20
PX = 96 / 72
"""Pixels of HTML in a point."""


def value(element: Any, name: str, attribute: str = "val") -> str | None:
    """An attribute of a child of an element, None where either is missing."""
    child = element.find(f"{_W}{name}") if element is not None else None
    if child is None:
        return None
    found = child.get(f"{_W}{attribute}")
    return str(found) if found is not None else None


def number(text: str | None) -> float | None:
    """A length in points from Word's twentieths, None for what is none."""
    try:
        return None if text is None else float(text) / _PER_POINT
    except ValueError:
        return None


@dataclass
class Styles:
    """The styles of a document."""

    document: Any
    _chains: dict[str | None, list[Any]] = field(default_factory=dict)

    @cached_property
    def _by_id(self) -> dict[str, Any]:
        found = self.document.styles.element.iter(f"{_W}style")
        return {str(one.get(f"{_W}styleId")): one for one in found}

    @cached_property
    def _normal(self) -> str | None:
        return next(
            (
                key
                for key, one in self._by_id.items()
                if one.get(f"{_W}type") == "paragraph" and one.get(f"{_W}default") == "1"
            ),
            None,
        )

    def _chain(self, style: str | None) -> list[Any]:
        """A style and those that it rests on, the nearest first, the document's own last."""
        if style not in self._chains:
            found: list[Any] = []
            known = style if style in self._by_id else self._normal
            while known in self._by_id and self._by_id[known] not in found:
                found.append(self._by_id[known])
                known = value(found[-1], "basedOn")
            self._chains[style] = found
        return self._chains[style]

    def _defaults(self, kind: str) -> Iterator[Any]:
        root = self.document.styles.element.find(f"{_W}docDefaults")
        held = root.find(f"{_W}{kind}Default") if root is not None else None
        if held is not None and held.find(f"{_W}{kind}") is not None:
            yield held.find(f"{_W}{kind}")

    def of_paragraph(self, paragraph: Any) -> list[Any]:
        """Where a paragraph's own traits are said, the nearest first."""
        own = paragraph.find(f"{_W}pPr")
        found = [own] if own is not None else []
        found += [one.find(f"{_W}pPr") for one in self._chain(value(own, "pStyle"))]
        return [one for one in (*found, *self._defaults("pPr")) if one is not None]

    def of_run(self, run: Any, paragraph: Any) -> list[Any]:
        """Where a run's traits are said, the nearest first."""
        own = run.find(f"{_W}rPr")
        found = [own] if own is not None else []
        if (style := value(own, "rStyle")) in self._by_id:
            found += [one.find(f"{_W}rPr") for one in self._chain(style)]
        whose = paragraph.find(f"{_W}pPr")
        found += [one.find(f"{_W}rPr") for one in self._chain(value(whose, "pStyle"))]
        return [one for one in (*found, *self._defaults("rPr")) if one is not None]


def said(traits: list[Any], name: str, attribute: str = "val") -> str | None:
    """What the nearest of several says."""
    return next(
        (found for one in traits if (found := value(one, name, attribute)) is not None), None
    )


def is_on(traits: list[Any], name: str) -> bool:
    """Whether the nearest that says it turns a trait on; `<w:b/>` alone does."""
    for one in traits:
        child = one.find(f"{_W}{name}")
        if child is not None:
            return str(child.get(f"{_W}val", "1")) not in _OFF
    return False


def paragraph_css(traits: list[Any], indent: tuple[float, float] | None = None) -> str:
    """A paragraph's look. `indent` is that of a list, left and of the first line, in points."""
    left = number(said(traits, "ind", "left") or said(traits, "ind", "start"))
    hanging = number(said(traits, "ind", "hanging"))
    first = number(said(traits, "ind", "firstLine"))
    inward = -hanging if hanging else first or 0.0
    if indent is not None:
        left, inward = (indent[0] if left is None else left), (-hanging if hanging else indent[1])
    told = {
        "margin-top": number(said(traits, "spacing", "before")),
        "margin-bottom": number(said(traits, "spacing", "after")),
        "margin-left": left,
        "margin-right": number(said(traits, "ind", "right") or said(traits, "ind", "end")),
        "text-indent": inward,
    }
    css = [f"{name}:{round((points or 0.0) * PX)}px" for name, points in told.items()]
    if aligned := _ALIGNED.get(said(traits, "jc") or ""):
        css.append(f"text-align:{aligned}")
    line, rule = said(traits, "spacing", "line"), said(traits, "spacing", "lineRule")
    if line is not None and rule in (None, "auto") and line.isdecimal():
        css.append(f"line-height:{round(int(line) / 240 * 100)}%")
    return ";".join(css)


def run_css(traits: list[Any]) -> str:
    """A run's look."""
    css = [told for name, told in _SWITCHES.items() if is_on(traits, name)]
    size, font = said(traits, "sz"), said(traits, "rFonts", "ascii")
    if size is not None and size.isdecimal():
        css.append(f"font-size:{int(size) / 2:g}pt")
    if font:
        css.append(f"font-family:'{escape(font.replace(chr(39), ''))}','Arial',sans-serif")
    if _COLOUR.fullmatch(colour := said(traits, "color") or ""):
        css.append(f"color:#{colour}")
    if raised := _RAISED.get(said(traits, "vertAlign") or ""):
        css.append(f"vertical-align:{raised}")
    return ";".join(css)
