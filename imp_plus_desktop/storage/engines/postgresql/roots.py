# SPDX-License-Identifier: Apache-2.0
"""Whom a desk believes that a server is the one that it says it is: the authorities that its system
knows.

    of_the_system() -> str      what libpq is told of them

OpenSSL does not look where Windows keeps them, and would know none at all there.
"""

from __future__ import annotations

import sys
import threading
from base64 import encodebytes
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from imp_plus_desktop import private

SYSTEM = "system"
"""libpq's word for the authorities that OpenSSL finds."""
_NAME = "authorities.crt"
_OF_SERVERS = "1.3.6.1.5.5.7.3.1"
"""The purpose of a certificate: a server's."""
_writing = threading.Lock()
_written: list[tuple[Path, bytes]] = []


def of_the_system() -> str:
    """`system` or, on Windows, a file of this process with the authorities that Windows knows now,
    those among them that an office has given to its computers."""
    if sys.platform == "win32":
        import ssl

        refused: set[bytes] = set()
        with suppress(OSError):  # a computer need not have that list
            refused = {content for content, *_more in ssl.enum_certificates("Disallowed")}
        with suppress(OSError):
            return str(_kept(vouching(ssl.enum_certificates("ROOT"), refused)))
    return SYSTEM


def vouching(
    known: Iterable[tuple[bytes, str, bool | Collection[str]]], refused: Collection[bytes] = ()
) -> bytes:
    """Those that vouch for servers, as OpenSSL reads them, of certificates as Windows lists them:
    each with how it is written, and what it is good for (True for all)."""
    good = (
        content
        for content, written, purposes in known
        if written == "x509_asn"
        and (purposes is True or (purposes and _OF_SERVERS in purposes))
        and content not in refused
    )
    return b"".join(
        b"-----BEGIN CERTIFICATE-----\n" + encodebytes(content) + b"-----END CERTIFICATE-----\n"
        for content in good
    )


def _kept(content: bytes) -> Path:
    """A file that holds this: the last one, where it does and nobody has tidied it away."""
    with _writing:
        if not _written or _written[0][1] != content or not _written[0][0].exists():
            path = private.scratch_place() / _NAME
            private.write(path, content)
            _written[:] = [(path, content)]
        return _written[0][0]
