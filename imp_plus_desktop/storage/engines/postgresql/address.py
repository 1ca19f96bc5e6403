# SPDX-License-Identifier: Apache-2.0
"""Where a register lies on a server: `postgresql://[user@]host[:port][,host…]/database`.

    parse(text) -> ServerAddress, is_address(text)

No password is ever part of it: an address stands in settings, titles and histories of commands.
"""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.values.roles import Role

PORT = 5432
"""PostgreSQL's own."""
_SCHEMES = ("postgresql", "postgres")
_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]*|\[[0-9A-Fa-f:.]+\]")


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A database on a server. `hosts` are tried in their order, each with its port; `user` is
    empty for the name of whoever is signed in to this computer."""

    hosts: tuple[tuple[str, int], ...]
    database: str
    user: str = ""

    @property
    def is_here(self) -> bool:
        """Whether nothing of it leaves this computer."""
        return all(_is_loopback(host) for host, _port in self.hosts)

    @property
    def told(self) -> str:
        """What people read in place of a file's name: the database and where it is."""
        return f"{self.database} — {self.first_host}"

    @property
    def name(self) -> str:
        """What tells it from another one in a file's name: host and database, plainly written."""
        host, port = self.hosts[0]
        return _plain(f"{host}_{port}_{self.database}")

    @property
    def plain_database(self) -> str:
        """The name of the database, as a file's name may have it."""
        return _plain(self.database)

    @property
    def for_all(self) -> ServerAddress:
        """The same for whoever is to open it: without a user."""
        return ServerAddress(self.hosts, self.database)

    @property
    def first_host(self) -> str:
        """The first of its hosts, with the port where it is not the usual one."""
        return _told(self.hosts[0])

    @property
    def all_hosts(self) -> str:
        """All of its hosts, as people read them."""
        return ", ".join(map(_told, self.hosts))

    def __str__(self) -> str:
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        return (
            f"postgresql://{user}{','.join(map(_told, self.hosts))}/{quote(self.database, safe='')}"
        )


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """How a register on a server is: its database, the version of its shape, that of PostgreSQL,
    how many desks are connected, who is let in, by name, as what, and how many files were destroyed
    since the server's tables were tidied."""

    database: str
    version: int
    server: str
    desks: int
    users: tuple[tuple[str, Role], ...] = ()
    untidied: int = 0


class ShippedCap(NamedTuple):
    """A cap that is shipped with the program: of a year's applications, from a day on; `yearly`
    is 1 where it is that of every later year too."""

    year: int
    cap: int
    from_day: str
    yearly: int


def is_address(text: str) -> bool:
    """Whether what was given for a register names a server and no file."""
    scheme, colon, _rest = text.lstrip().partition(":")
    return bool(colon) and scheme.lower() in _SCHEMES


def parse(text: str) -> ServerAddress:
    """Read an address. Errors: InvalidInput bad_address, address_with_password."""
    _scheme, _sign, rest = text.strip().partition("://")
    place, slash, database = rest.partition("/")
    user, _at, hosts = place.rpartition("@")
    if ":" in user:
        raise InvalidInput("address_with_password")
    database = unquote(database)
    if not (is_address(text.strip()) and slash and database) or re.search(r"[/?#\0]", database):
        raise InvalidInput("bad_address")
    return ServerAddress(tuple(map(_host, hosts.split(","))), database, unquote(user))


def _plain(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z.\-]+", "_", text)


def _told(place: tuple[str, int]) -> str:
    host, port = place
    whole = f"[{host}]" if ":" in host else host
    return whole if port == PORT else f"{whole}:{port}"


def _host(text: str) -> tuple[str, int]:
    try:
        port = urlsplit(f"//{text}").port
    except ValueError:
        raise InvalidInput("bad_address") from None
    host = re.sub(r":\d*$", "", text)
    if _HOST.fullmatch(host) is None:
        raise InvalidInput("bad_address")
    return host.strip("[]").lower(), port or PORT


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
