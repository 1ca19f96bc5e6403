# SPDX-License-Identifier: Apache-2.0
"""Where a register lies on a server: read as it was written, and never with a password in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.storage.engines import ServerAddress, is_address, parse


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("postgresql://host/imp", ServerAddress((("host", 5432),), "imp")),
        ("postgres://host/imp", ServerAddress((("host", 5432),), "imp")),
        ("PostgreSQL://Host.Example.ORG/Imp", ServerAddress((("host.example.org", 5432),), "Imp")),
        ("  postgresql://host:5433/imp\n", ServerAddress((("host", 5433),), "imp")),
        ("postgresql://desk3@host/imp", ServerAddress((("host", 5432),), "imp", "desk3")),
        ("postgresql://m%40x@host/a%20b", ServerAddress((("host", 5432),), "a b", "m@x")),
        ("postgresql://[::1]/imp", ServerAddress((("::1", 5432),), "imp")),
        ("postgresql://u@[2001:DB8::2]:6/imp", ServerAddress((("2001:db8::2", 6),), "imp", "u")),
        (
            "postgresql://u@one,two:5433,[::1]:7000/imp",
            ServerAddress((("one", 5432), ("two", 5433), ("::1", 7000)), "imp", "u"),
        ),
    ],
)
def test_an_address_says_hosts_database_and_user(text: str, found: ServerAddress) -> None:
    assert is_address(text.strip())
    assert parse(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://u:secret@host/imp",
        "postgresql://u:@host/imp",
        "postgresql://:secret@host/imp",
        "postgresql://u:s%40cret@one,two/imp",
        "postgresql://u:a@b@host/imp",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_told(text: str) -> None:
    with pytest.raises(InvalidInput, match="address_with_password") as caught:
        parse(text)
    assert "secret" not in repr((caught.value, caught.value.parameters))


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://host",
        "postgresql://host/",
        "postgresql:///imp",
        "postgresql://host/imp?sslmode=disable",
        "postgresql://host/imp#x",
        "postgresql://host/imp/more",
        "postgresql://host/a%00b",
        "postgresql://host:port/imp",
        "postgresql://host:99999/imp",
        "postgresql://one,,two/imp",
        "postgresql://ho st/imp",
        "postgresql://::1/imp",
        "postgresql://[::1/imp",
        "postgresql://-oProxy=x/imp",
        "postgresql:",
        "postgresql:/user@host/imp",
        "postgres:host/imp",
        "mysql://host/imp",
        "host/imp",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="bad_address"):
        parse(text)


@pytest.mark.parametrize("text", ["register.imp", "/home/x/postgresql:/y", "C:\\x.imp", "a://b/c"])
def test_a_file_is_no_address(text: str) -> None:
    assert not is_address(text)


@pytest.mark.parametrize("text", ["postgresql:/a@b/c", "Postgres:b/c", " postgresql://a@b/c"])
def test_an_address_with_a_slip_becomes_no_file(text: str) -> None:
    assert is_address(text)


_NAMES = st.from_regex(r"[a-z0-9][a-z0-9.\-]{0,20}", fullmatch=True)
_HOSTS = st.one_of(_NAMES, st.ip_addresses().map(str))
_WORDS = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="/?#\0"), min_size=1, max_size=12
)


@given(
    st.lists(st.tuples(_HOSTS, st.integers(1, 65535)), min_size=1, max_size=3),
    _WORDS,
    st.one_of(st.just(""), _WORDS),
)
def test_an_address_that_is_written_is_read_the_same(
    hosts: list[tuple[str, int]], database: str, user: str
) -> None:
    address = ServerAddress(tuple(hosts), database, user)
    assert is_address(str(address))
    assert parse(str(address)) == address


@pytest.mark.parametrize(
    ("text", "is_here"),
    [
        ("postgresql://localhost/imp", True),
        ("postgresql://127.0.0.9/imp", True),
        ("postgresql://[::1]:7000/imp", True),
        ("postgresql://localhost,host/imp", False),
        ("postgresql://192.168.0.1/imp", False),
        ("postgresql://localhost.example.org/imp", False),
    ],
)
def test_only_what_stays_on_this_computer_is_here(text: str, is_here: bool) -> None:
    assert parse(text).is_here is is_here


def test_a_name_of_an_address_is_one_for_a_file_and_names_no_user() -> None:
    name = parse("postgresql://marie@[2001:db8::2]:6000/Bureau%20d’immigration").name
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
    assert "marie" not in name
