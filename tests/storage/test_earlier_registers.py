# SPDX-License-Identifier: Apache-2.0
"""A register that an earlier program kept is opened by this one, with all that it held.

The registers of `tests/files/registers` were kept by the programs of their day; the JSON beside
each is what that program said of it. See the README there.
"""

from __future__ import annotations

import json
import lzma
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlite

import earlier_registers as made
from imp_plus_desktop.cli.main import main
from imp_plus_desktop.storage.files import copies
from imp_plus_desktop.storage.migrations.steps import LATEST

pytestmark = pytest.mark.of_a_file("registers of earlier programs are files")

ALL_OF_IT = (1, 2, 16)
"""Shapes whose whole journal is undone: the first, that of the first scans and merges, and one of
the last; each act costs as much as any other."""
KEPT = sorted(made.KEPT.glob("shape-*.imp.xz"))
PLAIN = [path for path in KEPT if "encrypted" not in path.name]
LISTS = (
    "applications", "csq", "documents", "employments", "family", "former_names", "letters", "notes",
    "other_routes", "passports", "permits", "person", "pr", "residences", "contacts",
    "former_numbers", "flags",
)  # fmt: skip
"""What `show` answers of what is recorded; the rest of it is worked out anew each day."""
WORKED_OUT = {"status"}


class Desk:
    """Today's command line on a register that an earlier program left."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path, self._capsys = path, capsys

    def __call__(self, *words: str) -> tuple[int, Any]:
        """The exit code and the answer."""
        self._capsys.readouterr()
        asked = ("--register", str(self.path), "--lang", "en", "--json", "--today", made.LAST_DAY)
        code = main([*asked, *words])
        said = self._capsys.readouterr()
        return code, json.loads(said.out) if said.out.strip() else said.err

    def ok(self, *words: str) -> Any:
        """The answer of a command that does what it is asked."""
        code, answer = self(*words)
        assert code == 0, answer
        return answer


def unpacked(packed: Path, folder: Path) -> Path:
    """The register itself, as an office finds it."""
    path = folder / "register.imp"
    path.write_bytes(lzma.decompress(packed.read_bytes()))
    return path


def told(shape: int) -> dict[str, Any]:
    """What the program of its day said of a register."""
    text = (made.KEPT / f"shape-{shape:02}.json").read_text("utf-8")
    answers: dict[str, Any] = json.loads(text)["answers"]
    return answers


def parts_of(checked: dict[str, Any]) -> set[str]:
    """What a check says of each part; the head of the chain is none."""
    return {value for part, value in checked.items() if part != "head"}


def shape_of(packed: Path) -> int:
    return int(packed.name[6:8])


def differences(before: Any, now: Any, where: str = "") -> list[str]:
    """Where an answer of today does not say what an earlier one said. It may say more."""
    if isinstance(before, dict) and isinstance(now, dict):
        kept = (name for name in before if name not in WORKED_OUT)
        return [found for name in kept for found in _at(before[name], now, name, where)]
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        pairs = enumerate(zip(before, now, strict=True))
        return [line for place, two in pairs for line in differences(*two, f"{where}[{place}]")]
    return [] if before == now else [f"{where}: {before!r} → {now!r}"]


def _at(before: Any, now: dict[str, Any], name: str, where: str) -> list[str]:
    if name not in now:
        return [f"{where}.{name} is gone"]
    return differences(before, now[name], f"{where}.{name}")


def test_there_is_a_register_of_every_earlier_shape() -> None:
    """A new step needs one of the shape before it: `tools/earlier_registers.py` makes it."""
    assert {shape_of(path) for path in PLAIN} >= set(range(1, LATEST))


@pytest.mark.many("shape-01.imp.xz", "shape-14.imp.xz", "shape-27.imp.xz")
@pytest.mark.parametrize("packed", PLAIN, ids=lambda path: path.name)
def test_a_register_of_an_earlier_program_has_all_that_it_held(
    packed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(unpacked(packed, tmp_path), capsys)
    before = told(shape_of(packed))
    assert parts_of(desk.ok("check")) == {"ok"}
    kept = copies.paths_of(desk.path)
    assert len(kept) == (shape_of(packed) < LATEST), "a copy is made before the shape changes"
    now = {question: desk.ok(*question.split()) for question in before if question != "check"}
    assert now["people"]["total"] == before["people"]["total"]
    for question, answer in before.items():
        if question.startswith("show"):
            recorded = {name: answer[name] for name in LISTS if name in answer}
            assert differences(recorded, now[question]) == [], question
    for figure in ("cap", "used", "over_cap", "by_outcome", "official"):
        assert differences(before["quota 2024"][figure], now["quota 2024"][figure]) == [], figure
    assert differences(before["journal --limit 100"], now["journal --limit 100"]) == []


@pytest.mark.many("shape-02.imp.xz", "shape-27.imp.xz")
@pytest.mark.parametrize("packed", PLAIN, ids=lambda path: path.name)
def test_in_a_register_of_an_earlier_program_acts_of_then_and_of_now_are_undone(
    packed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(unpacked(packed, tmp_path), capsys)
    email = ("show", "C1000004")
    assert desk.ok(*email)["person"]["email"] == "maria@example.org"
    desk.ok("set", "C1000004", "email", "m.dsouza@example.org")
    desk.ok("undo")
    assert desk.ok(*email)["person"]["email"] == "maria@example.org"
    # What the earlier program did goes back too.
    then = told(shape_of(packed))["journal --limit 100"]["acts"][0]
    desk.ok("undo", str(then["id"]))
    assert desk.ok(*email)["person"]["email"] is None
    assert parts_of(desk.ok("check")) == {"ok"}


@pytest.mark.many("1")
@pytest.mark.parametrize("shape", ALL_OF_IT)
def test_all_that_an_earlier_program_did_can_be_undone_to_the_first_list(
    shape: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(unpacked(made.KEPT / f"shape-{shape:02}.imp.xz", tmp_path), capsys)
    acts = told(shape)["journal --limit 100"]["acts"]
    assert len(acts) > 20
    for act in acts:
        if act["undone_by"] is None and act["undoes"] is None:
            desk.ok("undo", str(act["id"]))
    assert desk.ok("people")["total"] == 0
    assert desk.ok("quota", "2024")["used"] == 0
    assert parts_of(desk.ok("check")) == {"ok"}


@pytest.mark.parametrize("packed", sorted(set(KEPT) - set(PLAIN)), ids=lambda path: path.name)
def test_an_encrypted_register_of_an_earlier_program_opens_with_its_passphrase_only(
    packed: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(unpacked(packed, tmp_path), capsys)
    sealed = desk.path.read_bytes()
    assert desk("people")[0] == 4
    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", "another one")
    assert desk("people")[0] == 4
    assert desk.path.read_bytes() == sealed
    assert copies.paths_of(desk.path) == []
    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", made.PASSPHRASE)
    assert parts_of(desk.ok("check")) == {"ok"}
    before = told(shape_of(packed))["show C1000001"]
    assert differences(before["person"], desk.ok("show", "C1000001")["person"]) == []
    (kept,) = copies.paths_of(desk.path)
    for path in (desk.path, kept):
        assert not path.read_bytes().startswith(b"SQLite")


def test_a_register_of_a_later_program_is_left_as_it_is_and_says_so(
    empty_register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "register.imp"
    path.write_bytes(empty_register.read_bytes())
    with closing(sqlite.connect(str(path))) as file:
        file.execute(f"PRAGMA user_version = {LATEST + 1}")
    content = path.read_bytes()
    code, said = Desk(path, capsys)("people")
    assert code == 4
    assert "newer version" in said
    assert path.read_bytes() == content
    assert copies.paths_of(path) == []


@pytest.mark.many("shape-03.imp.xz", "shape-27.imp.xz")
@pytest.mark.parametrize("packed", PLAIN, ids=lambda path: path.name)
def test_a_list_that_an_earlier_program_took_comes_again_and_leaves_what_a_hand_corrected(
    packed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its archive tells what the sender said then, so that only a hand can have changed it."""
    desk = Desk(unpacked(packed, tmp_path), capsys)
    desk.ok("set", "C1000002", "pr_number", "E000000009")
    again = tmp_path / "later.csv"
    again.write_text("\n".join(made.LATER) + "\n", "utf-8")
    done = desk.ok("import", str(again))
    assert (done["new"], done["updated"], done["unchanged"]) == (0, 0, 3)
    assert (done["hands_kept"], done["conflicts"]) == (1, [])
    assert desk.ok("show", "C1000002")["person"]["pr_number"] == "E000000009"
    origin = {value["field"]: value for value in desk.ok("origin", "C1000001")["values"]}
    assert origin["passport_expiry"]["cell"] == "K2"
    assert origin["passport_expiry"]["file"] == "later.csv"
    assert parts_of(desk.ok("check")) == {"ok"}
