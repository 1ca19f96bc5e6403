# SPDX-License-Identifier: Apache-2.0
"""A key is derived from a passphrase once for all threads that ask a register, and no more."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people

pytestmark = pytest.mark.of_a_file("passphrases are those of files")

PASSPHRASE = "l'été à Québec"


@pytest.fixture
def derived(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The salts for which a key was derived here."""
    salts: list[object] = []
    own = hashlib.pbkdf2_hmac

    def derive(kind: str, words: bytes, salt: bytes, *rest: int) -> bytes:
        salts.append(salt)
        return own(kind, words, salt, *rest)

    monkeypatch.setattr(hashlib, "pbkdf2_hmac", derive)
    return salts


def away(do: Callable[[], object]) -> object:
    """What a thread of its own answers."""
    answers: list[object] = []

    def run() -> None:
        try:
            answers.append(do())
        except Exception as error:
            answers.append(error)

    thread = Thread(target=run)
    thread.start()
    thread.join()
    return answers[0]


def counted(office: Office) -> int:
    try:
        return people.count(office)
    finally:
        office.close()


def test_threads_that_come_and_go_derive_the_key_once(
    tmp_path: Path, derived: list[object]
) -> None:
    office = open_office(tmp_path / "office.imp", passphrase=PASSPHRASE)
    people.add(office, {"family_name": "Ouellet"})
    assert [away(lambda: counted(office)) for _turn in range(4)] == [1, 1, 1, 1]
    assert derived == [office.register_path.read_bytes()[:16]]
    office.close()


def test_a_file_of_another_salt_in_its_place_is_opened_all_the_same(tmp_path: Path) -> None:
    """Another desk has put a copy back while this one stays open."""
    office = open_office(tmp_path / "office.imp", passphrase=PASSPHRASE)
    assert away(lambda: counted(office)) == 0
    other = open_office(tmp_path / "other.imp", passphrase=PASSPHRASE)
    people.add(other, {"family_name": "Ouellet"})
    other.close()
    office.close()
    (tmp_path / "other.imp").replace(office.register_path)
    assert away(lambda: people.count(office)) == 1


def test_a_plain_register_derives_nothing(tmp_path: Path, derived: list[object]) -> None:
    office = open_office(tmp_path / "office.imp", passphrase="")
    assert away(lambda: counted(office)) == 0
    assert not derived
    office.close()
