# SPDX-License-Identifier: Apache-2.0
"""Where a register lies, as settings, menus and windows know it: a file, or an address.

place_of(text) -> Place        what was typed, or what settings keep
name_of(place)                 what people call it
beside(place) -> Path          the file, or what stands for one on this computer
address(host, database, user)  what a form asks for
told_host(address)             the hosts of an address as a form shows them
"""

from __future__ import annotations

from pathlib import Path

from imp_plus_desktop import paths
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.storage.engines import ServerAddress, is_address, parse

Place = Path | ServerAddress
__all__ = [
    "Place",
    "ServerAddress",
    "address",
    "beside",
    "name_of",
    "place_of",
    "told_host",
]


def place_of(text: str) -> Place:
    """Where a register lies that somebody has named. Errors: InvalidInput bad_address,
    address_with_password."""
    return parse(text) if is_address(text) else Path(text)


def name_of(place: Place) -> str:
    """What people call a register: its file, or its database and server."""
    return place.told if isinstance(place, ServerAddress) else place.name


def beside(place: Place) -> Path:
    """The file of a register, or what stands for one where this desk keeps what belongs to it."""
    if isinstance(place, ServerAddress):
        return paths.beside_server(place.name, place.database)
    return place


def address(host: str, database: str, user: str) -> ServerAddress:
    """The address of what was filled in; several hosts stand after commas. Errors: InvalidInput
    bad_address, of a host, and bad_database."""
    hosts, database = [one.strip() for one in host.split(",")], database.strip()
    if any(not one or any(sign in one for sign in "@/ ") for one in hosts):
        raise InvalidInput("bad_address")
    if not database or any(sign in database for sign in "/?#\0"):
        raise InvalidInput("bad_database")
    read = parse(f"postgresql://{','.join(hosts)}/register")
    return ServerAddress(read.hosts, database, user.strip())


def told_host(place: ServerAddress) -> str:
    """The hosts of an address as a form shows them, with the port where it is not the usual one."""
    return place.all_hosts
