# SPDX-License-Identifier: Apache-2.0
"""The check of a register: that nothing was lost, damaged or altered behind the journal.

    check(office, against, thorough)    a CheckReport

Changes nothing but what is derived and stale.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any, TypeVar

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.proof import derived
from imp_plus_desktop.storage.archive import attachments, soundness
from imp_plus_desktop.storage.history import acts, replay
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.maintenance import backup, encryption

T = TypeVar("T")

OK = "ok"
UNKNOWN = "unknown"
_DIGITS = 64
_STEPS = 9
"""Parts that are looked at, one after the other."""
LEAST_DIGITS = 16
"""So many digits of a head tell it from any other that somebody could make."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Each part is `ok` or a code of what is wrong, with its number after a colon if any.

    `ledger` is the replay of both ledgers, `rows` that of every row from the journal,
    `attachments` whether each scan still is what went in, `schema` tables, indexes, triggers and
    views, `derived` what lists and search rest on, `archive` the imported files. `head` is the
    last hash of the journal's chain; `against` tells whether the chain holds a head that was kept
    elsewhere, and `since` how many acts came after it.
    """

    integrity: str
    ledger: str
    journal: str
    search: str
    rows: str = OK
    attachments: str = OK
    schema: str = OK
    derived: str = OK
    archive: str = OK
    head: str = ""
    against: str | None = None
    since: int | None = None

    @property
    def parts(self) -> dict[str, str]:
        """What was looked at, by name, and what was found."""
        names = ("integrity", "ledger", "journal", "search", "rows", "attachments", "schema")
        found = {name: str(getattr(self, name)) for name in (*names, "derived", "archive")}
        return found if self.against is None else {**found, "against": self.against}

    @property
    def passed(self) -> bool:
        return all(part == OK for part in self.parts.values())


def check(
    office: Office,
    against: str = "",
    *,
    thorough: bool = False,
    progress: Progress | None = None,
) -> CheckReport:
    """Look for damage, an altered journal, ledger or archive, and what lags behind.

    `against` is a head that was written down earlier: where the chain does not hold it, the
    journal was written anew from there, or an older register was put in the place of this.
    `thorough` computes again what the lists show of everybody, which takes a while among many.
    Between two parts it may be stopped. Errors: DomainError bad_head; Cancelled.
    """
    office.must_see_all()
    wanted = head_of(against) if against else ""
    register, steps = office.register, count(1)

    def done(found: T) -> T:
        if progress is not None:
            progress.step(next(steps), _STEPS)
        return found

    # Before anything is written: what lags behind may rest on a damaged page.
    damage = done(backup.integrity_fault(register))
    summary.refresh(office)
    # A file's engine looks at its index as it writes, and says it in one go.
    is_sound = done(register.db.search.is_sound())
    # Others write meanwhile: what one part has found would not be what the next one finds.
    with register.db.at_one_moment():
        found = _at_one_moment(office, wanted, done, thorough=thorough)
    return replace(
        found,
        integrity=OK if damage is None else f"damaged: {damage}",
        search=OK if is_sound else "out_of_step",
    )


def _at_one_moment(
    office: Office, wanted: str, done: Callable[[Any], Any], *, thorough: bool
) -> CheckReport:
    register = office.register
    act = done(journal.verify(register.db))
    scan = done(attachments.fault(register))
    since = journal.since(register.db, wanted) if wanted else None
    return CheckReport(
        integrity=OK,
        ledger=done(replay.ledger_fault(register)) or OK,
        journal=OK if act is None else f"altered: {act}",
        search=OK,
        rows=done(replay.row_fault(register)) or OK,
        attachments=OK if scan is None else f"differs: {scan[:12]}",
        schema=_named(done(register.db.shape_fault((encryption.PENDING,)))),
        derived=_named(done(derived.fault(office, thorough=thorough))),
        archive=done(soundness.fault(register)) or (OK if scan is None else f"scan: {scan[:12]}"),
        head=journal.head(register.db).hex(),
        against=None if not wanted else OK if since is not None else UNKNOWN,
        since=since,
    )


def head(office: Office) -> str:
    """The last hash of the journal's chain, in hexadecimal: whoever keeps it can tell later whether
    the journal was written anew. Empty before the first act."""
    return journal.head(office.register.db).hex()


def head_at(office: Office, act: int | None) -> str:
    """The last hash of the chain as an act left it; empty where there is no such act."""
    return acts.seal(office.register, act or 0).hex()


def head_of(text: str) -> str:
    """A head as it was written down, or as many of its first digits as tell it.

    Errors: DomainError bad_head.
    """
    digits = re.sub(r"[\s.·-]", "", text).lower()
    if not re.fullmatch(rf"[0-9a-f]{{{LEAST_DIGITS},{_DIGITS}}}", digits):
        raise InvalidInput("bad_head", least=LEAST_DIGITS)
    return digits


def _named(fault: str | None) -> str:
    return OK if fault is None else f"differs: {fault}"
