# SPDX-License-Identifier: Apache-2.0
"""What a command answers, and how that leaves the program: as JSON or as lines, and an exit code.

Stands under everything that makes answers, and loads nothing of the register.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from imp_plus_desktop.services.office.office import Office


class Answer(NamedTuple):
    """What a command says: an object for scripts, lines for people, and the exit code."""

    data: Mapping[str, Any]
    lines: Sequence[str] = ()
    code: int = 0


def emit(answer: Answer, as_json: bool) -> int:
    """Print an answer on stdout and return its exit code."""
    if as_json:
        import json

        print(json.dumps(plain(answer.data), ensure_ascii=False, indent=1))
    else:
        for line in answer.lines:
            print(line)
    return answer.code


def complain(sentence: str) -> None:
    """One line on stderr."""
    print(" ".join(sentence.split()), file=sys.stderr)


def plain(value: Any) -> Any:
    """Values as JSON has them: ISO days, UTC instants with Z, codes as texts."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    return value


Run = Callable[["Office", Namespace], Answer]
"""Does a command on a register."""
