# SPDX-License-Identifier: Apache-2.0
"""What a text may hold to be kept: everything but a NUL and half a character.

Databases cut a text at a NUL, or refuse it; half a character (a lone surrogate) is what is left of
a file name or a login that is no UTF-8, and nothing can write it. Stands under every layer.

    LONGEST             signs of a text that a register finds by itself: a number, a name, tags
    deep_key(text)      where a text in TOML names a key that no file of ours has
"""

from __future__ import annotations

import re

NUL = "\x00"
LONGEST = 600
"""Four bytes a sign at most: an index of a server takes no longer key than 2,704 bytes."""

_DEEP_KEY = re.compile(
    r"""(?<![\w\\-])(?:(?:[\w-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*\.[ \t]*){30}""", re.ASCII
)


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


def deep_key(text: str) -> int | None:
    """The line of a text in TOML with a key of more than thirty parts (`a.b.c…`), None without.

    Python's reader keeps every beginning of a key: one long key would take all the memory.
    """
    found = _DEEP_KEY.search(text)
    return None if found is None else text.count("\n", 0, found.start()) + 1
