# SPDX-License-Identifier: Apache-2.0
"""A file of figures: what it changes, whom it touches, taken in one act and taken back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from new_registers import copy_of, new_register
from office_builders import TODAY, an_approved, invite, issue, receive

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import AppError, Cancelled
from imp_plus_desktop.services.applications import routes
from imp_plus_desktop.services.figures import effects, files
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.programmes import library
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.support import figures
from imp_plus_desktop.words.error_texts import error_text

pytestmark = pytest.mark.mostly_long(
    "test_a_file_is_shown_taken_in_one_act_and_taken_back",
    "test_nobodys_file_is_taken_only_by_its_fingerprint_or_its_key",
    "test_the_program_ships_keys_that_are_keys",
    "test_what_is_no_file_of_figures_is_refused",
)

ROOT = Path(__file__).parents[2]
HEAD = f'[file]\nformat = 1\nname = "Figures"\nissued = {TODAY}\n'


def figure(name: str, value: str, day: date = TODAY, more: str = "") -> str:
    return (
        f'[[figures]]\nfigure = "{name}"\nvalue = "{value}"\nfrom = {day}\nsource = "x"\n{more}\n'
    )


MANY = (
    HEAD
    + figure("fee_processing", "165.00")
    + figure("csq_months", "36", date(2018, 8, 2))
    + figure("letter_window_days", "60", TODAY + timedelta(days=1))
    + figure("cap_applications", "12", more="year = 2023")
    + figure("returned_uses_place", "yes", more="year = 2023")
    + f'[[countries]]\ncountry = "MAR"\nrequirement = "eta"\nfrom = {TODAY}\nsource = "x"\n'
    + f'[[holidays]]\nday = {TODAY}\nclosed = true\nsource = "x"\n'
)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "figures.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(call: Callable[[], object]) -> AppError:
    with pytest.raises(AppError) as caught:
        call()
    return caught.value


def some_files(office: Office) -> None:
    """Somebody invited, somebody whose application waits, somebody with a permit."""
    invite(office, 1)
    receive(office, invite(office, 2))
    issue(office, an_approved(office, 3))


def everything(office: Office) -> dict[str, object]:
    """Every figure, every limit and every country that counts."""
    return {
        "figures": figures.listed(office),
        "later": figures.to_come(office),
        "switches": office.programme().switches(2023),
        "countries": routes.entry_rules(office),
        "programme": office.programme(),
    }


def judged(office: Office, day: date) -> dict[tuple[int, str, str], object]:
    """What each file says on a day, by the same rules that foresee it."""
    programme = office.programme_with((), (), day)
    ids = [row[0] for row in office.register.db.execute_sql("SELECT id FROM person").fetchall()]
    return {
        (number, *what): value
        for number in ids
        for what, value in effects.of_file(office, number, programme, day).items()
    }


def test_a_file_is_shown_taken_in_one_act_and_taken_back(office: Office, tmp_path: Path) -> None:
    some_files(office)
    file = files.read(office, written(tmp_path, MANY))
    before = everything(office)
    told = files.changes(office, file)
    assert [(one.entry.name, one.before, one.after) for one in told] == [
        ("fee_processing", "155.00", "165.00"),
        ("csq_months", "24", "36"),
        ("letter_window_days", "90", "60"),
        ("cap_applications", "7350", "12"),
        ("returned_uses_place", "no", "yes"),
        ("entry_MAR", "visa", "eta"),
        ("holiday", None, "closed"),
    ]
    foreseen = effects.foresee(office, file)
    assert everything(office) == before
    acts = len(history.acts(office))
    assert files.take(office, file, file.fingerprint) is not None
    assert len(history.acts(office)) == acts + 1
    row = history.acts(office)[0]
    assert (row.source_name, dict(row.counts)) == ("figures.toml", {"figures": 7})
    assert files.changes(office, file) == ()
    assert files.take(office, file, file.fingerprint) is None
    assert checking.check(office).passed
    assert everything(office) != before
    assert foreseen.affected
    history.undo(office)
    assert everything(office) == before


def test_what_is_foreseen_is_what_a_real_copy_says_after_the_same_act(
    office: Office, tmp_path: Path
) -> None:
    some_files(office)
    file = files.read(office, written(tmp_path, MANY))
    foreseen = effects.foresee(office, file)
    days = sorted({one.on for one in foreseen.affected})
    office.close()
    copy_of(office.register_path, tmp_path / "copy.imp")
    copy = open_office(tmp_path / "copy.imp", today=TODAY)
    before = {day: judged(copy, day) for day in (TODAY, TODAY + timedelta(days=1))}
    files.take(copy, file, file.fingerprint)
    wanted = set()
    for day, was in before.items():
        now = judged(copy, day)
        wanted |= {
            (*key, was.get(key), now.get(key))
            for key in {*was, *now}
            if was.get(key) != now.get(key)
        }
    copy.close()
    found = {(one.person, one.what, one.of, one.before, one.after) for one in foreseen.affected}
    assert found == wanted
    assert found
    assert days
    assert {one.what for one in foreseen.affected} >= {"fee", "day"}


AMOUNTS = st.integers(0, 99_999).map(lambda cents: f"{cents // 100}.{cents % 100:02}")


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(AMOUNTS, st.integers(-300, 300)), min_size=1, max_size=4))
def test_whatever_fees_a_file_brings_it_takes_them_back(
    shared_office: Office, tmp_path_factory: pytest.TempPathFactory, made: list[tuple[str, int]]
) -> None:
    days = {TODAY + timedelta(days=shift): amount for amount, shift in made}
    text = HEAD + "".join(figure("fee_processing", amount, day) for day, amount in days.items())
    office = shared_office
    file = files.read(office, written(tmp_path_factory.mktemp("fees"), text))
    before = everything(office)
    assert files.take(office, file, file.fingerprint) is not None
    for day, amount in days.items():
        assert f"{office.programme().fee_on('processing', day):.2f}" == amount
    history.undo(office)
    assert everything(office) == before


@pytest.fixture(scope="module")
def shared_office(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    path = tmp_path_factory.mktemp("shared") / "office.imp"
    new_register(path)
    return open_office(path, today=TODAY)


def test_nobodys_file_is_taken_only_by_its_fingerprint_or_its_key(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, HEAD + figure("fee_processing", "165.00"))
    file = files.read(office, path)
    assert (file.signature, file.key) == (files.Signature.NONE, None)
    for trust in (None, "", file.fingerprint[:15], "0" * 64):
        assert refused(lambda told=trust: files.take(office, file, told)).code == "file_not_trusted"
    assert not office.made
    key = tmp_path / "key.pem"
    tool = [sys.executable, str(ROOT / "tools" / "sign_figures.py")]
    made = subprocess.run(
        [*tool, "--new-key", str(key)], check=True, capture_output=True, text=True
    )
    subprocess.run([*tool, str(key), str(path)], check=True, capture_output=True)
    public = made.stdout.strip()
    file = files.read(office, path)
    assert (file.signature, file.key) == (files.Signature.OTHER, public)
    assert refused(lambda: files.take(office, file)).code == "file_not_trusted"
    assert files.take(office, file, public) is not None
    monkeypatch.setattr(files, "program_keys", lambda: frozenset({public}))
    assert files.read(office, path).is_trusted
    path.write_text(path.read_text(encoding="utf-8").replace("165", "166"), encoding="utf-8")
    assert refused(lambda: files.read(office, path)).code == "signature_broken"


def test_the_program_ships_keys_that_are_keys() -> None:
    import base64

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    keys = files.program_keys()
    assert keys
    for key in keys:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
    private = "PRIVATE" + " KEY"
    tracked = (ROOT / "resources" / "keys").iterdir()
    assert all(private not in path.read_text(encoding="utf-8") for path in tracked)


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        (figure("fee_processing", "dear"), "bad_amount"),
        (figure("fee_unknown", "1"), "unknown_parameter"),
        (figure("clock_medical", "0"), "bad_length"),
        (figure("returned_uses_place", "perhaps", more="year = 2023"), "bad_choice"),
        (figure("cap_permits", "5", more="year = 1990"), "year_out_of_range"),
        (figure("fee_eta", "5", more="year = 2024"), "year_not_asked"),
        (
            figure("cap_permits", "5", more=f"year = {TODAY.year}") + figure("cap_permits", "6"),
            "twice",
        ),
        (figure("fee_eta", "5", more=f"again_on = {TODAY}"), "bad_reading"),
        (
            '[[countries]]\ncountry = "XYZ"\nrequirement = "eta"\n'
            'from = 2024-01-01\nsource = "x"\n',
            "bad_value",
        ),
    ],
)
def test_an_entry_that_could_not_be_typed_is_refused_with_the_whole_file(
    office: Office, tmp_path: Path, text: str, inner: str
) -> None:
    path = written(tmp_path, HEAD + figure("fee_biometrics", "86.00") + text)
    error = refused(lambda: files.read(office, path))
    assert (error.code, error.parameters["issue"]) == ("bad_figures", inner)


def test_what_is_no_file_of_figures_is_refused(office: Office, tmp_path: Path) -> None:
    empty = tmp_path / "empty.toml"
    empty.write_bytes(b" \n")
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * (1 << 20) + b"#")
    for path, code in (
        (tmp_path / "none.toml", "file_not_found"),
        (tmp_path, "not_a_file"),
        (empty, "empty_file"),
        (large, "figures_too_large"),
    ):
        assert refused(lambda told=path: files.read(office, told)).code == code


def test_counting_says_how_far_it_is_and_can_be_stopped(office: Office, tmp_path: Path) -> None:
    some_files(office)
    file = files.read(office, written(tmp_path, MANY))

    class Stop:
        steps = 0

        def step(self, done: int, total: int) -> None:
            self.steps += 1
            assert (done, total) == (0, 3)
            raise Cancelled

    stop = Stop()
    assert refused(lambda: effects.foresee(office, file, stop)).code == "cancelled"
    assert stop.steps == 1


def test_a_file_that_changes_no_verdict_looks_at_nobody(office: Office, tmp_path: Path) -> None:
    some_files(office)
    text = HEAD + f'[[holidays]]\nday = {TODAY}\nclosed = true\nsource = "x"\n'
    foreseen = effects.foresee(office, files.read(office, written(tmp_path, text)))
    assert (foreseen.affected, foreseen.people, foreseen.files) == ((), 0, 3)


def test_a_file_brings_a_programme_too_and_undo_takes_it_back(
    office: Office, tmp_path: Path
) -> None:
    shipped = (ROOT / "data" / "programmes" / "pstq_policy.toml").read_text(encoding="utf-8")
    longer = shipped.replace("2026-12-31", "2027-12-31").replace('"2026-11"', '"2027-01"')
    text = HEAD + figure("fee_eta", "8.00") + f"[[programmes]]\ntext = '''\n{longer}'''\n"
    file = files.read(office, written(tmp_path, text))
    told = files.changes(office, file)
    assert [(one.entry.name, one.before, one.after) for one in told] == [
        ("fee_eta", "7.00", "8.00"),
        ("programme_pstq_policy", "2026-11", "2027-01"),
    ]
    assert effects.foresee(office, file).affected == ()
    acts = len(history.acts(office))
    files.take(office, file, file.fingerprint)
    assert len(history.acts(office)) == acts + 1
    assert library.find(office, "pstq_policy").until_day == date(2027, 12, 31)
    assert files.changes(office, file) == ()
    assert files.take(office, file, file.fingerprint) is None
    history.undo(office)
    assert library.find(office, "pstq_policy").until_day == date(2026, 12, 31)
    assert files.changes(office, file) == told
    bad = text.replace('version = "2027-01"', "version = 3")
    error = refused(lambda: files.read(office, written(tmp_path, bad)))
    assert (error.code, error.parameters["where"]) == ("bad_figures", "[[programmes]] 1")
    assert error_text(error).startswith("The file of figures cannot be taken. [[programmes]] 1: ")
    none = HEAD + "[[programmes]]\ntext = 3\n"
    assert refused(lambda: files.read(office, written(tmp_path, none))).code == "bad_figures"
