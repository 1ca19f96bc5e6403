# SPDX-License-Identifier: Apache-2.0
"""The program's log file, and what may be said of an error without naming anyone.

The register holds personal data, and exceptions and log arguments can carry it. So only the fixed
text of a log call, numbers, and the type and code location of an exception are ever written.
Must not write the message of an exception, a path or any text value.
"""

from __future__ import annotations

import logging
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from imp_plus_desktop import private
from imp_plus_desktop.plain_files import Kind, kind_of

if TYPE_CHECKING:
    from imp_plus_desktop.log_file import RotatingFile

LOG_NAME = "imp-plus.log"

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def start_logging(folder: Path) -> None:
    """Send warnings and worse to a rotating file in `folder`, and to no file of an earlier call.

    Raises OSError when the folder cannot be made; the program can go on without a log.
    """
    root = logging.getLogger()
    if not root.handlers:
        # Without any handler Python would show a warning with its values.
        root.addHandler(logging.NullHandler())
    private.own_folder(folder)
    for earlier_file in folder.glob(f"{LOG_NAME}*"):
        private.tighten(earlier_file)
    for earlier in [h for h in root.handlers if isinstance(h.formatter, NamelessFormatter)]:
        root.removeHandler(earlier)
        earlier.close()
    if kind_of(folder / LOG_NAME) not in (Kind.FILE, Kind.MISSING):
        return  # a pipe would be waited for
    handler = _FileWhenNeeded(folder / LOG_NAME)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(NamelessFormatter())
    root.addHandler(handler)


class _FileWhenNeeded(logging.Handler):
    """The rotating file, from the first record on: most runs have nothing to tell, and should not
    wait for what writes it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: RotatingFile | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from imp_plus_desktop.log_file import RotatingFile

            self._file = RotatingFile(self._path)
            self._file.setFormatter(self.formatter)
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


class NamelessFormatter(logging.Formatter):
    """Writes records without any value that could be somebody's."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line, from a copy of the record: other handlers keep the original."""
        copy = logging.makeLogRecord(record.__dict__)
        copy.msg = _nameless_message(record)
        copy.args = None
        copy.exc_text = None
        copy.stack_info = None
        return super().format(copy)

    def formatException(self, ei: _ExcInfo) -> str:
        """Type and code location only."""
        error = ei[1]
        return nameless_trace(error) if error is not None else ""


def nameless_trace(error: BaseException) -> str:
    """Types and code locations of `error` and what led to it, innermost cause first.

    Fit for a report that a user copies and sends: it holds no messages and no values.
    """
    import traceback

    parts: list[str] = []
    seen: set[int] = set()
    step: BaseException | None = error
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        places = traceback.extract_tb(step.__traceback__)
        lines = [f"  {_short(p.filename)}:{p.lineno} in {p.name}" for p in places]
        parts.append("\n".join([*lines, type(step).__qualname__]))
        step = step.__cause__ or (None if step.__suppress_context__ else step.__context__)
    return "\nwhich led to\n".join(reversed(parts))


def _nameless_message(record: logging.LogRecord) -> str:
    template = str(record.msg)
    if not record.args or not isinstance(record.args, tuple):
        return template
    values = tuple(_nameless(value) for value in record.args)
    try:
        return template % values
    except (TypeError, ValueError):
        return template


def _nameless(value: object) -> object:
    return value if isinstance(value, bool | int | float) else f"<{type(value).__name__}>"


def _short(filename: str) -> str:
    # The folders above a package may hold the user's name.
    parts = Path(filename).parts
    for root in ("imp_plus_desktop", "site-packages"):
        if root in parts:
            return "/".join(parts[parts.index(root) :])
    return parts[-1] if parts else filename
