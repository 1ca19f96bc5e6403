# SPDX-License-Identifier: Apache-2.0
"""What a text may hold to be kept: everything but a NUL and half a character.

Databases cut a text at a NUL, or refuse it; half a character (a lone surrogate) is what is left of
a file name or a login that is no UTF-8, and nothing can write it. Stands under every layer.
"""

from __future__ import annotations

NUL = "\x00"


def is_sound(text: str) -> bool:
    """Whether a text can be kept as it is."""
    if NUL in text:
        return False
    try:
        text.encode()  # a lone surrogate is all that UTF-8 has no bytes for
    except UnicodeEncodeError:
        return False
    return True


def mended(text: str) -> str:
    """A name that the system gave and nobody typed, with a sign for what cannot be kept."""
    if is_sound(text):
        return text
    return "".join(sign if is_sound(sign) else "\ufffd" for sign in text)
