# SPDX-License-Identifier: Apache-2.0
"""Broken files of all kinds: read or refused by a code, never in part; the long run is marked."""

from __future__ import annotations

from pathlib import Path

import fuzzing
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.child

FEW, MANY, FIRST_IMPORT = range(80), range(10_000), 30_000


def test_broken_files_are_read_or_refused_by_a_code(tmp_path: Path) -> None:
    found = [case for case in fuzzing.run(FEW, tmp_path) if fuzzing.bad(*case[1:])]
    assert found == []


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_any_broken_file_is_read_or_refused_in_the_real_child(tmp_path: Path, seed: int) -> None:
    outcome = fuzzing.in_child(seed, tmp_path)
    event(outcome)
    assert outcome != "timeout"


def test_a_broken_file_is_never_imported_in_part(tmp_path: Path) -> None:
    empty = fuzzing.new_register(tmp_path)
    seeds = range(FIRST_IMPORT, FIRST_IMPORT + 2)
    assert [fuzzing.by_command_line(seed, tmp_path, empty) for seed in seeds] == [""] * len(seeds)


@pytest.mark.fuzz
@pytest.mark.timeout(7200)
def test_ten_thousand_broken_files_find_nothing(tmp_path: Path) -> None:
    found = [case for case in fuzzing.run(MANY, tmp_path) if fuzzing.bad(*case[1:])]
    assert found == []


@pytest.mark.fuzz
@pytest.mark.timeout(7200)
def test_no_broken_file_is_imported_in_part(tmp_path: Path) -> None:
    empty = fuzzing.new_register(tmp_path)
    said = {
        seed: fuzzing.by_command_line(seed, tmp_path, empty)
        for seed in range(FIRST_IMPORT, FIRST_IMPORT + 200)
    }
    assert {seed: text for seed, text in said.items() if text} == {}
