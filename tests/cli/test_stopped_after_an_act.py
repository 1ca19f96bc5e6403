# SPDX-License-Identifier: Apache-2.0
"""A command whose act is kept and whose answer is not: the line to the server goes in between. It
never says that nothing was changed, or it is done again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import servers
from line_proxy import CLIENT, Proxy
from office_builders import AT, TODAY, a_list, a_row, invite
from server_users import office_database

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli.main import main
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.engines import ServerAddress
from imp_plus_desktop.storage.engines.postgresql.line import acknowledging
from imp_plus_desktop.storage.journal import journal

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))

UNSURE = "does not say whether this was kept"
COMMANDS = ("import", "receive", "set")


class Desk:
    """A desk on the command line at the end of a line that goes, and another one beside it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        cluster = servers.a_cluster()
        self.address: ServerAddress = cluster.address(office_database(cluster, "imp_stopped"))
        self.beside: Office = open_office(self.address, today=TODAY)
        self._folder, self._capsys, self._number = folder, capsys, 0

    def runs(self, command: str, cut: int | None = None) -> tuple[int, int | None, str, int, bool]:
        """Run a command over a line that goes for good after some messages. Its exit code, the act
        that it tells, what it complains of, the act that is there, and whether the line went."""
        self._number += 1
        invite(self.beside, self._number)
        with Proxy(self.address.hosts[0][1]) as line:
            there = replace(self.address, hosts=(("127.0.0.1", line.port),))
            if cut is not None:
                line.cut_after(cut, CLIENT)
                line.refuse_when_cut()
            options = ("--lang", "en", "--json", "--today", TODAY.isoformat())
            code = main(["--register", str(there), *options, *self._words(command)])
            self.messages, was_cut = line.messages[CLIENT], line.was_cut
        told = self._capsys.readouterr()
        act = json.loads(told.out)["act"] if told.out else None
        return code, act, told.err, self.last_act(), was_cut

    def last_act(self) -> int:
        found = journal.last(self.beside.register.db)
        return 0 if found is None else int(found[0])

    def _words(self, command: str) -> list[str]:
        number, reference = self._number, f"C{1_000_000 + self._number}"
        if command == "import":
            row = a_row(number + 5_000)
            return ["import", str(a_list(self._folder / f"{number}.xlsx", [row]))]
        if command == "receive":
            return ["receive", reference, "--at", AT.isoformat()]
        return ["set", reference, "phone", f"514 555 {1_000 + number}"]


@pytest.fixture
def desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    monkeypatch.setattr(acknowledging, "LONGEST", 0.2)
    made = Desk(tmp_path, capsys)
    yield made
    made.beside.close()


def told_at(desk: Desk, command: str, cuts: Iterable[int]) -> set[str]:
    """What came of the command with the line cut at each of these; none is told wrongly."""
    found = set()
    for cut in cuts:
        before = desk.last_act() + 1  # the one that invites
        code, act, complaint, after, was_cut = desk.runs(command, cut)
        if UNSURE in complaint:
            assert code == 4
            found.add("unsure")
        elif after > before:
            assert (code, act) == (1 if complaint else 0, after), (cut, complaint)
            assert "othing" not in complaint
            found.add("kept" if complaint else "done")
        else:
            assert (code, act) == (4, None), (cut, complaint)
            found.add("nothing")
        if not was_cut:
            break
    return found


def test_a_list_that_is_in_is_never_told_as_if_it_were_not(desk: Desk) -> None:
    for _turn in range(2):  # the first one prepares more
        desk.runs("import")
    last = desk.messages
    assert "kept" in told_at(desk, "import", range(last - 6, last))


@pytest.mark.long
@pytest.mark.parametrize("command", COMMANDS)
def test_a_line_that_goes_at_any_message_is_told_as_it_is(desk: Desk, command: str) -> None:
    assert {"nothing", "done"} <= told_at(desk, command, range(1, 1_000))
