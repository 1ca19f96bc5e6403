# SPDX-License-Identifier: Apache-2.0
"""What is known of the copies in a folder: which were opened aside and found whole, and when.

    proofs_in(folder)            by the copy's file name
    note(folder, name, proof)    one more; what is said of copies that are gone is forgotten

It stands in one small file among the copies, `proven.json`. Without it nothing is lost: each copy
is looked through again. A copy whose size is not what was proven counts as never looked at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from imp_plus_desktop import private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.plain_files import read_plain

NAME = "proven.json"
_MOST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Proof:
    """What looking through a copy has found: `fault` is a code, empty where it is whole.

    `at` is an aware instant; `head` is the hash of its last act, in hexadecimal digits.
    """

    at: datetime
    size: int
    people: int
    acts: int
    head: str
    fault: str = ""

    @property
    def holds(self) -> bool:
        """Whether the copy was found whole."""
        return not self.fault


def proofs_in(folder: Path) -> dict[str, Proof]:
    """What is known of each copy that is still what was looked at."""
    known = {}
    for name, proof in _noted(folder).items():
        with suppress(OSError):
            if (folder / name).stat().st_size == proof.size:
                known[name] = proof
    return known


def note(folder: Path, name: str, proof: Proof) -> None:
    """Keep what was found of a copy. Raises OSError."""
    known = {**_noted(folder), name: proof}
    kept = {
        one: {**asdict(found), "at": found.at.isoformat()}
        for one, found in sorted(known.items())
        if (folder / one).exists()
    }
    private.write(folder / NAME, json.dumps(kept, indent=1).encode())


def _noted(folder: Path) -> dict[str, Proof]:
    try:
        told = json.loads(read_plain(folder / NAME, _MOST_BYTES))
        return {str(name): _proof(one) for name, one in told.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _proof(told: Mapping[str, object]) -> Proof:
    at = datetime.fromisoformat(str(told["at"]))
    size, people, acts = (int(str(told[name])) for name in ("size", "people", "acts"))
    return Proof(at.astimezone(), size, people, acts, str(told["head"]), str(told.get("fault", "")))
