# SPDX-License-Identifier: Apache-2.0
"""A file of figures: its text, and the signature that stands in its last line.

    parted(content) -> Signed         the text and what signed it. Raises ExchangeError
    table(signed) -> dict             the parsed text. Raises ExchangeError
    with_signature(text, sign)        the file's bytes, signed by a function of bytes

The last line is `# imp-plus-signature: PUBLIC-KEY SIGNATURE`, Ed25519 (RFC 8032), both in base64.
It covers the text above it with line feeds for line ends, so that a mail that changes them breaks
nothing. Knows no key: whom to trust is decided elsewhere.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import tomllib
from collections.abc import Callable
from typing import Any

from imp_plus_desktop import plain_text
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import ExchangeError

MOST_BYTES = 1 << 20
_MARK = "# imp-plus-signature:"
_CONTEXT = b"imp-plus figures 1\n"
"""Before the text: what is signed here is good for nothing else."""
_KEY_BYTES, _SIGNATURE_BYTES = 32, 64


@dataclass(frozen=True, slots=True)
class Signed:
    """A file's text, its fingerprint (SHA-256 of the text), and the public key whose signature it
    bears, in base64; None where it bears none."""

    text: str
    fingerprint: str
    key: str | None


def parted(content: bytes) -> Signed:
    """The text of a file and its signature, which holds.

    Errors: ExchangeError figures_unreadable (no UTF-8), signature_broken.
    """
    text, line = _parted(content)
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    if line is None:
        return Signed(text, fingerprint, None)
    key, signature = _told(line)
    # Here, since whoever takes no such file waits for no cryptography.
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, _CONTEXT + text.encode())
    except (InvalidSignature, ValueError):
        raise ExchangeError("signature_broken") from None
    return Signed(text, fingerprint, base64.b64encode(key).decode())


def with_signature(content: bytes, key: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """A file's bytes with its text signed anew by a private key, whose public half is `key`.

    Errors: ExchangeError figures_unreadable.
    """
    text, _former = _parted(content)
    told = [base64.b64encode(one).decode() for one in (key, sign(_CONTEXT + text.encode()))]
    return f"{text}{_MARK} {' '.join(told)}\n".encode()


def table(signed: Signed) -> dict[str, Any]:
    """The text as tables. Errors: ExchangeError figures_unreadable."""
    deep = plain_text.deep_key(signed.text)
    if deep is not None:
        raise ExchangeError("figures_unreadable", line=deep)
    try:
        return tomllib.loads(signed.text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        found = re.search(r"at line (\d+)", str(error))
        raise ExchangeError("figures_unreadable", line=int(found[1]) if found else 1) from None


def _parted(content: bytes) -> tuple[str, str | None]:
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise ExchangeError("figures_unreadable", line=1) from None
    lines = text.rstrip("\n").split("\n")
    last = lines[-1].strip()
    if not last.startswith(_MARK):
        return text.rstrip("\n") + "\n", None
    return "\n".join(lines[:-1]).rstrip("\n") + "\n", last.removeprefix(_MARK)


def _told(line: str) -> tuple[bytes, bytes]:
    try:
        key, signature = (base64.b64decode(part, validate=True) for part in line.split())
    except (binascii.Error, ValueError):
        raise ExchangeError("signature_broken") from None
    if (len(key), len(signature)) != (_KEY_BYTES, _SIGNATURE_BYTES):
        raise ExchangeError("signature_broken")
    return key, signature
