# SPDX-License-Identifier: Apache-2.0
"""Each copy is opened aside and looked through before it counts, here and in a second place."""

from __future__ import annotations

import json
import lzma
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
from office_builders import TODAY, a_list, a_row, import_file, invite

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import AppError, Cancelled, StorageError
from imp_plus_desktop.services.copies import copy_process, keeping, rules
from imp_plus_desktop.services.copies.keeping import Due
from imp_plus_desktop.services.copies.rules import CopyRules
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import maintenance, restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.services.several import changes, many
from imp_plus_desktop.storage.files import copies, heads, proofs
from imp_plus_desktop.storage.maintenance import proving

EARLIER = Path(__file__).parent.parent / "files" / "registers"
PLAIN = sorted(one for one in EARLIER.glob("shape-*.xz") if "encrypted" not in one.name)


class Told:
    """How far it was said to be; stops after so many steps."""

    def __init__(self, patience: int = 1_000_000) -> None:
        self.told: list[tuple[int, int]] = []
        self._patience = patience

    def step(self, done: int, total: int) -> None:
        self.told.append((done, total))
        if len(self.told) > self._patience:
            raise Cancelled


def proofs_of(office: Office) -> dict[str, proofs.Proof]:
    return proofs.proofs_in(maintenance.copies_folder(office))


def alter(path: Path, sql: str) -> None:
    database = sqlite.connect(path)
    database.execute(sql)
    database.commit()
    database.close()


def spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for page in range(4096, len(content), 4096):
        content[page : page + 64] = b"\xff" * 64
    path.write_bytes(content)


def test_a_copy_is_proven_and_its_proof_says_what_it_holds(office: Office) -> None:
    invite(office, 1)
    made = keeping.make(office, "manual")
    assert made.path is not None
    assert (made.proven, made.fault, made.second) == (True, "", None)
    (proof,) = proofs_of(office).values()
    assert (proof.people, proof.acts, proof.size) == (1, 1, made.path.stat().st_size)
    assert len(proof.head) == 64
    found = keeping.state(office)
    assert (found.beside.count, found.beside.proven, found.waiting) == (1, 1, ())
    assert not found.is_behind
    invite(office, 2)
    assert keeping.state(office).is_behind


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("UPDATE act SET who = 'nobody'", "copy_altered"),
        ("UPDATE change SET after = '{}' WHERE id = 1", "copy_altered"),
        ("DROP INDEX change_person_of", "copy_altered"),
        ("DELETE FROM person", "copy_damaged"),  # what hangs on it hangs on nothing
    ],
)
def test_a_copy_that_was_altered_is_not_proven(office: Office, sql: str, fault: str) -> None:
    invite(office, 1)
    path = maintenance.save_copy(office)
    if sql.startswith("DROP"):
        database = sqlite.connect(path)
        sql = "DROP INDEX " + str(
            database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            ).fetchone()[0]
        )
        database.close()
    alter(path, sql)
    found = proving.prove_waiting(office.register)
    assert {name: proof.fault for name, proof in found.items()} == {path.name: fault}
    assert keeping.state(office).beside.proven == 0
    assert dict(keeping.state(office).faulty) == {path.name: fault}


def test_a_copy_that_holds_less_than_its_name_says_is_not_proven(office: Office) -> None:
    invite(office, 1)
    path = maintenance.save_copy(office)
    lying = path.with_name(path.name.replace("-1-1-", "-2-1-"))
    path.rename(lying)
    assert proving.prove_waiting(office.register)[lying.name].fault == "copy_differs"


def test_a_damaged_copy_pushes_no_good_one_out(office: Office) -> None:
    invite(office, 1)
    good = keeping.make(office, "manual").path
    bad = maintenance.save_copy(office)
    spoil(bad)
    keeping.go_on(office)
    assert good is not None
    assert [one.path for one in copies.copies_of(office.register_path)] == [good]
    assert not bad.exists()
    assert bad.with_name(f"{bad.name}.bad").exists()
    assert keeping.state(office).faulty == {bad.name: "copy_damaged"}


def test_a_copy_that_changed_after_its_proof_waits_for_another(office: Office) -> None:
    invite(office, 1)
    path = keeping.make(office, "manual").path
    assert path is not None
    with path.open("ab") as file:
        file.write(b"\0" * 4096)
    assert keeping.state(office).waiting == (path.name,)


def test_without_its_notes_each_copy_is_looked_through_again(office: Office) -> None:
    invite(office, 1)
    path = keeping.make(office, "manual").path
    assert path is not None
    (path.parent / proofs.NAME).write_text("[", encoding="utf-8")
    assert keeping.state(office).waiting == (path.name,)
    assert keeping.go_on(office).proven


@pytest.mark.parametrize("source", [PLAIN[0], PLAIN[15]], ids=lambda path: path.name)
def test_the_copy_before_an_upgrade_is_proven_too(tmp_path: Path, source: Path) -> None:
    path = tmp_path / "old.imp"
    path.write_bytes(lzma.decompress(source.read_bytes()))
    office = open_office(path, today=TODAY)
    (copy,) = copies.copies_of(path)
    assert copy.reason == "upgrade"
    before = copy.path.read_bytes()
    assert keeping.go_on(office).proven
    assert copy.path.read_bytes() == before
    office.close()


@pytest.mark.of_a_file("passphrases are those of files")
def test_a_copy_under_another_passphrase_is_left_as_it_is(tmp_path: Path) -> None:
    office = open_office(tmp_path / "secret.imp", today=TODAY, passphrase="alouette gentille")
    invite(office)
    assert keeping.make(office, "manual").proven
    other = open_office(tmp_path / "other.imp", today=TODAY, passphrase="quelque chose")
    invite(other)
    strange = maintenance.save_copy(other)
    shutil.copy(strange, maintenance.copies_folder(office))
    found = keeping.state(office)
    assert found.waiting == (strange.name,)
    assert proving.prove_waiting(office.register) == {}
    assert keeping.state(office).faulty == {}
    office.close()
    other.close()


def test_a_copy_is_put_byte_for_byte_in_the_second_place(office: Office, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    rules.set_second_place(office, stick)
    invite(office, 1)
    made = keeping.make(office, "manual")
    assert made.path is not None
    assert made.second is not None
    assert made.second.read_bytes() == made.path.read_bytes()
    assert sorted(path.name for path in made.second.parent.iterdir()) == sorted(
        [made.path.name, proofs.NAME]
    )
    found = keeping.state(office).second
    assert found is not None
    assert (found.is_there, found.count, found.proven) == (True, 1, 1)
    back = open_office(made.second, today=TODAY)
    assert people.count(back) == 1
    back.close()


def test_a_second_place_that_is_away_is_told_and_the_copy_is_made(
    office: Office, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    rules.set_second_place(office, stick)
    stick.rmdir()
    invite(office, 1)
    made = keeping.make(office, "manual")
    assert (made.proven, made.second, made.second_fault) == (True, None, "not_found")
    stick.mkdir()
    assert keeping.go_on(office).second is not None, "once it is there again it gets the latest"


def test_two_registers_of_one_name_keep_their_copies_apart(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    folders = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        office = open_office(tmp_path / name / "office.imp", today=TODAY)
        rules.set_second_place(office, stick)
        invite(office, 1)
        second = keeping.make(office, "manual").second
        assert second is not None
        folders.add(second.parent)
        office.close()
    assert len(folders) == 2


def test_a_second_place_must_be_a_folder_elsewhere(office: Office, tmp_path: Path) -> None:
    codes = []
    for place in (tmp_path / "none", office.register_path.parent):
        with pytest.raises(AppError) as caught:
            rules.set_second_place(office, place)
        codes.append(caught.value.code)
    assert codes == ["no_such_place", "place_beside"]
    assert rules.second_place(office) is None


def test_a_second_place_is_kept_for_this_register_alone(office: Office, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    rules.set_second_place(office, stick)
    assert rules.second_place(office) == stick
    other = open_office(tmp_path / "other.imp", today=TODAY)
    assert rules.second_place(other) is None
    other.close()
    rules.set_second_place(office, None)
    assert rules.second_place(office) is None


def test_the_office_sets_how_long_copies_stay(office: Office) -> None:
    assert rules.rules(office) == CopyRules()
    act = rules.set_rules(office, CopyRules(monthly=24))
    assert act is not None
    assert rules.rules(office) == CopyRules(monthly=24)
    assert rules.set_rules(office, CopyRules(monthly=24)) is None, "nothing new"
    history.undo(office, int(act))
    assert rules.rules(office) == CopyRules()


@pytest.mark.parametrize(
    ("wanted", "rule"),
    [
        (CopyRules(every=9), "every"),
        (CopyRules(hourly=15), "hourly"),
        (CopyRules(hourly=14, daily=7), "daily"),
        (CopyRules(daily=366, weekly=26), "weekly"),
        (CopyRules(weekly=260, monthly=12), "monthly"),
        (CopyRules(monthly=241), "monthly"),
    ],
)
def test_a_rule_out_of_its_bounds_is_refused(office: Office, wanted: CopyRules, rule: str) -> None:
    with pytest.raises(AppError) as caught:
        rules.set_rules(office, wanted)
    assert (caught.value.code, caught.value.parameters["rule"]) == ("bad_copy_rule", rule)


def test_copies_past_their_time_go_but_never_the_last_that_is_proven(office: Office) -> None:
    rules.set_rules(office, CopyRules(monthly=12))
    invite(office, 1)
    proven = keeping.make(office, "manual").path
    assert proven is not None
    folder, first = proven.parent, len(copies.copies_of(office.register_path))
    old = datetime.now(UTC) - timedelta(days=500)
    for day in range(12):
        stamp = (old + timedelta(days=day)).strftime("%Y-%m-%d_%H%M%S000")
        shutil.copy(proven, folder / f"{stamp}-1-2-day.imp")
    assert len(copies.copies_of(office.register_path)) == first + 12
    for _ in range(10):
        maintenance.save_copy(office)
    left = [one.path for one in copies.copies_of(office.register_path)]
    assert proven in left
    assert len(left) == 11


@pytest.mark.of_a_file("before an act on a server no copy is made")
def test_what_is_done_to_many_is_copied_first(office: Office) -> None:
    for number in (1, 2):
        invite(office, number)
    many.carry_out(office, changes.clerk("Marie"), [1])
    assert [one.reason for one in copies.copies_of(office.register_path)] == ["day"]
    many.carry_out(office, changes.clerk("Anne"), [1, 2])
    assert [one.reason for one in copies.copies_of(office.register_path)][-1] == "several"


@pytest.mark.of_a_file("passphrases are those of files")
def test_a_new_passphrase_is_copied_before(office: Office) -> None:
    invite(office, 1)
    invite(office, 2)
    passphrases.change(office, passphrases.SET, "une phrase bien assez longue")
    assert [one.reason for one in copies.copies_of(office.register_path)] == ["day", "passphrase"]
    assert keeping.go_on(office).proven


@pytest.mark.child
@pytest.mark.of_a_file("copies beside the register are those of files")
def test_a_process_of_its_own_makes_and_proves_them(office: Office, tmp_path: Path) -> None:
    import_file(office, a_list(tmp_path / "list.xlsx", map(a_row, range(300))))
    stick = tmp_path / "stick"
    stick.mkdir()
    rules.set_second_place(office, stick)
    made = copy_process.make(office, keeping.EVERY, Told())
    assert made.path is not None
    assert made.second is not None
    assert made.proven
    assert copies.copies_of(office.register_path)[-1].reason == "change"
    again = copy_process.make(office, None, Told())
    assert (again.path, again.proven) == (made.path, True)


@pytest.mark.child
@pytest.mark.of_a_file("copies beside the register are those of files")
def test_a_process_that_is_stopped_leaves_no_copy(office: Office, tmp_path: Path) -> None:
    import_file(office, a_list(tmp_path / "list.xlsx", map(a_row, range(1500))))
    with pytest.raises(Cancelled):
        copy_process.make(office, keeping.EVERY, Told(1))
    folder = maintenance.copies_folder(office)
    left = [*folder.iterdir()] if folder.exists() else []
    assert [path for path in left if path.name != heads.NAME] == []
    assert checking.check(office).passed


@pytest.mark.child
@pytest.mark.of_a_file("passphrases are those of files")
def test_a_process_of_an_encrypted_register_has_its_passphrase(tmp_path: Path) -> None:
    office = open_office(tmp_path / "secret.imp", today=TODAY, passphrase="alouette gentille")
    invite(office)
    made = copy_process.make(office, keeping.EVERY, Told())
    assert made.proven
    assert made.path is not None
    assert b"Benali" not in made.path.read_bytes()
    office.close()


@pytest.mark.child
@pytest.mark.of_a_file("copies beside the register are those of files")
def test_a_process_says_why_there_is_no_copy(office: Office) -> None:
    invite(office)
    folder = maintenance.copies_folder(office)
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("a file where a folder must be", "utf-8")
    with pytest.raises(StorageError) as caught:
        copy_process.make(office, keeping.EVERY, Told())
    assert caught.value.code == "cannot_copy"


NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)
EVERY = timedelta(minutes=30)


def a_state(last: datetime | None, *, behind: bool = True) -> keeping.CopiesState:
    place = keeping.PlaceState(Path("copies"), is_there=True)
    return keeping.CopiesState(place, None, (), {}, (), last, behind)


def test_a_copy_is_due_half_an_hour_after_the_last_where_something_changed() -> None:
    due = Due(EVERY, 0.0)
    assert not due.is_due(a_state(NOON - EVERY, behind=False), NOON, 9999.0)
    assert not due.is_due(a_state(NOON - EVERY + timedelta(seconds=1)), NOON, 60.0)
    assert due.is_due(a_state(NOON - EVERY), NOON, 60.0)
    assert due.is_due(a_state(None), NOON, 0.0)


def test_a_clock_that_was_set_back_or_slept_keeps_no_copy_from_being_made() -> None:
    due = Due(EVERY, 0.0)
    assert due.is_due(a_state(NOON), NOON - timedelta(days=400), 1.0), "set back"
    assert due.is_due(a_state(NOON), NOON, 1800.0), "the wall’s clock stands still"
    assert due.is_due(a_state(NOON), NOON + timedelta(hours=8), 1.0), "the other stood in its sleep"


def test_a_copy_that_failed_is_not_tried_again_at_once() -> None:
    due = Due(EVERY, 0.0)
    due.made(60.0)
    assert not due.is_due(a_state(None), NOON, 120.0)
    assert due.is_due(a_state(None), NOON, 660.0)


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_a_restore_of_as_many_acts_as_there_were_is_seen(office: Office) -> None:
    invite(office, 1)
    early = keeping.make(office, "manual").path
    assert early is not None
    invite(office, 2)
    keeping.make(office, "manual")
    assert not keeping.state(office).is_behind
    restoring.restore(office, early)
    assert keeping.state(office).is_behind


def test_the_notes_tell_no_name(office: Office) -> None:
    invite(office, 1)
    path = keeping.make(office, "manual").path
    assert path is not None
    told = json.loads((path.parent / proofs.NAME).read_bytes())
    assert set(told[path.name]) == {"at", "size", "people", "acts", "head", "fault"}
