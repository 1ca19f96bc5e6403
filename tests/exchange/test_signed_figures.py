# SPDX-License-Identifier: Apache-2.0
"""A file of figures and its signature: whose it is, and that nothing was changed since."""

from __future__ import annotations

import time
import tomllib
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.figures.signed import parted, table, with_signature
from imp_plus_desktop.plain_text import deep_key

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
TEXT = '[file]\nformat = 1\nname = "Frais d’IRCC"\n'


def signed(text: str = TEXT) -> bytes:
    return with_signature(text.encode(), PUBLIC, KEY.sign)


def refused(content: bytes) -> str:
    with pytest.raises(ExchangeError) as caught:
        table(parted(content))
    return caught.value.code


def test_a_signed_file_tells_whose_it_is_and_reads_as_before() -> None:
    found = parted(signed())
    assert found.key == "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="
    assert table(found) == tomllib.loads(TEXT)
    assert found.fingerprint == parted(TEXT.encode()).fingerprint
    assert parted(TEXT.encode()).key is None
    assert signed(signed().decode()) == signed()


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_and_a_byte_order_mark_break_no_signature(end: str) -> None:
    changed = "\ufeff" + signed().decode().replace("\n", end) + end * 3
    assert parted(changed.encode()).key is not None


@given(st.integers(0, len(TEXT.encode()) - 2), st.integers(1, 255))
def test_one_changed_byte_breaks_the_signature(place: int, other: int) -> None:
    content = bytearray(signed())
    content[place] ^= other
    with suppress(ExchangeError):
        # A line end that became another one says the same; nothing else is taken.
        assert parted(bytes(content)).text == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "# imp-plus-signature:",
        "# imp-plus-signature: AAAA BBBB",
        "# imp-plus-signature: not base64!",
        f"# imp-plus-signature: A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg= {'A' * 86}==",
    ],
)
def test_a_signature_that_is_none_is_refused(line: str) -> None:
    assert refused(f"{TEXT}{line}\n".encode()) == "signature_broken"


@pytest.mark.parametrize(
    "key", ["a." * 100_000 + "b = 1", "[" + "a." * 100_000 + "b]", '"a" . ' * 90]
)
def test_a_key_without_end_is_refused_before_it_takes_all_memory(key: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        table(parted(f"x = 1\n{key}\n".encode()))
    assert (caught.value.code, caught.value.parameters) == ("figures_unreadable", {"line": 2})


@pytest.mark.parametrize(
    "text", ['"\\' * 400_000, "a" * 900_000, "'a." * 300_000, ("a." + " " * 3000) * 29]
)
def test_no_text_keeps_the_look_for_such_keys_long(text: str) -> None:
    began = time.monotonic()
    deep_key(text)
    assert time.monotonic() - began < 10


def test_what_is_no_such_text_is_refused_with_its_line() -> None:
    assert refused(b"\xff\xfe\x00") == "figures_unreadable"
    assert refused(b"PK\x03\x04") == "figures_unreadable"
    with pytest.raises(ExchangeError) as caught:
        table(parted(b"[file]\nformat = = 1\n"))
    assert caught.value.parameters["line"] == 2
    assert refused(b"a = " + b"[" * 100_000) == "figures_unreadable"


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_a_refusal(content: bytes) -> None:
    with suppress(ExchangeError):
        assert isinstance(table(parted(content)), dict)
