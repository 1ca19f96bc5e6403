# SPDX-License-Identifier: Apache-2.0
"""The bytes of a file that somebody gives, whole: a scan, a template, a programme, figures.

    read_whole(path, most, too_large) -> bytes

Tables are read by `reader.py`, which bounds what they unpack to.
"""

from __future__ import annotations

from pathlib import Path

from imp_plus_desktop import plain_files
from imp_plus_desktop.domain.values.errors import AppError, ExchangeError


def read_whole(path: Path, most: int, too_large: AppError) -> bytes:
    """A file's bytes; of a file of more than `most`, no more than tells it.

    Errors: ExchangeError not_a_file, file_not_found, empty_file, what stands in the way of reading;
    and `too_large`.
    """
    try:
        content = plain_files.read_plain(path, most + 1)
    except plain_files.NotAFile:
        raise ExchangeError("not_a_file") from None
    except OSError as error:
        raise ExchangeError(plain_files.trouble(error, "file_not_found")) from None
    if len(content) > most:
        raise too_large
    if not content:
        raise ExchangeError("empty_file")
    return content
