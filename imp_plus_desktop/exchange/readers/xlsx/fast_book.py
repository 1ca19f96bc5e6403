# SPDX-License-Identifier: Apache-2.0
"""A workbook of the fast reader, which works beside its caller: it is opened while the sheets are
looked at, and a sheet is loaded while the one before it is told.

Only a workbook whose parts are known to hold no more than they declare may be opened here.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from threading import Thread
from typing import Generic, TypeVar

import python_calamine as calamine


class FastBook:
    """The workbook in these bytes. What the reader raises comes when its result is asked for."""

    def __init__(self, data: bytes) -> None:
        self._book = _Beside(lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)))
        self._foreseen: dict[str, _Beside[calamine.CalamineSheet]] = {}

    def sheets(self) -> Sequence[calamine.SheetMetadata]:
        """What the workbook says of its sheets, in their order."""
        return self._book.result().sheets_metadata

    def foresee(self, name: str) -> None:
        """Load a sheet that is asked for next: it takes its memory beside the present one."""
        book = self._book.result()
        self._foreseen[name] = _Beside(lambda: book.get_sheet_by_name(name))

    def sheet(self, name: str) -> calamine.CalamineSheet:
        """A sheet by its name."""
        known = self._foreseen.pop(name, None)
        return self._book.result().get_sheet_by_name(name) if known is None else known.result()


_T = TypeVar("_T")


class _Beside(Generic[_T]):
    """The result of a function that a thread of its own runs: the reader lets others compute."""

    def __init__(self, work: Callable[[], _T]) -> None:
        self._found: list[_T] = []
        self._failure: BaseException | None = None
        self._work = work
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def result(self) -> _T:
        self._thread.join()
        if self._failure is not None:
            raise self._failure
        return self._found[0]

    def _run(self) -> None:
        try:
            self._found.append(self._work())
        except BaseException as failure:  # a panic of the reader's is no Exception
            self._failure = failure
