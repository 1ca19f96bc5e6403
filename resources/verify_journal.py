# SPDX-License-Identifier: Apache-2.0
"""Verify an export of the journal of IMP+ Desktop, without the program: only Python is needed.

    python verify_journal.py JOURNAL.jsonl [HEAD]

Each act is one line with its changes on the lines after it. Its hash is the SHA-256 of the hash of
the act before, of its own columns, of its digest and of its changes' digests; a digest is the
SHA-256 of a salt and what is kept. HEAD is one that was printed earlier (its first 16 digits do):
where no act has it, the journal was written anew since.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

Line = dict[str, Any]
OWN = ("at", "who", "service", "source_name", "source_sha256", "undoes")
KEPT = ("entity", "id", "person", "before", "after", "sheet", "row")


def joined(*values: object) -> bytes:
    return "\x1f".join(str(value or "") for value in values).encode()


def is_kept(line: Line, payload: bytes) -> bool:
    """Whether a line says what was hashed; where it was erased, nothing is left to say."""
    salt = bytes.fromhex(line["salt"] or "")
    return bool(salt) and hashlib.sha256(salt + payload).hexdigest() == str(line["digest"])


def changes_of(act: Line, file: TextIO) -> Iterator[tuple[Line, bytes]]:
    """The changes of an act, each with what was hashed of it."""
    for _ in range(act["changes"]):
        change = json.loads(file.readline())
        together = change["together"]
        more = b"" if together is None else b"\x1f" + together.encode()
        yield change, joined(*(change[name] for name in KEPT)) + more


def verify(file: TextIO) -> list[str]:
    """The hash of each act, in order. Raises ValueError naming the first that does not hold."""
    hashes: list[str] = []
    blank: dict[tuple[str, int], int] = {}
    signed: set[tuple[str, int]] = set()
    for text in file:
        act = json.loads(text)
        number = act["act"]
        if not is_kept(act, (act["details"] or "").encode()):
            blank["acts", number] = number
        elif act["service"] == "privacy.erase":
            erased = json.loads(act["details"])["blanked"]
            signed |= {(kind, one) for kind in erased for one in erased[kind]}
        chain = hashlib.sha256(bytes.fromhex(hashes[-1]) if hashes else b"")
        chain.update(joined(number, *(act[name] for name in OWN)) + bytes.fromhex(act["digest"]))
        for change, payload in changes_of(act, file):
            if not is_kept(change, payload):
                blank["changes", change["change"]] = number
            chain.update(bytes.fromhex(change["digest"]))
        if chain.hexdigest() != act["hash"]:
            raise ValueError(f"act {number} does not hold")
        hashes.append(act["hash"])
    for act in sorted(act for line, act in blank.items() if line not in signed):
        raise ValueError(f"act {act} does not hold")
    return hashes


def main(path: str, head: str = "") -> None:
    head = "".join(head.split()).lower()
    try:
        with Path(path).open(encoding="utf-8", newline="\n") as file:
            if json.loads(file.readline()).get("journal") != "IMP+ Desktop":
                sys.exit("NOT VERIFIED: this is no export of a journal")
            hashes = verify(file)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        sys.exit(f"NOT VERIFIED: {error}")
    print(f"{len(hashes)} acts hold. Head: {hashes[-1] if hashes else 'none'}")
    if head:
        places = [number for number, one in enumerate(hashes) if one.startswith(head)]
        if len(head) < 16 or not places:
            sys.exit("NOT VERIFIED: no act has this head")
        print(f"The head that was kept is of act {places[0] + 1} of {len(hashes)}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
