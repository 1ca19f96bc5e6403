# SPDX-License-Identifier: Apache-2.0
"""The passwords of users on servers, and the passphrases of copies of these, in the keyring of the
system that this computer has.

    is_possible()                whether there is one that can be asked
    kept(address) -> str         what it keeps for a user of a server, empty for nothing
    keep(address, password)      has it keep it; whether it does
    forget(address)              has it forget it
    kept_of_copies(register), keep_of_copies(register, passphrase), forget_of_copies(register)

Only what the system itself offers is asked (Windows, macOS, the Secret Service of Linux): another
library may stand beside it and write plain files. No password is kept by the program, nor logged.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any, Protocol

from imp_plus_desktop.storage.engines import ServerAddress

SERVICE = "IMP+ Desktop"
"""Under which name the keyring shows them."""
_COPIES = "copies of "
"""With what the names begin of passphrases of copies; a register's number follows."""
_BACKENDS: Mapping[str, tuple[str, str]] = {
    "win32": ("keyring.backends.Windows", "WinVaultKeyring"),
    "darwin": ("keyring.backends.macOS", "Keyring"),
}
_ELSEWHERE = ("keyring.backends.SecretService", "Keyring")


class Keyring(Protocol):
    """What is asked of a keyring."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


_chosen: list[Keyring] = []


def use(keyring: Keyring | None) -> None:
    """Ask this keyring from now on; the system's own for None."""
    _chosen[:] = [] if keyring is None else [keyring]


def is_possible() -> bool:
    """Whether this computer has a keyring that can be asked."""
    return _keyring() is not None


def kept(address: ServerAddress) -> str:
    """What the keyring keeps for a user of a server, empty for nothing."""
    asked = _keyring()
    if asked is None:
        return ""
    with suppress(Exception):  # each system's keyring has errors of its own; without it, one asks
        return asked.get_password(SERVICE, str(address)) or ""
    return ""


def keep(address: ServerAddress, password: str) -> bool:
    """Have the keyring keep a password; whether it does."""
    asked = _keyring()
    if asked is None:
        return False
    with suppress(Exception):
        asked.set_password(SERVICE, str(address), password)
        return True
    return False


def forget(address: ServerAddress) -> None:
    """Have the keyring forget what it keeps for a user of a server, if anything."""
    asked = _keyring()
    if asked is not None:
        with suppress(Exception):
            asked.delete_password(SERVICE, str(address))


def kept_of_copies(register: str) -> str:
    """The passphrase of a register's copies that the keyring keeps, empty for nothing."""
    asked = _keyring()
    if asked is None or not register:
        return ""
    with suppress(Exception):
        return asked.get_password(SERVICE, _COPIES + register) or ""
    return ""


def keep_of_copies(register: str, passphrase: str) -> bool:
    """Have the keyring keep it; whether it does."""
    asked = _keyring()
    if asked is None or not register:
        return False
    with suppress(Exception):
        asked.set_password(SERVICE, _COPIES + register, passphrase)
        return True
    return False


def forget_of_copies(register: str) -> None:
    """Have the keyring forget it, if anything."""
    asked = _keyring()
    if asked is not None:
        with suppress(Exception):
            asked.delete_password(SERVICE, _COPIES + register)


def _keyring() -> Keyring | None:
    if _chosen:
        return _chosen[0]
    module, name = _BACKENDS.get(sys.platform, _ELSEWHERE)
    # There may be no keyring, no bus to ask it by, or nobody who has opened it.
    with suppress(Exception):
        kind: Any = getattr(import_module(module), name)
        if kind.viable:
            made: Keyring = kind()
            return made
    return None
