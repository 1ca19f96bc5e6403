# SPDX-License-Identifier: Apache-2.0
"""`fold` of `domain/values/names.py` as a function of a server, made of what that one answers.

    FOLDED      the statement that makes `folded(text)`

Letters of Latin, Greek and Cyrillic writing, their marks and the usual signs are folded as there;
of any other writing the letters stand for themselves.
"""

from __future__ import annotations

from imp_plus_desktop.domain.values.names import fold

_RANGES = (
    *((0x80, 0x250), (0x2B0, 0x370), (0x370, 0x530), (0x1E00, 0x2000), (0x2000, 0x2070)),
    *((0x20A0, 0x20D0), (0x2100, 0x2150), (0x3000, 0x3020), (0xFB00, 0xFB07), (0xFF01, 0xFF5F)),
)


def _statement() -> str:
    letters = [chr(code) for first, end in _RANGES for code in range(first, end)]
    # Between two letters, so that what parts words is told from what is nothing.
    told = {letter: fold(f"x{letter}x")[1:-1] for letter in letters}
    single = {letter: to for letter, to in told.items() if len(to) == 1 and to != letter}
    gone = [letter for letter, to in told.items() if not to]
    asked = "translate(told, '{}', '{}')".format(
        "".join([*single, *gone]), "".join(single.values())
    )
    for letter, to in told.items():
        if len(to) > 1:
            asked = f"replace({asked}, '{letter}', '{to}')"
    plain = "lower(translate({}, '''`', ''))"
    words = r"btrim(regexp_replace({}, '[\x01-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+', ' ', 'g'))"
    return (
        "CREATE FUNCTION folded(told TEXT) RETURNS TEXT IMMUTABLE PARALLEL SAFE LANGUAGE SQL AS $f$"
        " SELECT CASE WHEN told ~ '^[\\x01-\\x7f]*$'"
        f" THEN {words.format(plain.format('told'))}"
        f" ELSE {words.format(plain.format(asked))} END $f$"
    )


FOLDED = _statement()
