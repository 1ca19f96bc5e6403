# SPDX-License-Identifier: Apache-2.0
"""A register under a passphrase: nothing readable on disk, nothing lost on the way."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import DomainError, StorageError
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import maintenance, restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.storage.files import copies
from imp_plus_desktop.storage.journal.journal import ActHeader
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import encryption

pytestmark = pytest.mark.of_a_file("passphrases are those of files")

NAME = "Wolkenstein-Przybylski"
WORDS = "quatre mots bien longs"


def readable(folder: Path) -> list[Path]:
    """Files below a folder in which the name can be read."""
    return [p for p in folder.rglob("*") if p.is_file() and NAME.encode() in p.read_bytes()]


def test_set_change_and_remove_keep_everything(office: Office, tmp_path: Path) -> None:
    people.add(office, {"family_name": NAME})
    maintenance.save_copy(office)
    assert readable(tmp_path)
    passphrases.change(office, "set", "a first passphrase")
    assert not readable(tmp_path)
    assert people.count(office) == 1
    assert checking.check(office).passed
    office.close()

    path = office.register_path
    for wrong, code in (("", "passphrase_needed"), ("not this one", "wrong_key")):
        with pytest.raises(StorageError) as caught:
            open_office(path, passphrase=wrong)
        assert caught.value.code == code
    again = open_office(path, passphrase="a first passphrase")
    passphrases.change(again, "change", 'it\'s "another" one')
    again.close()
    third = open_office(path, passphrase='it\'s "another" one')
    passphrases.change(third, "remove", "")
    services = [act.service for act in history.acts(third)]
    assert services == ["maintenance.passphrase"] * 3 + ["people.add"]
    assert checking.check(third).passed
    third.close()
    plain = open_office(path, passphrase="")
    assert people.count(plain) == 1
    kept = copies.paths_of(path)
    assert kept
    restoring.restore(plain, kept[0])
    plain.close()


def test_what_makes_no_sense_is_refused(office: Office) -> None:
    for how, passphrase, code in (
        ("change", "x", "not_encrypted"),
        ("remove", "", "not_encrypted"),
        ("set", "", "passphrase_empty"),
    ):
        with pytest.raises(DomainError) as caught:
            passphrases.change(office, how, passphrase)
        assert caught.value.code == code


@pytest.mark.long  # it waits as long as the engine does for whoever has it open
def test_a_register_open_elsewhere_is_left_alone(office: Office, tmp_path: Path) -> None:
    people.add(office, {"family_name": NAME})
    other = open_office(office.register_path)
    office.register.db.execute_sql("PRAGMA busy_timeout = 200")
    assert people.count(other) == 1
    with pytest.raises(StorageError) as caught:
        passphrases.change(office, "set", "a passphrase")
    assert caught.value.code == "locked"
    other.close()
    assert people.count(office) == 1
    assert not list(tmp_path.rglob("*.part"))


def test_copies_of_an_encrypted_register_are_encrypted(office: Office, tmp_path: Path) -> None:
    passphrases.change(office, "set", "a passphrase")
    people.add(office, {"family_name": NAME})
    maintenance.save_copy(office, tmp_path / "elsewhere")
    maintenance.save_copy(office)
    assert not readable(tmp_path)


def test_damage_that_is_found_while_a_passphrase_is_set_is_said_as_damage(
    office: Office,
) -> None:
    """The file is this connection's alone then: no other one can look through it."""
    for number in range(30):
        people.add(
            office, {"family_name": f"{NAME}{chr(97 + number % 26)}", "uci": ""}, beside=None
        )
    office.register.db.settle_in_file()
    office.close()
    path = office.register_path
    told = bytearray(path.read_bytes())
    leaf = path.read_bytes().index(NAME.encode()) // 4096 * 4096
    told[leaf : leaf + 4096] = b"\xa5" * 4096
    path.write_bytes(bytes(told))
    register = Register(path, create=False)
    header = ActHeader(datetime(2024, 3, 1, tzinfo=UTC), "—", "maintenance.passphrase")
    with pytest.raises(StorageError) as failed:
        encryption.rekey(register, "quatre mots bien longs", header, "set")
    assert failed.value.code == "damaged"
    register.close()


@pytest.mark.parametrize("times", [1, 2])
def test_a_disk_that_does_not_answer_once_the_passphrase_is_set_is_asked_again(
    office: Office, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """The new file is there: that nothing was changed would be wrong to say."""
    people.add(office, {"family_name": NAME})
    path, failed = office.register_path, list[str]()
    reopen = Register.reopen

    def fails(register: Register, passphrase: str) -> None:
        if len(failed) < times and passphrase == WORDS:
            failed.append(passphrase)
            raise StorageError("no_answer")
        reopen(register, passphrase)

    monkeypatch.setattr(Register, "reopen", fails)
    if times == 1:
        passphrases.change(office, "set", WORDS)
        assert people.count(office) == 1
    else:
        with pytest.raises(StorageError, match="perhaps_kept"):
            passphrases.change(office, "set", WORDS)
    office.close()
    again = open_office(path, passphrase=WORDS)
    assert people.count(again) == 1
    assert checking.check(again).passed
    again.close()
