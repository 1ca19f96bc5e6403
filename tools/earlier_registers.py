#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the registers of earlier programs that the tests open with today's.

`tools/earlier_registers.py COMMIT…` takes the program as it stood at each commit out of git, lets
its own command line keep the register of a small office whose people are invented, and puts what
came of it into `tests/files/registers/`: `shape-NN.imp.xz`, and `shape-NN.json` with what that
program said of it. With `--encrypted` the register gets a passphrase first, by that program too.

Make one when a step of the register's shape is added: of the last commit before the step, or of a
release. What an earlier program cannot do yet, it says, and the story goes on without it; whatever
else goes wrong stops the making.
"""

from __future__ import annotations

import argparse
import io
import json
import lzma
import os
import shlex
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "tests" / "files" / "registers"
PASSPHRASE = "six bleuets au bord du fleuve"

_COLUMNS = (
    "N° de référence individuel;Nom;Prénom;Date de naissance;Citoyenneté;Pays de résidence;"
    "Catégorie CSQ;CSQ délivré le;CSQ échéance;Date de la lettre d'invitation;"
    "Échéance du passeport;N° de demande RP;RP présentée le;État RP"
)
_SAME = "Travailleur qualifié"
PEOPLE = (
    _COLUMNS,
    f"C1000001;Tremblay;Anaïs;1990-05-06;Maroc;Maroc;{_SAME};2022-01-10;2026-01-10;2024-01-15;"
    "2029-03-01;E000000001;2022-02-01;En traitement",
    f"C1000002;Belkacem;Karim;1985-11-30;Algérie;Algérie;{_SAME};2022-01-12;2026-01-12;2024-01-16;"
    "2028-06-30;E000000002;2022-02-02;En traitement",
    f"C1000003;Nguyễn;Thị Hà;1993-02-28;Viet Nam;Viet Nam;{_SAME};2022-01-14;2026-01-14;2024-01-17;"
    "2027-12-31;E000000003;2022-02-03;En traitement",
    f"C1000004;D’Souza;Maria;1979-08-15;Inde;Inde;{_SAME};2022-01-16;2026-01-16;2024-01-18;"
    "2030-01-01;E000000004;2022-02-04;En traitement",
)
LATER = (PEOPLE[0], PEOPLE[1].replace("2029-03-01", "2034-03-01"), *PEOPLE[2:4])
_SCAN = (
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8"
    "cfc0f01f0005000201ffa2a3b2a40000000049454e44ae426082"
)

STORY = """
2024-02-01 import list.csv
2024-02-02 add individual_reference=C1000005 family_name=Okafor given_names=Chidi
  birth_date=1988-07-07 citizenship=NGA
2024-02-02 add individual_reference=C1000006 family_name=Rossi given_names=Lucia
  birth_date=1991-01-31 citizenship=ITA
2024-02-03 set C1000001 email anais@example.org
2024-02-03 set C1000005 phone "514 555 0105"
2024-02-03 document C1000001 passport received --expires 2029-03-01
2024-02-03 document C1000001 csq reviewed
2024-02-05 member C1000001 --relation spouse --family-name Roy --given-names Étienne --birth-date
  1989-04-01 --citizenship FRA --accompanying yes
2024-02-05 member C1000001 --relation child --family-name Roy --given-names Léa --birth-date
  2015-09-09 --citizenship FRA --accompanying yes
2024-02-05 member C1000002 --relation child --family-name Belkacem --given-names Inès --birth-date
  2010-03-03 --citizenship DZA --accompanying no
2024-02-06 receive C1000001 --at 2024-02-05T14:00:00Z --number W300000001
2024-02-06 receive C1000002 --at 2024-02-06T13:30:00Z --number W300000002
2024-02-07 receive C1000003 --at 2024-02-07T18:45:00Z --number W300000003
2024-02-08 member-receive 1 --kind work --at 2024-02-08T12:00:00Z --number W300000011
2024-03-01 decide W300000001 approved --on 2024-02-28
2024-03-01 permit W300000001 --issued 2024-03-01 --number U300000001
2024-03-02 decide W300000002 refused --on 2024-03-02
2024-03-03 set C1000006 email lucia@example.org
2024-03-03 undo
2024-03-03 receive C1000006 --at 2024-03-02T15:00:00Z --number W300000006 --override
  "INV-01=lettre perdue, attestée par le MIFI"
2024-03-04 import later.csv
2024-03-05 cap 2024 4 --from 2024-03-05 --reason "annonce du ministère"
2024-03-06 receive C1000004 --at 2024-03-06T15:00:00Z --number W300000004
2024-03-06 official 2024 --as-of 2024-03-06 --received 120 --source "note"
2024-03-07 add uci=1234567897 family_name=Okafor-Eze given_names=Chidi birth_date=1988-07-07
  citizenship=NGA
2024-03-07 merge C1000005 1234567897 --take family_name=right
2024-03-08 attach C1000001 passport scan.png
2024-03-08 contact C1000001 called "a demandé où en est le permis" --on 2024-03-08
2024-03-08 pay C1000001 processing 155 --on 2024-02-05
2024-03-08 request W300000003 documents --letter 2024-03-08 --due 2024-04-07
2024-03-08 portal W300000003 eligibility in_progress --on 2024-03-08
2024-03-09 letter C1000004 2024-03-01 --replaces 2024-01-18
2024-03-09 rename C1000006 --family-name Bianchi --until 2024-03-01
2024-03-09 residence C1000004 add IND --from 2020-01-01 --proof lease
2024-03-10 prepare C1000005 --on 2024-03-10
2024-03-10 close 2023 --quarter 4
2024-03-10 deadline C1000001 permit --seen
2024-03-10 assign "M. Roy" C1000001 C1000002
2024-03-10 route C1000002 A73 filed --filed 2024-03-10
2024-03-11 work C1000001 MAR --employer "Atelier Saint-Roch" --from 2024-03-05
2024-03-11 member-set 3 school primary_secondary
2024-03-12 death C1000003 --on 2024-03-11
2024-03-13 set C1000006 second_citizenship FRA
2024-03-13 add individual_reference=C1000008 family_name=Essai given_names=Faux
  birth_date=1970-01-01 citizenship=CAN
2024-03-14 delete C1000008 --reason "saisi par erreur"
2024-03-15 set C1000004 email maria@example.org
"""
"""A day and what is done on it, a line each, its rest indented; the last is for a test to undo."""

QUESTIONS = (
    "people",
    *(f"show C100000{n}" for n in range(1, 7)),
    "quota 2024",
    "check",
    "journal --limit 100",
)
LAST_DAY = "2024-03-15"
_UNKNOWN = ("invalid choice", "unrecognized arguments", "There is no field named")


class Earlier:
    """The program of an earlier commit, with a folder to work in."""

    def __init__(self, commit: str, folder: Path) -> None:
        self.tree, self.folder = folder / "tree", folder / "office"
        self.tree.mkdir()
        self.folder.mkdir()
        self.register = self.folder / "register.imp"
        whole = ("git", "archive", "--format=tar", commit)
        packed = subprocess.run(whole, cwd=ROOT, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(self.tree, filter="data")

    def run(
        self, day: str, words: Sequence[str], secrets: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """One call of that program's command line on this day."""
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.tree),
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONUTF8": "1",
            "IMP_PLUS_HOME": str(self.folder / "home"),
            **(secrets or {}),
        }
        asked = ("--register", str(self.register), "--lang", "en", "--json", "--today", day)
        return subprocess.run(
            [sys.executable, "-P", "-m", "imp_plus_desktop", *asked, *words],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a register for each commit that is named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--encrypted", action="store_true", help="give it a passphrase")
    parser.add_argument("commits", nargs="+", metavar="COMMIT")
    asked = parser.parse_args(arguments)
    for commit in asked.commits:
        with tempfile.TemporaryDirectory() as folder:
            print(make(commit, Path(folder), encrypted=asked.encrypted))
    return 0


def make(commit: str, folder: Path, *, encrypted: bool = False) -> str:
    """Keep an office's register with the program of this commit; answers what was made."""
    program = Earlier(commit, folder)
    (program.folder / "list.csv").write_text("\n".join(PEOPLE) + "\n", "utf-8")
    (program.folder / "later.csv").write_text("\n".join(LATER) + "\n", "utf-8")
    (program.folder / "scan.png").write_bytes(bytes.fromhex(_SCAN))
    left_out = tell(program)
    answers = {}
    for question in QUESTIONS:
        answers[question] = json.loads(_must(program, LAST_DAY, question.split()))
    if encrypted:
        new = {"IMP_PLUS_NEW_PASSPHRASE": PASSPHRASE}
        done = program.run(LAST_DAY, ["passphrase", "set"], new)
        if done.returncode:
            raise SystemExit(f"{commit}: passphrase: {done.stderr}")
    shape = _shape(program)
    name = f"shape-{shape:02}{'-encrypted' if encrypted else ''}"
    KEPT.mkdir(parents=True, exist_ok=True)
    packed = lzma.compress(program.register.read_bytes(), preset=9 | lzma.PRESET_EXTREME)
    (KEPT / f"{name}.imp.xz").write_bytes(packed)
    said = {"commit": _full(commit), "shape": shape, "left_out": left_out, "answers": answers}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if not encrypted:
        (KEPT / f"{name}.json").write_text(text + "\n", "utf-8")
    return f"{name}: {len(packed) // 1024} KB, without {len(left_out)} lines of the story"


def tell(program: Earlier) -> list[str]:
    """Do what the story says; answers the lines that this program cannot do yet."""
    left_out = []
    for line in STORY.strip().replace("\n  ", " ").splitlines():
        day, *words = shlex.split(line)
        done = program.run(day, words)
        if done.returncode == 2 and any(sign in done.stderr for sign in _UNKNOWN):
            left_out.append(line)
        elif done.returncode not in (0, 1):
            raise SystemExit(f"{line}\n{done.stdout}{done.stderr}")
    return left_out


def _must(program: Earlier, day: str, words: Sequence[str]) -> str:
    done = program.run(day, words)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{words}: {done.stderr}")
    return done.stdout


def _shape(program: Earlier) -> int:
    """The number of the last step that this program knows."""
    asked = (
        "import importlib\n"
        "for name in ('migrations.steps', 'migrations'):\n"
        "    try:\n"
        "        module = importlib.import_module(f'imp_plus_desktop.storage.{name}')\n"
        "        print(module.MIGRATIONS[-1][0])\n"
        "        break\n"
        "    except (ImportError, AttributeError):\n"
        "        continue\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(program.tree)}
    command = [sys.executable, "-P", "-c", asked]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return int(done.stdout)


def _full(commit: str) -> str:
    command = ("git", "rev-parse", "--verify", f"{commit}^{{commit}}")
    return subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
