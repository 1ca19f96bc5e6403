# SPDX-License-Identifier: Apache-2.0
"""What every test stands on: no display, no user folder, compiled catalogues, English.

Must not import Qt itself: only the tests of the window pay for it.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import long_cases
import pytest
from hypothesis import HealthCheck, settings

import run_folder

if TYPE_CHECKING:
    from rules_shown import Story

    from imp_plus_desktop.services.office.office import Office
    from imp_plus_desktop.storage.journal.register import Register

ROOT = Path(__file__).resolve().parent.parent

run_folder.entered()

# Before any test module is imported, since Qt and the paths look at them once.
# Wine drops Qt's own variables: what a window is drawn with there is told by one of ours.
os.environ["QT_QPA_PLATFORM"] = os.environ.get("IMP_PLUS_TEST_PLATFORM", "offscreen")
os.environ["IMP_PLUS_HOME"] = str(Path(tempfile.gettempdir(), f"home-of-tests-{os.getpid()}"))
os.environ["PYTHONPATH"] = str(ROOT)  # for the processes that tests start in other folders

# What was compiled once is kept, also where a container forbids it: hundreds of tests start the
# program, and the tests themselves take longer to compile than to collect. Windows' Python shares
# this folder with another system's, and leaves nothing in it.
if sys.platform != "win32":
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# How long an example takes says how busy the machine is, not whether the program is right.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")
GENERATED_SECONDS = 1800
"""How long a test of generated cases may take. Running out of time inside an example would be
taken for a failure of that example, which then cannot be repeated ("inconsistent results")."""
LONG_SECONDS = 300
"""How long a test that is marked `long` may take, where it says nothing else."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine",
        choices=("file", "server"),
        default="file",
        help="where the registers of tests lie; `server` starts a PostgreSQL of its own",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--engine") == "server":
        import on_a_server

        on_a_server.choose()
        config.pluginmanager.register(on_a_server)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give tests of generated cases time enough that a busy machine never breaks one off, and long
    ones a bound of their own; say which cases of many are long."""
    on_server = config.getoption("--engine") == "server"
    if on_server:
        import on_a_server

        on_a_server.sort_out(items)
    names = any("::" in argument for argument in config.args)
    longest = long_cases.mark(items, all_are_there=not names)
    for item in items:
        generated = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if item.get_closest_marker("timeout") is None:
            if generated:
                item.add_marker(pytest.mark.timeout(GENERATED_SECONDS))
            elif item in longest:
                item.add_marker(pytest.mark.timeout(LONG_SECONDS))


def pytest_sessionstart() -> None:
    """Compile the catalogues where a source is newer than what was compiled from it."""
    import catalogues

    def is_stale(source: Path) -> bool:
        compiled = source.with_suffix(".mo")
        return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime

    if any(is_stale(catalogues.po_file(language)) for language in catalogues.LANGUAGES):
        catalogues.compile_all()


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMP_PLUS_HOME", str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def _lists_are_read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No process for each list and letter, but where the mark `child` asks for one: see
    `reading_here`."""
    if request.node.get_closest_marker("child") is None:
        from reading_here import asked_here, filled_here

        from imp_plus_desktop.exchange.correspondence import letter_process
        from imp_plus_desktop.exchange.readers import reading

        monkeypatch.setattr(reading, "_asked", asked_here)
        monkeypatch.setattr(letter_process, "ask_child", filled_here)


@pytest.fixture(autouse=True)
def _nothing_kept_for_ever() -> Iterator[None]:
    """What an import has hidden from the collector of cycles can go again with its test.

    The program imports a few lists in its life; here a thousand windows would stay for ever.
    """
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _english_until_told() -> Iterator[None]:
    """Each test starts and ends in English, the language of the code."""
    from imp_plus_desktop import i18n

    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture(scope="session")
def empty_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new register, to be copied."""
    from new_registers import new_register

    return new_register(tmp_path_factory.mktemp("empty") / "register.imp", is_file=True)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office on an empty register of its own, on 22 November 2023."""
    from new_registers import new_office

    opened = new_office(tmp_path / "register.imp", date(2023, 11, 22))
    yield opened
    opened.close()


@pytest.fixture
def other(office: Office) -> Iterator[Office]:
    """Another desk on the same register and the same day, under its own name."""
    from imp_plus_desktop.bootstrap import open_office

    opened = open_office(office.register_path, today=date(2023, 11, 22))
    opened.settings.user_name = "M. Roy"
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """A register that an office's year in short has filled: every rule has answered."""
    from rules_shown import TODAY, Story, tell

    from imp_plus_desktop.bootstrap import open_office

    folder = tmp_path_factory.mktemp("story")
    made = Story(open_office(folder / "office.imp", today=TODAY), folder)
    tell(made)
    yield made
    made.office.close()


@pytest.fixture
def register(office: Office) -> Register:
    return office.register
