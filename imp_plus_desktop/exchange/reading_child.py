# SPDX-License-Identifier: Apache-2.0
"""The child process that reads one workbook: rows go to standard output as JSON lines.

A file that is made to do harm ends this process and not the program. `decode` rebuilds in the
parent what `main` wrote; the parent's side is `reading.py`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from imp_plus_desktop.domain.errors import ExchangeError
from imp_plus_desktop.exchange.reader import read_workbook
from imp_plus_desktop.exchange.sheets import Cell, Limits, Sheet, Workbook

ROWS_A_LINE = 200
_PLAIN = frozenset({str, int, float, bool, type(None)})


def main(argv: Sequence[str] | None = None) -> int:
    """Reads the file named in argv; 0 when its last line says `end` or `error`."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("path", type=Path)
    parser.add_argument("--sheet", action="append")
    parser.add_argument("--memory", type=int, default=Limits().memory_bytes)
    arguments = parser.parse_args(argv)
    _limit_memory(arguments.memory)
    # A windowed program has no sys.stdout, but its parent's pipe is there all the same.
    with open(1, "wb", closefd=False) as out:
        try:
            _write(out, read_workbook(arguments.path, sheet_names=arguments.sheet))
        except ExchangeError as error:
            _line(out, {"error": error.code, "parameters": error.parameters})
        except MemoryError:
            _line(out, {"error": "too_large", "parameters": {}})
    return 0


def _limit_memory(limit: int) -> None:
    if sys.platform != "win32":
        import resource

        # Where the system refuses the limit, the declared sizes have to do.
        try:
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        except (ValueError, OSError):
            return


def _line(out: IO[bytes], value: object) -> None:
    out.write(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode() + b"\n")


def _write(out: IO[bytes], workbook: Workbook) -> None:
    _line(
        out,
        {
            "kind": workbook.kind,
            "date1904": workbook.date1904,
            "encoding": workbook.encoding,
            "delimiter": workbook.delimiter,
        },
    )
    for sheet in workbook.sheets:
        _line(
            out,
            {
                "sheet": sheet.name,
                "hidden": sheet.hidden,
                "hidden_rows": sorted(sheet.hidden_rows),
                "hidden_columns": sorted(sheet.hidden_columns),
                "errors": [[*position, text] for position, text in sheet.error_cells.items()],
                "uncached": sorted(sheet.uncached_formulas),
                "lost": sorted(sheet.lost_digits),
                "merged": sheet.merged,
                "notes": sheet.notes,
            },
        )
        for start in range(0, len(sheet.rows), ROWS_A_LINE):
            rows = sheet.rows[start : start + ROWS_A_LINE]
            _line(out, [[c if type(c) in _PLAIN else _encoded(c) for c in row] for row in rows])
    _line(out, {"end": True})


def _encoded(cell: Cell) -> Any:
    """What JSON cannot hold stands in a list: a day as its number, which is quickest both ways."""
    if isinstance(cell, datetime):
        return ["t", cell.isoformat()]
    if isinstance(cell, date):
        return [cell.toordinal()]
    if isinstance(cell, time):
        return ["h", cell.isoformat()]
    return cell


def _decoded(cell: list[Any]) -> Cell:
    if len(cell) == 1:
        return date.fromordinal(cell[0])
    kind, text = cell
    return datetime.fromisoformat(text) if kind == "t" else time.fromisoformat(text)


def decode(lines: Iterable[bytes]) -> Workbook | None:
    """The workbook that the lines hold; None when they break off. Raises the child's error."""
    head: dict[str, Any] | None = None
    sheets: list[tuple[dict[str, Any], list[tuple[Cell, ...]]]] = []
    for line in lines:
        value = json.loads(line)
        if isinstance(value, list):
            rows = sheets[-1][1]
            for row in value:
                rows.append(tuple([_decoded(c) if type(c) is list else c for c in row]))
        elif "error" in value:
            raise ExchangeError(value["error"], **value["parameters"])
        elif "sheet" in value:
            sheets.append((value, []))
        elif "end" in value and head is not None:
            found = tuple(_sheet(about, rows) for about, rows in sheets)
            return Workbook(
                head["kind"], found, head["date1904"], head["encoding"], head["delimiter"]
            )
        else:
            head = value
    return None


def _sheet(about: dict[str, Any], rows: list[tuple[Cell, ...]]) -> Sheet:
    return Sheet(
        name=about["sheet"],
        hidden=about["hidden"],
        rows=tuple(rows),
        hidden_rows=frozenset(about["hidden_rows"]),
        hidden_columns=frozenset(about["hidden_columns"]),
        error_cells={(row, column): text for row, column, text in about["errors"]},
        uncached_formulas=frozenset((row, column) for row, column in about["uncached"]),
        lost_digits=frozenset((row, column) for row, column in about["lost"]),
        merged=tuple((a, b, c, d) for a, b, c, d in about["merged"]),
        notes=tuple(about["notes"]),
    )


if __name__ == "__main__":
    sys.exit(main())
