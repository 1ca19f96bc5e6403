# SPDX-License-Identifier: Apache-2.0
"""The report for support helps, and names nobody: 500 names stand in every field, every setting,
the log, the paths and a strange table, and none is in it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from new_registers import new_office, told_of
from office_builders import TODAY, a_list, a_row, import_file
from second_desk import furnish
from tampering import all_of, columns_of

from imp_plus_desktop import logs, paths
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli.main import main
from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.support import report
from imp_plus_desktop.storage.engines import shape
from imp_plus_desktop.words.support.support_texts import support_text

NAMES = [f"Zyndramowicz{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}{n}" for n in range(500)]
MARK = "zyndramowicz"


@pytest.fixture
def planted(tmp_path: Path) -> Iterator[Office]:
    """A register with a row of each kind, whose every text that may be anything is a name."""
    folder = tmp_path / NAMES[0]
    folder.mkdir()
    office = new_office(folder / f"{NAMES[1]}.imp", TODAY)
    furnish(office, folder)
    people = [a_row(n, family_name=name) for n, name in enumerate(NAMES, 1000)]
    import_file(office, a_list(folder / f"{NAMES[2]}.xlsx", people))
    # A server's copy is proven, and of a journal that was altered none is made.
    copy = maintenance.save_copy(office) if office.server is not None else None
    _plant_in_tables(office)
    for name, value in (
        ("user_name", NAMES[3]),
        ("start_page", NAMES[4]),
        ("last_register", NAMES[5]),
        ("recent_registers", [NAMES[6], NAMES[7]]),
        ("layouts", {NAMES[8]: NAMES[9]}),
    ):
        office.settings.put(name, value)
    _plant_in_log()
    copy = copy or maintenance.save_copy(office)
    copy.with_name(f"2023-11-22_101112-{MARK}.imp").write_bytes(copy.read_bytes())
    yield office
    office.close()


def _plant_in_tables(office: Office) -> None:
    db = office.register.db
    planted = 0
    for table in shape.tables():
        if table == "person_search":
            continue
        for column in columns_of(db, table):
            try:
                db.execute_sql(f"UPDATE {table} SET {column} = ?", (f"{NAMES[10]} {column}",))
            except db.driver_errors:  # a code, a day, a number
                continue
            planted += 1
    assert planted > 60
    # What counts places must be numbers: else the check itself breaks, and finds nothing.
    db.execute_sql("UPDATE cap_counter SET used = 1")
    db.execute_sql(f"CREATE TABLE {MARK} ({MARK} TEXT)")


def _plant_in_log() -> None:
    folder = paths.logs_folder()
    logs.start_logging(folder)
    ours = logging.getLogger("imp_plus_desktop.anything")
    ours.warning("a file of %s", NAMES[11])
    logging.getLogger("strange.library").warning(f"cannot open {NAMES[12]}")
    try:
        raise RuntimeError(NAMES[13])
    except RuntimeError:
        ours.exception("it broke")
    with (folder / logs.LOG_NAME).open("a", encoding="utf-8") as file:
        file.write(f"{NAMES[14]}\n  {NAMES[15]} was here\n")


def test_none_of_500_names_is_in_it(planted: Office) -> None:
    made = report.of(planted)
    text = support_text(made.sections, made.log)
    assert MARK not in text.lower()
    assert str(planted.register_path.parent) not in text


def test_it_tells_what_helps(planted: Office) -> None:
    made = report.of(planted)
    assert made.sections["rows"]["person"] == "509"
    assert made.sections["register"]["shape"] == "differs"
    in_a_file = planted.register.server is None
    assert made.sections["register"]["user_version" if in_a_file else "version"].isdigit()
    assert made.sections["settings"]["user_name"] == "set"
    assert made.sections["check"]
    assert made.sections["copies"]["count"] == ("5" if in_a_file else "2")
    told = "\n".join(made.log)
    assert "imp_plus_desktop.anything a file of <str>" in told
    assert "WARNING strange.library" in told
    assert "RuntimeError" in told


def test_a_register_that_does_not_open_has_a_report_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / NAMES[0]
    folder.mkdir()
    path = folder / f"{NAMES[1]}.imp"
    path.write_bytes(b"no register" * 100)
    assert main(["--register", str(path), "--lang", "en", "--json", "support"]) == 0
    told = capsys.readouterr().out
    assert json.loads(told)["register"] == {"opens": "no: not_a_register"}
    assert json.loads(told)["file"] is None
    assert MARK not in told.lower()


def test_what_is_written_is_what_was_shown(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--register", told_of(office.register_path), "--lang", "fr", "support"]
    assert main([*asked, str(tmp_path / "out")]) == 0
    *shown, saved = capsys.readouterr().out.splitlines()
    (file,) = (tmp_path / "out").iterdir()
    written = file.read_text("utf-8").splitlines()
    assert [line for line in written if "utc" not in line] == [
        line for line in shown if "utc" not in line
    ]
    assert saved.endswith(file.name)
    assert written[0] == "IMP+ Desktop\u00a0: rapport pour l’assistance"


def test_an_earlier_session_is_no_part_of_what_opens_it(office: Office) -> None:
    """The report changes nothing: no act, no copy."""
    before = all_of(office.register)
    again = open_office(office.register_path, today=TODAY)
    report.of(again)
    again.close()
    assert all_of(office.register) == before
