# SPDX-License-Identifier: Apache-2.0
"""Letters as PDF where there is no window: a process of their own lays them out, since the command
line never loads Qt.

    with printing() as to_pdf: to_pdf(sheet, title) -> bytes

The child is `ui/shell/letter_printer.py`; sheets and PDFs go by pipe.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.correspondence.filled import Sheet, sheet_of, told
from imp_plus_desktop.exchange.readers import children

OPTION = "--print-letters"
_SURROUNDINGS = {} if sys.platform == "win32" else {"QT_QPA_PLATFORM": "offscreen"}
"""It shows nothing; on Windows what a window needs is always there."""


@contextmanager
def printing() -> Iterator[Callable[[Sheet, str], bytes]]:
    """What makes PDFs, for as long as it is wanted. Errors of it: ExchangeError cannot_write."""
    child = children.start(children.own_program(OPTION), _SURROUNDINGS)
    try:
        yield lambda sheet, title: _printed(child, sheet, title)
    finally:
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        with suppress(subprocess.TimeoutExpired):
            child.wait(5)
        if child.poll() is None:
            child.kill()
            child.wait()


def asked(line: bytes) -> tuple[Sheet, str]:
    """What a line asks the child for: a letter, and the title of its PDF."""
    request = json.loads(line)
    return sheet_of(request["sheet"]), request["title"]


def _printed(child: subprocess.Popen[bytes], sheet: Sheet, title: str) -> bytes:
    if child.stdin is None or child.stdout is None:
        raise ExchangeError("cannot_write")
    try:
        child.stdin.write(
            json.dumps({"title": title, "sheet": told(sheet)}).encode("ascii") + b"\n"
        )
        child.stdin.flush()
        line = child.stdout.readline()
    except OSError:
        line = b""
    if not line:
        raise ExchangeError("cannot_write")
    return base64.b64decode(line)
