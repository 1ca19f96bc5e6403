# SPDX-License-Identifier: Apache-2.0
"""The pages about servers, followed to the letter: their commands, one after the other, on a server
of the tests' own under the names that the pages give."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
import servers

from imp_plus_desktop.cli.main import main

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = {"server.md": "office.imp", "serveur.md": "bureau.imp"}


def commands(page: str) -> list[list[str]]:
    """The commands of a page in its order, those within sentences too."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.findall(r"(?:^|`)(imp-plus [^`\n]+)", text, re.MULTILINE)
    return [shlex.split(line.replace("\\", "/"))[1:] for line in found]


@pytest.mark.long
@pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))
@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_the_page_work_on_a_server(
    page: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cluster = servers.a_cluster()
    cluster.sql("DROP DATABASE IF EXISTS imp WITH (FORCE)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IMP_PLUS_USER_PASSWORD", "quatre mots bien longs")
    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", "quatre autres mots sans lien, 9")
    (tmp_path / "copies").mkdir()
    assert main(["demo", "made"]) == 0
    moved: dict[str, Path] = {}
    folder = tmp_path / "copies"
    known = {"FOLDER": folder, "DOSSIER": folder, "OUT.imp": tmp_path / "OUT.imp"}
    there = str(cluster.address("imp"))

    def here(word: str) -> str:
        """A word of the page as it is here: our server, and files of the tests' folder."""
        word = re.sub(r"^postgresql://[^/]+/imp$", there, word)
        word = re.sub(r"^ADDRESS$|^ADRESSE$", there, word)
        if word in known:
            return str(known[word])
        if word.startswith("C:/"):
            return str(moved.setdefault(word, tmp_path / word.rpartition("/")[2]))
        return word

    done = []
    for words in commands(page):
        told = [here(word) for word in words]
        if told[0] == "move":
            source, target = told[1:3]
            if target == there:
                shutil.copyfile(tmp_path / "made" / "demo.imp", source)
            else:
                told[2] = target = f"{target}.back.imp"
        assert main(["--lang", "en", *told]) == 0, (words, capsys.readouterr().err)
        if told[0] == "move" and target != there:
            # The way back is another office's: what follows is for who stayed.
            cluster.sql("DROP TABLE imp_plus.moved_to", "imp")
        done.append(words[0] if words[0] != "server" else words[1])
    capsys.readouterr()
    assert {"init", "status", "move", "upgrade"} <= set(done)
    assert (tmp_path / "OUT.imp").exists()
    cluster.sql("DROP DATABASE imp WITH (FORCE)")


def test_both_pages_give_the_same_commands() -> None:
    def plain(page: str) -> list[list[str]]:
        return [
            [re.sub(r"^\w+://.*|^C:.*|^[A-Z]+$|^(desk|poste)\d$", "…", w) for w in words]
            for words in commands(page)
        ]

    assert plain("server.md") == plain("serveur.md")
    assert len(plain("server.md")) >= 6
