# SPDX-License-Identifier: Apache-2.0
"""The files that the log is written to: rotating, and their user's alone.

Loaded with the first record. Knows nothing of what a record may say: that is in `logs.py`.
"""

from __future__ import annotations

import io
import logging
import logging.handlers
from contextlib import suppress
from pathlib import Path

from imp_plus_desktop import private

_ONE_FILE_BYTES = 500_000
_OLD_FILES = 3


class RotatingFile(logging.handlers.RotatingFileHandler):
    """A file of the log, and the three before it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            maxBytes=_ONE_FILE_BYTES,
            backupCount=_OLD_FILES,
            encoding="utf-8",
            delay=True,
        )

    def _open(self) -> io.TextIOWrapper:
        return private.append(Path(self.baseFilename), "utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Go on without the log: Python would show the record, with its values."""

    def close(self) -> None:
        with suppress(OSError):  # what was not written before still finds no room
            super().close()
