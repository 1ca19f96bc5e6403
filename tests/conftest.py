# SPDX-License-Identifier: Apache-2.0
"""What every test stands on: no display, no user folder, compiled catalogues, English.

Must not import Qt itself: only the tests of the window pay for it.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Before any test module is imported, since Qt and the paths look at them once.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["IMP_PLUS_HOME"] = str(Path(tempfile.gettempdir(), f"imp-plus-tests-{os.getpid()}"))
os.environ["PYTHONPATH"] = str(ROOT)  # for the processes that tests start in other folders


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
def _english_until_told() -> Iterator[None]:
    """Each test starts and ends in English, the language of the code."""
    from imp_plus_desktop import i18n

    i18n.use("en")
    yield
    i18n.use("en")
