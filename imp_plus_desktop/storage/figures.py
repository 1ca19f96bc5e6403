# SPDX-License-Identifier: Apache-2.0
"""The counts behind the cap, the board and the overview: plain SQL, no rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from imp_plus_desktop.storage.queries import fetch, scalar
from imp_plus_desktop.storage.repository import Register


def places_used(register: Register, year: int) -> int:
    """Places of a cap year in use."""
    return int(scalar(register, "SELECT used FROM cap_counter WHERE year = ?", (year,)) or 0)


def receipts(register: Register, year: int) -> list[tuple[datetime, str | None, int | None]]:
    """The year's A76 applications: instant of receipt, outcome, place; in order of receipt."""
    rows = fetch(
        register,
        "SELECT received_at, outcome, place FROM application WHERE cap_year = ?"
        " AND member_id IS NULL AND received_at IS NOT NULL ORDER BY received_at",
        (year,),
    )
    return [
        (datetime.fromisoformat(row["received_at"]), row["outcome"], row["place"]) for row in rows
    ]


def letters_dated(register: Register, year: int, as_of: date) -> int:
    """Letters dated in a year, up to a day."""
    return int(
        scalar(
            register,
            "SELECT COUNT(*) FROM letter WHERE letter_date BETWEEN ? AND ?",
            (f"{year}-01-01", min(f"{year}-12-31", as_of.isoformat())),
        )
    )


def permits_issued(register: Register, year: int, as_of: date) -> int:
    """Principals' first permits issued in a year, up to a day."""
    return int(
        scalar(
            register,
            "SELECT COUNT(*) FROM permit t JOIN application a ON a.id = t.application_id"
            " WHERE a.code = 'A76' AND a.kind = 'first'"
            " AND COALESCE(t.issued, t.valid_from) BETWEEN ? AND ?",
            (f"{year}-01-01", min(f"{year}-12-31", as_of.isoformat())),
        )
    )


def pipeline(register: Register, letter_year: int) -> Mapping[str, int]:
    """Of the people whose letter is of a year: how many got how far."""
    return fetch(
        register,
        "WITH invited AS (SELECT person_id FROM standing WHERE letter_date BETWEEN ? AND ?),"
        " own AS (SELECT a.* FROM application a JOIN invited i ON i.person_id = a.person_id"
        " WHERE a.member_id IS NULL) SELECT"
        " (SELECT COUNT(*) FROM invited) AS letters,"
        " (SELECT COUNT(DISTINCT person_id) FROM own) AS received,"
        " (SELECT COUNT(DISTINCT person_id) FROM own WHERE outcome = 'approved') AS approved,"
        " (SELECT COUNT(DISTINCT person_id) FROM own WHERE state = 'permit_issued') AS permits",
        (f"{letter_year}-01-01", f"{letter_year}-12-31"),
    )[0]


def years_of(register: Register) -> list[int]:
    """Years that have a letter, a receipt or a place, the latest first."""
    rows = fetch(
        register,
        "SELECT DISTINCT CAST(substr(letter_date, 1, 4) AS INTEGER) AS year FROM letter"
        " UNION SELECT DISTINCT cap_year FROM application WHERE cap_year IS NOT NULL"
        " ORDER BY year DESC",
    )
    return [int(row["year"]) for row in rows]


def letter_years(register: Register) -> list[int]:
    rows = fetch(
        register,
        "SELECT DISTINCT CAST(substr(letter_date, 1, 4) AS INTEGER) AS year FROM letter"
        " ORDER BY year DESC",
    )
    return [int(row["year"]) for row in rows]


def clerks(register: Register) -> list[str]:
    """Everybody who answers for a file."""
    rows = fetch(
        register,
        "SELECT DISTINCT clerk FROM person WHERE clerk IS NOT NULL ORDER BY clerk COLLATE NOCASE",
    )
    return [str(row["clerk"]) for row in rows]


def people_of_clerk(register: Register, clerk: str) -> list[int]:
    """The people whose files a clerk answers for; "" for the files of nobody."""
    rows = fetch(register, "SELECT id FROM person WHERE clerk IS ?", (clerk or None,))
    return [int(row["id"]) for row in rows]


def count(register: Register, table: str) -> int:
    """Rows of one of the register's own tables."""
    return int(scalar(register, f"SELECT COUNT(*) FROM {table}"))


def open_held_rows(register: Register) -> int:
    """Rows of imports that wait for a person to decide."""
    return int(scalar(register, "SELECT COUNT(*) FROM held_row WHERE resolution IS NULL"))
