# SPDX-License-Identifier: Apache-2.0
"""A key on paper comes back to the letter, and a slip is named by its group."""

from __future__ import annotations

import random

import pytest

from imp_plus_desktop.storage.files import recovery_keys

pytestmark = pytest.mark.of_a_file("passphrases are those of files")

KEY = bytes(range(7, 263 - 24))[:32]
WRITTEN = recovery_keys.written(KEY)
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_what_is_printed_is_thirteen_groups_and_reads_back() -> None:
    assert [len(group) for group in WRITTEN.split("-")] == [5] * 13
    assert recovery_keys.read(WRITTEN) == KEY
    for key in (bytes(32), b"\xff" * 32):
        assert recovery_keys.read(recovery_keys.written(key)) == key


def test_it_is_read_however_it_is_typed() -> None:
    loose = WRITTEN.lower().replace("-", "\u00a0 ").replace("0", "o").replace("1", "l")
    assert recovery_keys.looks_like(loose)
    assert recovery_keys.read(f"  {loose}\n") == KEY


def test_one_wrong_sign_anywhere_is_found_in_its_group() -> None:
    signs = WRITTEN.replace("-", "")
    for at, sign in enumerate(signs):
        for other in SIGNS.replace(sign, ""):
            with pytest.raises(recovery_keys.Mistyped) as told:
                recovery_keys.read(signs[:at] + other + signs[at + 1 :])
            assert told.value.group == at // 5 + 1


def test_neighbours_and_groups_that_changed_places_are_found() -> None:
    rng = random.Random(7)
    for _turn in range(20):
        groups = recovery_keys.written(rng.randbytes(32)).split("-")
        for number, group in enumerate(groups):
            for at in range(4):
                swapped = group[:at] + group[at + 1] + group[at] + group[at + 2 :]
                if swapped != group:
                    with pytest.raises(recovery_keys.Mistyped) as told:
                        recovery_keys.read("-".join([*groups[:number], swapped]))
                    assert told.value.group == number + 1
        for one, other in ((0, 12), (3, 4), (5, 10)):
            mixed = groups.copy()
            mixed[one], mixed[other] = mixed[other], mixed[one]
            with pytest.raises(recovery_keys.Mistyped):
                recovery_keys.read("-".join(mixed))


def test_what_is_missing_or_too_much_is_told() -> None:
    for typed, group in ((WRITTEN[:-6], 13), (WRITTEN[:-1], 13), (WRITTEN + "X", 13), ("", 1)):
        with pytest.raises(recovery_keys.Mistyped) as told:
            recovery_keys.read(typed)
        assert told.value.group == group


def test_a_passphrase_is_not_taken_for_one() -> None:
    assert not recovery_keys.looks_like("quatre mots bien longs")
    assert not recovery_keys.looks_like("")
    assert recovery_keys.looks_like(WRITTEN[:-2])
    assert not recovery_keys.looks_like("é" + WRITTEN[1:])
