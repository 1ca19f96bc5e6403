# SPDX-License-Identifier: Apache-2.0
"""Workbooks read, and templates of letters filled, in the tests' own process, by all that the child
process runs.

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
    told = _told(reading_child.answer, asked, content)
    if meanwhile is not None:
        meanwhile()
    if cancel is not None and cancel():
        raise Cancelled
    answer = decoded(told)
    if answer is None:
        raise ExchangeError("too_large")
    return answer


def filled_here(
    asked: Mapping[str, object],
    content: bytes,
    decoded: Callable[[Iterable[bytes]], T | None],
    *_limits: object,
    **_options: object,
) -> T:
    """What the child would answer, without its limits; stands for `letter_process.ask_child`."""
    from imp_plus_desktop.exchange.correspondence import letter_child

    answer = decoded(_told(letter_child.answer, asked, content))
    assert answer is not None
    return answer


def _told(
    child: Callable[[BytesIO, BytesIO], object], asked: Mapping[str, object], content: bytes
) -> list[bytes]:
    question = json.dumps({**asked, "bytes": len(content)}).encode("ascii")
    told = BytesIO()
    child(BytesIO(question + b"\n" + content), told)
    return told.getvalue().splitlines(keepends=True)
