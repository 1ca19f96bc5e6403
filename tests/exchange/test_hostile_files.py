# SPDX-License-Identifier: Apache-2.0
"""Files made to exhaust time or memory end within both, in the real child process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_files import HOSTILE, SHEET, xlsx_parts, zipped

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.reading import TIME_LIMIT, read_in_child

pytestmark = pytest.mark.child

MOST_MEBIBYTES = 500
# Each takes half a second or more of work: the others are in the marked run.
SLOW = frozenset(
    {
        "one text many times", "too many rows", "deep XML", "long attribute", "ods many rows",
        "ok a million styled empty rows", "ok styled empty cells", "ok many sheets", "ods spaces",
        "ok styles without end", "elements without end", "formats without end",
        "larger styles than any", "one padded row many times", "one padded row without end",
        "ok thousands of padded styles", "ok a million padded empty rows",
        "ok ods columns without end", "text of one line", "text of quotes",
        "text of many rows", "declared bomb", "lying bomb",
    }
)  # fmt: skip


def read(path: Path) -> str:
    try:
        return "read" if read_in_child(path).sheets else "empty"
    except ExchangeError as error:
        return error.code


def bounded(path: Path, name: str) -> None:
    path.write_bytes(HOSTILE[name](path.parent))
    before = os.times()
    outcome = read(path)
    work = sum(os.times()[2:4]) - sum(before[2:4])
    expected = {"read"} if name.startswith("ok") else {"too_large", "damaged", "not_a_spreadsheet"}
    assert outcome in expected or (name == "ods spaces" and outcome == "read")
    assert work < TIME_LIMIT


@pytest.mark.parametrize("name", sorted(set(HOSTILE) - SLOW))
def test_a_hostile_file_ends_soon(tmp_path: Path, name: str) -> None:
    bounded(tmp_path / "hostile.bin", name)


@pytest.mark.corpus
@pytest.mark.parametrize("name", sorted(SLOW))
def test_a_large_hostile_file_ends_soon(tmp_path: Path, name: str) -> None:
    bounded(tmp_path / "hostile.bin", name)


_PEAK = """
import resource, sys
from pathlib import Path
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.reading import read_in_child
try:
    read_in_child(Path(sys.argv[1]))
except ExchangeError:
    pass
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells no peak of a child")
@pytest.mark.corpus
def test_no_hostile_file_takes_more_memory_than_it_may(tmp_path: Path) -> None:
    path = tmp_path / "hostile.bin"
    for name, make in HOSTILE.items():
        path.write_bytes(make(tmp_path))
        # From a process of its own: a child's peak counts that of who starts it.
        command = [sys.executable, "-c", _PEAK, str(path)]
        peak = int(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout) / 1024
        if sys.platform == "darwin":
            peak /= 1024
        assert peak <= MOST_MEBIBYTES, name


def test_a_part_that_holds_more_than_it_declares_is_damaged_and_no_matter_of_limits(
    tmp_path: Path,
) -> None:
    content = bytearray(zipped(xlsx_parts(tmp_path, '<row r="1"><c r="A1"><v>1</v></c></row>')))
    at = content.index(b"PK\x01\x02")
    while content[at + 46 : at + 46 + len(SHEET)] != SHEET.encode():
        at = content.index(b"PK\x01\x02", at + 4)
    size = int.from_bytes(content[at + 24 : at + 28], "little")
    content[at + 24 : at + 28] = (size - 1).to_bytes(4, "little")
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(ExchangeError) as error:
        read_in_child(path)
    assert error.value.code == "damaged"
