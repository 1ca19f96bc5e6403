# SPDX-License-Identifier: Apache-2.0
"""Of an encrypted register nothing in the clear is left by a kill, at whatever moment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from office_builders import TODAY, a_list, a_row, import_file, invite

from benchmarks.survival.secrets import NAME, telling
from imp_plus_desktop import private
from imp_plus_desktop.bootstrap import PASSPHRASE_VARIABLE, open_office
from imp_plus_desktop.domain.values.codes import DocumentType
from imp_plus_desktop.services.people import attachments

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

KEPT = "quatre mots bien longs"
MOMENTS = 4

WORK = """
import os, signal, sys
from datetime import date
from pathlib import Path
from imp_plus_desktop import logs, paths, private
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.codes import DocumentType
from imp_plus_desktop.services.agenda import agenda
from imp_plus_desktop.services.exports import export_process, exports
from imp_plus_desktop.services.imports import import_source, imports
from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.people import attachments
from imp_plus_desktop.services.secrecy import passphrases

class Quiet:
    def step(self, done, total): pass

count, fatal = 0, int(sys.argv[3])
def hook(event, arguments):
    global count
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & 3
    if writes or event in ("os.rename", "os.remove", "os.mkdir", "subprocess.Popen"):
        count += 1
        if count == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
private.start()
logs.start_logging(paths.logs_folder())
home, out = Path(sys.argv[1]), Path(sys.argv[2])
office = open_office(home / "r.imp", today=date(2023, 11, 22))
sys.addaudithook(hook)
preview = imports.open_file(office, home / "given.xlsx")
imports.save_rejects(office, preview, out / "rejects.xlsx")
imports.commit(office, preview)
import_source.read_pasted(office, (home / "given.tsv").read_text("utf-8"))
export_process.SHORT = 0
export_process.export(office, "people", out / "people.xlsx", progress=Quiet())
exports.export(office, "everything", out / "all.xlsx")
agenda.save_calendar(office, out / "days.ics")
copies = attachments.ScanCopies()
copies.make(attachments.scan(office, 1, DocumentType.CSQ))
attachments.extract(office, 1, DocumentType.CSQ, out)
maintenance.save_copy(office, out)
office.settings.remember_register(office.register_path)
passphrases.recovery_key(office, office.register.passphrase)
passphrases.change(office, "change", office.register.passphrase + " encore")
office.close()
print(count)
"""


def work(home: Path, out: Path, temporary: Path, fatal: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WORK, str(home), str(out), str(fatal)],
        env={
            **os.environ,
            PASSPHRASE_VARIABLE: KEPT,
            "IMP_PLUS_HOME": str(home / "settings"),
            **private.temporary_files_in(temporary),
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted register, a list and a scan in which the name stands."""
    home = tmp_path_factory.mktemp("model")
    office = open_office(home / "r.imp", today=TODAY, passphrase=KEPT)
    person = invite(office, family_name=NAME)
    scan = home / "given.pdf"
    scan.write_bytes(b"%PDF-1.4\n" + NAME.encode())
    attachments.attach(office, person, DocumentType.CSQ, scan)
    rows = [a_row(n, family_name=f"{NAME}{chr(64 + n)}") for n in range(2, 9)]
    import_file(office, a_list(home / "given-first.xlsx", rows))
    rows += [a_row(20, family_name=NAME, birth_date="Tuesday"), a_row(21, family_name=NAME)]
    a_list(home / "given.xlsx", rows)
    (home / "given.tsv").write_text(f"Nom\tPrénom\n{NAME}\tA\n", "utf-8")
    office.close()
    return home


@pytest.mark.of_a_file("the register is copied with its folder")
@pytest.mark.long
def test_a_kill_at_any_moment_leaves_no_name_but_in_what_was_asked_for(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def once(fatal: int) -> subprocess.CompletedProcess[str]:
        folder = tmp_path / str(fatal)
        home, out, temporary = (folder / name for name in ("home", "out", "temporary"))
        shutil.copytree(model, home)
        out.mkdir()
        temporary.mkdir()
        done = work(home, out, temporary, fatal)
        monkeypatch.setattr(tempfile, "tempdir", str(temporary))
        private.sweep()  # as the next start does
        asked_for = {"rejects.xlsx", "people.xlsx", "all.xlsx", "days.ics"}
        found = {p.name for p in telling([home, out, temporary]) if not p.name.startswith("given")}
        assert {name for name in found if not name.startswith("csq-")} <= asked_for
        assert list(temporary.iterdir()) == []
        return done

    whole = once(0)
    assert whole.returncode == 0, whole.stderr
    events = int(whole.stdout)
    assert events > 2 * MOMENTS
    for part in range(MOMENTS):
        killed = once(1 + part * (events - 1) // (MOMENTS - 1))
        assert killed.returncode == -9


def test_a_list_that_is_being_read_is_nowhere_on_the_disk(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even before the next start has swept."""
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    shutil.copytree(model, home)
    temporary.mkdir()
    for fatal in (1, 2, 3):
        work(home, tmp_path, temporary, fatal)
        assert not list(telling([temporary]))


@pytest.mark.of_a_file("what SQLite does with its own files")
def test_sqlite_sorts_in_memory_and_never_in_a_file(tmp_path: Path) -> None:
    office = open_office(tmp_path / "r.imp", passphrase=KEPT)
    assert office.register.db.execute_sql("PRAGMA temp_store").fetchone()[0] == 2
    office.close()


def test_no_core_file_would_hold_the_memory() -> None:
    script = (
        "import resource; from imp_plus_desktop import private; private.start();"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "0"
