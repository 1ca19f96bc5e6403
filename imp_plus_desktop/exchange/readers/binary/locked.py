# SPDX-License-Identifier: Apache-2.0
"""Takes the protection off a workbook that Office has encrypted, with its password.

Runs in the reading process alone, and loads the library that knows these protections only here:
it is large, and few files need it. The password is neither written nor told.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.binary.compound import SIGNATURE
from imp_plus_desktop.exchange.sheets.sheets import Limits

OFFICES_OWN = "VelvetSweatshop"
"""With this password Office protects a file that it opens for everybody without asking."""
LOCKED, WRONG, UNKNOWN = "encrypted", "wrong_password", "cannot_unlock"


def unlocked(data: bytes, password: str | None, limits: Limits = Limits()) -> bytes:  # noqa: B008
    """The workbook as it is without its protection.

    Raises ExchangeError: encrypted (no password was given, and it needs one), wrong_password,
    cannot_unlock (protected otherwise than Office does), too_large.
    """
    if not data.startswith(SIGNATURE):
        raise ExchangeError(UNKNOWN)
    tried = [password, OFFICES_OWN] if password else [OFFICES_OWN]
    content = _first_that_opens(data, tried)
    if content is None:
        raise ExchangeError(WRONG if password else LOCKED)
    if len(content) > limits.unpacked_bytes:
        raise ExchangeError("too_large")
    return content


def _first_that_opens(data: bytes, passwords: Sequence[str]) -> bytes | None:
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    for password in passwords:
        out = io.BytesIO()
        try:
            file: Any = msoffcrypto.OfficeFile(io.BytesIO(data))
            # It is not asked to verify the password first: it refuses right ones of Excel 2010.
            file.load_key(password=password)
            file.decrypt(out)
        except InvalidKeyError:
            continue
        except (DecryptionError, FileFormatError, ParseError, NotImplementedError):
            raise ExchangeError(UNKNOWN) from None
        return out.getvalue()
    return None
