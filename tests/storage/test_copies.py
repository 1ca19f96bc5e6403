# SPDX-License-Identifier: Apache-2.0
"""Which copies stay: always the newest, of older ones one a span, and none goes for a lesser."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_builders import invite

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.office import maintenance, restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.engines.sqlite import opening
from imp_plus_desktop.storage.files import copies
from imp_plus_desktop.storage.files.copies import Copy
from imp_plus_desktop.storage.maintenance import backup

NOON = datetime(2023, 11, 22, 17, tzinfo=UTC)


def a_copy(
    made: datetime, people: int | None = 300, acts: int | None = 500, **more: object
) -> Copy:
    values = {"reason": "day", "size": 4096, **more}
    held = None if people is None or acts is None else (people, acts)
    return Copy(Path(f"{made:%Y%m%d%H%M%S%f}.imp"), made, held=held, **values)  # type: ignore[arg-type]


def left(found: Sequence[Copy], now: datetime = NOON, spared: Sequence[Path] = ()) -> list[Copy]:
    gone = copies.to_drop(found, now, spared)
    return [copy for copy in found if copy not in gone]


def every(step: timedelta, count: int) -> list[Copy]:
    """Copies up to now, oldest first."""
    return [a_copy(NOON - step * number) for number in reversed(range(count))]


def test_the_last_ten_stay_however_close_they_are() -> None:
    found = every(timedelta(seconds=1), 14)
    assert left(found)[-10:] == found[-10:]
    assert len(left(found)) == 10


def test_one_an_hour_a_day_a_week_and_a_month_stays() -> None:
    assert len(left(every(timedelta(minutes=10), 144))) in range(24, 36)
    assert len(left(every(timedelta(hours=6), 4 * 31))) in range(31, 45)
    assert len(left(every(timedelta(days=1), 182))) in range(52, 66)
    years = left(every(timedelta(days=1), 3 * 365))
    assert len(years) in range(80, 100)
    months = {(copy.made.year, copy.made.month) for copy in years}
    assert len(months) >= 36


def test_a_fuller_copy_is_never_pushed_out_by_lesser_ones() -> None:
    full = a_copy(NOON - timedelta(minutes=59), people=312, acts=40)
    empty = [a_copy(NOON - timedelta(minutes=m), people=0, acts=1) for m in range(30, 0, -1)]
    assert full in left([full, *empty])
    more_acts = [a_copy(NOON - timedelta(minutes=m), 0, 99) for m in range(30, 0, -1)]
    assert full in left([full, *more_acts])


@pytest.mark.parametrize(
    ("people", "acts", "enough"),
    [(300, 500, True), (301, 501, True), (299, 500, False), (300, 499, False), (400, 499, False)],
)
def test_a_copy_stands_for_another_where_it_holds_as_many_people_and_as_many_acts(
    people: int, acts: int, enough: bool
) -> None:
    other = a_copy(NOON, people=300, acts=500, size=9_000_000)
    assert a_copy(NOON, people, acts, size=1).holds_as_much_as(other) is enough


def test_where_a_name_does_not_tell_the_size_does() -> None:
    full = a_copy(NOON - timedelta(minutes=59), people=None, acts=None, size=900_000)
    small = [a_copy(NOON - timedelta(minutes=m), size=90_000) for m in range(30, 0, -1)]
    assert full in left([full, *small])
    assert full not in left([full, *(a_copy(c.made, size=900_000) for c in small)])


def test_what_a_restore_replaced_stays_for_a_month() -> None:
    replaced = a_copy(NOON - timedelta(hours=3), reason="restore")
    later = every(timedelta(minutes=2), 60)
    assert replaced in left([replaced, *later])
    old = a_copy(NOON - timedelta(days=40), reason="restore")
    assert old not in left([old, a_copy(old.made + timedelta(minutes=1)), *later])


def test_a_copy_from_the_future_neither_goes_nor_counts() -> None:
    ahead = [a_copy(NOON + timedelta(days=n)) for n in range(1, 13)]
    found = every(timedelta(seconds=1), 12)
    kept = left([*found, *ahead])
    assert kept[-12:] == ahead
    assert len(kept) == 22
    latest = copies.latest([*found, *ahead], NOON)
    assert latest == found[-1]
    assert copies.latest(ahead, NOON) is None


def test_a_copy_that_is_needed_is_spared() -> None:
    found = every(timedelta(seconds=1), 14)
    assert found[0] in left(found, spared=[found[0].path])


@given(
    st.lists(
        st.tuples(
            st.integers(0, 800 * 24 * 60), st.integers(0, 40), st.integers(0, 40), st.booleans()
        ),
        max_size=60,
        unique_by=lambda drawn: drawn[0],
    )
)
def test_whatever_goes_something_as_full_and_newer_stays_in_its_span(
    drawn: list[tuple[int, int, int, bool]],
) -> None:
    found = sorted(
        (
            a_copy(NOON - timedelta(minutes=minutes), people if told else None, acts)
            for minutes, people, acts, told in drawn
        ),
        key=lambda copy: copy.made,
    )
    kept = left(found)
    assert kept[-10:] == found[-10:]
    for gone in copies.to_drop(found, NOON):
        assert any(
            other.holds_as_much_as(gone) and other.made >= gone.made and other in kept
            for other in found
        )


def test_a_name_tells_when_how_much_and_why(office: Office) -> None:
    invite(office)
    path = backup.make_copy(office.register, NOON, "import")
    (found,) = copies.copies_of(office.register_path)
    assert (found.path, found.held, found.reason) == (path, (1, 1), "import")
    assert found.made == NOON
    older = path.with_name("2020-02-03_040506007-day.imp")
    path.rename(older)
    (found,) = copies.copies_of(office.register_path)
    assert (found.held, found.reason) == (None, "day")
    assert found.made.astimezone().replace(tzinfo=None) == datetime(2020, 2, 3, 4, 5, 6, 7000)


def test_in_the_hour_that_comes_twice_the_files_own_time_tells_the_order(office: Office) -> None:
    invite(office)
    folder = copies.folder_of(office.register_path)
    first = backup.make_copy(office.register, NOON, "day")
    at = first.stat().st_mtime
    second = folder / "2023-11-05_010500000-1-1-day.imp"
    first.rename(second)
    # 01:40 of summer time is before 01:05 of winter time.
    earlier = backup.make_copy(office.register, NOON, "day").rename(
        folder / "2023-11-05_014000000-1-1-day.imp"
    )
    instant = datetime(2023, 11, 5, 5, 40, tzinfo=UTC).timestamp()
    os.utime(earlier, (at, instant))
    os.utime(second, (at, instant + 25 * 60))
    assert [copy.path for copy in copies.copies_of(office.register_path)] == [earlier, second]


def test_the_copy_just_made_stays_though_the_clock_went_back(office: Office) -> None:
    invite(office)
    made = [
        backup.make_copy(office.register, NOON + timedelta(days=n), "import") for n in range(12)
    ]
    early = backup.make_copy(office.register, NOON - timedelta(days=900), "import")
    assert early.exists()
    assert all(path.exists() for path in made)
    assert len(maintenance.copies_made(office).ahead) == 0


def test_a_copy_dated_in_the_future_is_named(office: Office) -> None:
    invite(office)
    maintenance.save_copy(office)
    ahead = backup.make_copy(office.register, datetime.now(UTC) + timedelta(days=400), "day")
    told = maintenance.copies_made(office)
    assert told.ahead == (ahead.name,)
    assert told.latest is not None
    assert told.latest < datetime.now(UTC) + timedelta(minutes=1)


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_restoring_the_oldest_of_many_copies_leaves_it_whole(office: Office) -> None:
    invite(office, 1)
    oldest = maintenance.save_copy(office)
    for number in range(2, 12):
        invite(office, number)
        maintenance.save_copy(office)
    (first, *_others) = [copy.path for copy in copies.copies_of(office.register_path)]
    assert first != oldest, "the hour's first copy has gone for a fuller one"
    before = first.read_bytes()
    restoring.restore(office, first)
    assert first.read_bytes() == before
    assert people.count(office) == 2


def test_opening_to_read_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        opening.connect_existing(tmp_path / "none.imp")
    assert caught.value.code == "not_found"
    assert list(tmp_path.iterdir()) == []
