# SPDX-License-Identifier: Apache-2.0
"""Workbooks read in the tests' own process, by all that the child process runs.

Hundreds of tests bring a list in, and each start of the program costs as much as their whole
import. The question and the answer are the bytes that otherwise go through pipes. What the child is
for (limits, an end by force, a file that breaks the reader) is tried with real ones: tests that are
marked `child`, and all that start the program themselves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from typing import TypeVar

from imp_plus_desktop.domain.values.errors import Cancelled, ExchangeError
from imp_plus_desktop.exchange.readers import reading_child

T = TypeVar("T")


def asked_here(
    asked: Mapping[str, object],
    content: bytes,
    decoded: Callable[[Iterable[bytes]], T | None],
    timeout: float | None = None,
    cancel: Callable[[], bool] | None = None,
    program: Sequence[str] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> T:
    """What the child would answer; stands for `reading._asked`."""
    assert program is None, "a program of its own needs the mark `child`"
    question = json.dumps({**asked, "bytes": len(content)}).encode("ascii")
    told = BytesIO()
    reading_child.answer(BytesIO(question + b"\n" + content), told)
    if meanwhile is not None:
        meanwhile()
    if cancel is not None and cancel():
        raise Cancelled
    answer = decoded(told.getvalue().splitlines(keepends=True))
    if answer is None:
        raise ExchangeError("too_large")
    return answer
