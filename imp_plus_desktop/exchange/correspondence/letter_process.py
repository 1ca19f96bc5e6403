# SPDX-License-Identifier: Apache-2.0
"""Looks at a template, and fills it, in a child process with limits of time and of memory.

    check(template, known) -> Checked
    fill(template, letters, cancel, progress) -> list[Filled]

Bytes and values go by pipe: nothing of them is on the disk. The child is `letter_child.py`.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from imp_plus_desktop.domain.documents.media import MediaType, Refused, look
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.correspondence.filled import (
    Checked,
    Filled,
    Mistake,
    Value,
    sheet_of,
)
from imp_plus_desktop.exchange.readers.reading import ask_child
from imp_plus_desktop.exchange.sheets.sheets import MEBIBYTE

T = TypeVar("T")

OPTION = "--fill-letters"
MOST_BYTES = 10 * MEBIBYTE
"""Of a template."""
BATCH = 25
"""So many letters are filled by one child: what one has made is kept while the next is at work."""
_SECONDS = 10.0
_SECONDS_A_LETTER = 1.0
_SAID = {
    "timeout": "template_stalls",
    "too_large": "letter_too_large",
    "damaged": "template_unreadable",
}
"""What a child that gives no answer means here."""
_WHY = {Refused.MACROS: "template_macros", Refused.OUTSIDE: "template_outside"}


def check(template: bytes, known: Mapping[str, Sequence[str]]) -> Checked:
    """What a template uses and gets wrong; `known` as `checking.check` has it.

    Errors: ExchangeError template_not_docx, template_macros, template_outside, template_objects,
    letter_too_large, template_unreadable, template_stalls.
    """
    _refuse(template)
    return _ask({"known": known}, template, _checked, _SECONDS, None)


def fill(
    template: bytes,
    letters: Sequence[Mapping[str, Value]],
    cancel: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Filled]:
    """A letter for each of these values, in their order.

    Errors: as `check`; ExchangeError template_fails (`tag` is the field); Cancelled.
    """
    _refuse(template)
    made: list[Filled] = []
    for start in range(0, len(letters), BATCH):
        if progress is not None:
            progress(start, len(letters))
        some = letters[start : start + BATCH]
        work = _SECONDS + _SECONDS_A_LETTER * len(some)
        made += _ask({"letters": some}, template, _filled, work, cancel)
    return made


def _ask(
    asked: Mapping[str, object],
    template: bytes,
    decoded: Callable[[Iterable[bytes]], T | None],
    work: float,
    cancel: Callable[[], bool] | None,
) -> T:
    """What the child answers; what it could not do is said of letters."""
    try:
        return ask_child(asked, template, decoded, work * 2, cancel, option=OPTION, work=work)
    except ExchangeError as error:
        raise ExchangeError(_SAID.get(error.code, error.code), **error.parameters) from None


def _refuse(template: bytes) -> None:
    if len(template) > MOST_BYTES:
        raise ExchangeError("letter_too_large")
    told = look(template)
    if told is not MediaType.DOCX:
        why = "template_objects" if told is Refused.OBJECTS else "template_not_docx"
        raise ExchangeError(_WHY.get(told, why) if isinstance(told, Refused) else why)


def _whole(lines: Iterable[bytes]) -> Iterator[dict[str, object]]:
    """What the child says, until its end. Raises the child's error."""
    for line in lines:
        value = json.loads(line)
        if "error" in value:
            raise ExchangeError(value["error"], **value["parameters"])
        yield value


def _checked(lines: Iterable[bytes]) -> Checked | None:
    found = list(_whole(lines))
    if len(found) < 2 or "end" not in found[-1]:
        return None
    first: dict[str, Any] = found[0]
    mistakes = tuple(Mistake(*one) for one in first["mistakes"])
    return Checked(tuple(first["used"]), tuple(first["needed"]), mistakes)


def _filled(lines: Iterable[bytes]) -> list[Filled] | None:
    found = list(_whole(lines))
    if not found or "end" not in found[-1]:
        return None
    return [
        Filled(base64.b64decode(str(one["docx"])), sheet_of(one["sheet"]))  # type: ignore[arg-type]
        for one in found[:-1]
    ]
