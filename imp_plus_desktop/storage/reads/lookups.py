# SPDX-License-Identifier: Apache-2.0
"""Who has a government number: the id of a row, by the number as it is kept, and back."""

from __future__ import annotations

from collections.abc import Collection

from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.queries import fetch
from imp_plus_desktop.storage.tables.models import (
    ApplicationTable,
    FormerNumberTable,
    PermitTable,
)
from imp_plus_desktop.storage.tables.statements import chunks, marks


def application_with(db: Database, number: str) -> int | None:
    """Return the application of a number."""
    query = ApplicationTable.select(ApplicationTable.id)
    found: int | None = query.where(ApplicationTable.application_number == number).scalar(db)
    return found


def former_holder(db: Database, number: str) -> int | None:
    """Return the application that had a number before."""
    query = FormerNumberTable.select(FormerNumberTable.application)
    found: int | None = query.where(FormerNumberTable.number == number).scalar(db)
    return found


def permit_with(db: Database, number: str) -> int | None:
    """Return the permit of a number."""
    query = PermitTable.select(PermitTable.id).where(PermitTable.permit_number == number)
    found: int | None = query.scalar(db)
    return found


def member_with(db: Database, number: str) -> int | None:
    """Return the member for whom the application of a number is, None for a principal's."""
    query = ApplicationTable.select(ApplicationTable.member)
    found: int | None = query.where(ApplicationTable.application_number == number).scalar(db)
    return found


def applicants(register: Register) -> dict[str, int]:
    """The person of each number that a principal's own application has or had; the present ones
    count first."""
    found = register.db.execute_sql(
        "SELECT f.number, a.person_id FROM former_number f"
        " JOIN application a ON a.id = f.application_id WHERE a.member_id IS NULL"
    )
    numbers: dict[str, int] = dict(found.fetchall())
    found = register.db.execute_sql(
        "SELECT application_number, person_id FROM application"
        " WHERE member_id IS NULL AND application_number IS NOT NULL"
    )
    return numbers | dict(found.fetchall())


def with_permit(register: Register, numbers: Collection[str]) -> set[str]:
    """Those of these numbers of applications that have a permit."""
    found: set[str] = set()
    for some in chunks(sorted(numbers)):
        rows = fetch(
            register,
            "SELECT DISTINCT a.application_number AS number FROM application a"
            " JOIN permit p ON p.application_id = a.id"
            f" WHERE a.application_number IN ({marks(len(some))})",
            some,
        )
        found.update(row["number"] for row in rows)
    return found


def references(register: Register) -> dict[int, str]:
    """The individual reference of everybody who has one, by the person's id."""
    found = register.db.execute_sql(
        "SELECT id, individual_reference FROM person WHERE individual_reference IS NOT NULL"
    )
    return dict(found.fetchall())
