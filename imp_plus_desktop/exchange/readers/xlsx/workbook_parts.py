# SPDX-License-Identifier: Apache-2.0
"""The sheets that an xlsx or xlsm workbook lists, each with its part and what kind of sheet it is.

Reads the workbook's own part and its relations; opens no sheet.
"""

from __future__ import annotations

from collections.abc import Iterable

from defusedxml import ElementTree

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.exchange.readers.xlsx.packages import Package

_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATIONSHIP = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
WORKSHEET = "worksheet"
_WITHOUT_CELLS = frozenset({"chartsheet", "dialogsheet", "xlmacrosheet", "xlintlmacrosheet"})
"""Kinds of sheets that hold no list: a chart, a dialogue or macros of Excel 4."""
_READ_AS_SUCH = frozenset({WORKSHEET, "chartsheet", "dialogsheet"})
"""Kinds that the fast reader knows; it refuses a workbook with any other."""
NO_PART = "no_part"


@dataclass(frozen=True, slots=True)
class Target:
    """What a relation leads to: the name of a part, and the last word of the relation's type."""

    part: str = ""
    kind: str = WORKSHEET


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet as the workbook lists it; `part` is empty where the file holds none for it."""

    name: str
    part: str
    kind: str

    @property
    def is_left_over(self) -> bool:
        """Whether the list names a worksheet of which nothing is there."""
        return not self.part and self.kind not in _WITHOUT_CELLS

    @property
    def is_worksheet(self) -> bool:
        return self.kind == WORKSHEET and bool(self.part)

    @property
    def is_known(self) -> bool:
        """Whether the fast reader opens a workbook that lists it."""
        return bool(self.part) and self.kind in _READ_AS_SUCH


def targets_of(package: Package, part: str) -> dict[str, Target]:
    """What a part refers to, by the name that it has for each. KeyError: no relations there."""
    folder, _, base = part.rpartition("/")
    relations = ElementTree.fromstring(package.read(f"{folder}/_rels/{base}.rels".lstrip("/")))
    return {
        relation.get("Id", ""): Target(
            _part_name(folder, relation.get("Target", "")),
            relation.get("Type", "").rpartition("/")[2].lower(),
        )
        for relation in relations
    }


def workbook_entries(package: Package, workbook: str) -> tuple[list[SheetEntry], bool]:
    """The sheets in the workbook's order, and whether dates count from 1904."""
    root = ElementTree.fromstring(package.read(workbook))
    targets = targets_of(package, workbook)
    sheets: list[SheetEntry] = []
    date1904 = False
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "sheet":
            key = element.get(_RELATIONSHIP) or element.get(_STRICT_RELATIONSHIP)
            target = targets.get(key or "", Target())
            part = target.part if target.part in package else ""
            sheets.append(SheetEntry(element.get("name", ""), part, target.kind))
        elif tag == "workbookPr":
            date1904 = element.get("date1904") in ("1", "true", "on")
    return sheets, date1904


def unknown_places(entries: Iterable[SheetEntry]) -> frozenset[int]:
    """The places (from 0) of the sheets that make the fast reader refuse the workbook."""
    return frozenset(place for place, entry in enumerate(entries) if not entry.is_known)


def _part_name(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
    steps: list[str] = []
    for step in path.split("/"):
        if step == ".." and steps:
            steps.pop()
        elif step not in (".", "..", ""):
            steps.append(step)
    return "/".join(steps)
