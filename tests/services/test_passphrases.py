# SPDX-License-Identifier: Apache-2.0
"""A passphrase that is worth its name, however it is typed; a key on paper; what is proven of a
register that does not open."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from office_builders import invite

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import AppError, InvalidInput, Refused, StorageError
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.secrecy import passphrases, strength
from imp_plus_desktop.services.secrecy.strength import Weakness
from imp_plus_desktop.storage.engines.sqlite.access import keys
from imp_plus_desktop.storage.files import copies
from imp_plus_desktop.storage.journal.register import Register

pytestmark = pytest.mark.of_a_file("passphrases are those of files")

WORDS = "cidre éteint sur la Côte"
OTHER = "un tout autre érable"
FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")


@pytest.fixture
def locked(office: Office) -> Office:
    """An office of two people under WORDS, with a copy from before it."""
    invite(office, 1)
    maintenance.save_copy(office)
    passphrases.change(office, "set", WORDS)
    invite(office, 2)
    return office


def why(path: Path, passphrase: str) -> AppError:
    """Why a register does not open."""
    with pytest.raises(StorageError) as told:
        open_office(path, passphrase=passphrase, create=False)
    return told.value


def damage(path: Path, start: int, length: int) -> None:
    content = bytearray(path.read_bytes())
    content[start : start + length] = bytes(byte ^ 0x55 for byte in content[start:][:length])
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("typed", "weakness"),
    [
        ("a", Weakness.SHORT),
        ("é!7", Weakness.SHORT),
        ("motdepasse", Weakness.WORD),
        ("azertyuiop", Weakness.WORD),
        ("aaaaaaaaaaaa", Weakness.REPEAT),
        ("abcdefghij", Weakness.SEQUENCE),
        ("1998-02-03", Weakness.DATE),
        ("Cabinet Tremblay", Weakness.WORD),
    ],
)
def test_what_is_guessed_at_once_is_not_taken(
    office: Office, typed: str, weakness: Weakness
) -> None:
    office.settings.user_name = "Cabinet Tremblay"
    assert strength.strength(typed, passphrases.known_names(office)).weakness is weakness
    with pytest.raises(InvalidInput, match="passphrase_weak"):
        passphrases.change(office, "set", typed)
    assert not office.is_encrypted


def test_an_accent_hides_no_word_and_a_long_one_is_no_failure() -> None:
    assert strength.strength("Québec2024!").level == 2
    assert strength.strength("quatre mots bien longs").level == 4
    assert strength.strength("cheval pile agrafe " * 20).is_enough


def test_a_new_register_is_not_made_under_one_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", "a")
    with pytest.raises(InvalidInput, match="passphrase_weak"):
        open_office(tmp_path / "new.imp")
    assert not (tmp_path / "new.imp").exists()


def test_accents_typed_in_another_way_open_the_register(locked: Office) -> None:
    locked.close()
    for form in FORMS:
        typed = unicodedata.normalize(form, WORDS)
        again = open_office(locked.register_path, passphrase=typed)
        assert again.register.passphrase == unicodedata.normalize("NFC", WORDS)
        again.close()


@pytest.mark.parametrize("form", FORMS)
def test_a_register_from_before_opens_as_its_passphrase_was_typed_then(
    tmp_path: Path, form: Literal["NFC", "NFD"], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.imp"
    kept = unicodedata.normalize(form, WORDS)
    with monkeypatch.context() as before:
        before.setattr(keys, "spellings", lambda typed: iter([typed]))
        Register(path, passphrase=kept).close()
    for typed in (WORDS, unicodedata.normalize("NFD", WORDS)):
        again = open_office(path, passphrase=typed)
        assert again.register.passphrase == kept
        maintenance.save_copy(again)
        again.close()


def test_a_key_is_derived_once_for_register_copies_and_their_checks(
    locked: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked.close()
    keys.forget()
    salts: list[bytes] = []
    own = hashlib.pbkdf2_hmac

    def derive(kind: str, words: bytes, salt: bytes, rounds: int, length: int) -> bytes:
        if rounds > 1000:
            salts.append(salt)
        return own(kind, words, salt, rounds, length)

    monkeypatch.setattr(hashlib, "pbkdf2_hmac", derive)
    again = open_office(locked.register_path, passphrase=WORDS)
    copy = maintenance.save_copy(again)
    assert passphrases.is_right(again, WORDS)
    again.close()
    assert len(salts) == 1
    assert (
        {path.read_bytes()[:16] for path in copies.paths_of(locked.register_path)}
        == {copy.read_bytes()[:16]}
        == {salts[0]}
    )


def test_the_key_on_paper_opens_register_and_copies_until_the_passphrase_changes(
    locked: Office,
) -> None:
    with pytest.raises(StorageError, match="wrong_key"):
        passphrases.recovery_key(locked, OTHER)
    paper = passphrases.recovery_key(locked, WORDS)
    told = history.acts(locked)[0]
    assert (told.service, told.can_be_undone) == ("maintenance.recovery_key", False)
    assert checking.check(locked).passed
    locked.close()
    keys.forget()
    path = locked.register_path
    for file in (path, *copies.paths_of(path)):
        Register(file, passphrase=paper.lower(), create=False).close()
    lost = open_office(path, passphrase=paper)
    assert passphrases.is_open_by_recovery_key(lost)
    assert people.count(lost) == 2
    maintenance.save_copy(lost)
    assert passphrases.change(lost, "change", OTHER).skipped == ()
    lost.close()
    assert why(path, paper).code == "wrong_key"
    found = open_office(path, passphrase=OTHER)
    assert not passphrases.is_open_by_recovery_key(found)
    assert passphrases.recovery_key(found, OTHER) != paper
    found.close()


def test_a_slip_in_the_key_on_paper_is_named(locked: Office) -> None:
    paper = passphrases.recovery_key(locked, WORDS)
    locked.close()
    wrong = paper[:13] + ("2" if paper[13] != "2" else "3") + paper[14:]
    told = why(locked.register_path, wrong)
    assert (told.code, told.parameters) == ("recovery_key_mistyped", {"group": 3})


def test_a_plain_register_has_no_key_to_print(office: Office) -> None:
    with pytest.raises(Refused, match="not_encrypted"):
        passphrases.recovery_key(office, "")


def test_a_damaged_first_page_is_told_from_a_wrong_passphrase(locked: Office) -> None:
    path = locked.register_path
    paper = passphrases.recovery_key(locked, WORDS)
    locked.close()
    damage(path, 2000, 64)
    assert why(path, WORDS).code == "damaged_start"
    assert why(path, unicodedata.normalize("NFD", WORDS)).code == "damaged_start"
    assert why(path, paper).code == "damaged_start"
    assert why(path, OTHER).code == "wrong_key"


@pytest.mark.long
def test_a_damaged_salt_is_told_by_the_copies(locked: Office) -> None:
    path = locked.register_path
    locked.close()
    damage(path, 0, 16)
    assert why(path, WORDS).code == "damaged_start"
    assert why(path, OTHER).code == "wrong_key"
    for copy in copies.paths_of(path):
        copy.unlink()
    assert why(path, WORDS).code == "wrong_key", "nothing proves more"


@pytest.mark.long
def test_a_passphrase_that_opens_only_a_copy_is_told_as_that(locked: Office) -> None:
    path = locked.register_path
    copy = maintenance.save_copy(locked)
    content = copy.read_bytes()
    passphrases.change(locked, "change", OTHER)
    locked.close()
    assert why(path, WORDS).code == "wrong_key"
    copy.write_bytes(content)
    told = why(path, WORDS)
    assert (told.code, told.parameters) == ("wrong_key_today", {"copy": copy.name})
