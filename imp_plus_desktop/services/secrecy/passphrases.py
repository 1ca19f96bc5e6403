# SPDX-License-Identifier: Apache-2.0
"""The passphrase of an open register, and its key on paper.

change(office, how, passphrase)          sets, changes or removes it; the copies follow
is_right(office, typed)                  whether the open register has this passphrase
recovery_key(office, typed)              the register's key to be printed, told in the journal
known_names(office)                      what `strength` is to know of whoever chooses one
"""

from __future__ import annotations

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused, StorageError
from imp_plus_desktop.services.office.office import MadeAct, Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.secrecy.strength import check
from imp_plus_desktop.storage import engines
from imp_plus_desktop.storage.files import recovery_keys
from imp_plus_desktop.storage.journal.journal import ActHeader
from imp_plus_desktop.storage.maintenance import encryption

SET, CHANGE, REMOVE = "set", "change", "remove"


@dataclass(frozen=True, slots=True)
class PassphraseChanged:
    """`skipped` names the copies that could not follow: damaged, or under yet another key;
    `waiting` those that follow when the register is opened next."""

    act: ActId
    skipped: tuple[str, ...]
    waiting: tuple[str, ...] = ()


def change(
    office: Office, how: str, passphrase: str, *, progress: Progress | None = None
) -> PassphraseChanged:
    """Encrypt the register (`set`), change its passphrase (`change`) or `remove` it.

    Its automatic copies follow; broken off, they follow when it is opened next. The register must
    be open nowhere else.
    Errors: DomainError already_encrypted, not_encrypted, passphrase_empty, passphrase_weak;
    StorageError locked, only_of_a_file.
    """
    office.register.must_be_a_file()
    encrypted = office.is_encrypted
    if how == SET and encrypted:
        raise Refused("already_encrypted")
    if how != SET and not encrypted:
        raise Refused("not_encrypted")
    if (how == REMOVE) != (passphrase == ""):
        raise InvalidInput("passphrase_empty")
    if how != REMOVE:
        check(passphrase, known_names(office))
    office.copy_first("passphrase")
    header = ActHeader(office.clock.now(), office.user, "maintenance.passphrase")
    act = encryption.rekey(office.register, passphrase, header, how)
    office.made.append(MadeAct(ActId(act.id or 0), act.seal, None, act.touched))
    behind = encryption.finish(office.register, None if progress is None else progress.step)
    return PassphraseChanged(ActId(act.id or 0), behind.skipped, behind.waiting)


def known_names(office: Office) -> tuple[str, ...]:
    """What anybody would try first on an office's register."""
    return (office.user, office.register_path.stem, "imp+", "immigration")


def is_right(office: Office, typed: str) -> bool:
    """Whether something typed opens the open register: its passphrase or its recovery key."""
    return bool(typed) and engines.opens(office.register_path, typed)


def unlock(office: Office, typed: str) -> None:
    """Open the register of a locked window again, or look whether it could be.

    Errors: StorageError wrong_key and others of `engines.connect`, or of `connect_server`;
    register_replaced.
    """
    if office.server is not None and not typed:
        raise StorageError("server_password_needed")
    if office.register.is_asleep:
        office.register.wake(typed)
    elif office.server is not None:
        engines.connect_server(office.server, typed).close()
    elif not is_right(office, typed):
        raise StorageError("wrong_key")


def is_open_by_recovery_key(office: Office) -> bool:
    """Whether the register was opened without its passphrase: then it wants a new one."""
    return engines.is_raw(office.register.passphrase)


def recovery_key(office: Office, typed: str) -> str:
    """The key that opens the register in place of its passphrase, as it is to be printed.

    The passphrase is asked for again, and the journal tells that it was printed, not what.
    Errors: Refused not_encrypted; StorageError wrong_key, only_of_a_file.
    """
    office.register.must_be_a_file()
    if not office.is_encrypted:
        raise Refused("not_encrypted")
    if not is_right(office, typed):
        raise StorageError("wrong_key")
    header = ActHeader(office.clock.now(), office.user, "maintenance.recovery_key")
    act = encryption.tell(office.register, header)
    office.made.append(MadeAct(ActId(act.id or 0), act.seal, None, act.touched))
    return recovery_keys.written(engines.bytes_of(office.register.db.key))
