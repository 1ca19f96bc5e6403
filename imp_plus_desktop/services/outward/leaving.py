# SPDX-License-Identifier: Apache-2.0
"""What leaves the register is an act of its journal: exports, prints, letters that no log holds,
copies.

    with file(office, path) as leaving: …     a file, whole and recorded, or neither
    with placing(office, out, path): …        the same, of a file that the caller puts there
    with recorded(office, out): …             what is put down by the caller, and recorded
    ready(office, kind)                       whether it could be recorded, before it is shown
    note(office, out)                         what has left already

The act says which paper, in which form, of how many people; never a name nor a path. It changes no
row, and so there is nothing in it to undo, to show again or to copy. A register that nothing was
ever written to holds nobody, and keeps no such act; nor does one in a place that takes nothing,
where nobody ever writes. From a snapshot nothing leaves but what is printed: no act can be kept in
it, and that it was made is one of its register's. Must not know what is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from imp_plus_desktop import private
from imp_plus_desktop.domain.reads.outward import OUT, PEOPLE, Out, OutKind, OutPaper
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.office.office import Office

SNAPSHOT = "snapshot"
"""Why a register is only read that is a snapshot of another one."""
_UNWRITABLE = frozenset({"locked", "read_only", "cannot_open"})
"""Why nothing is recorded just now; a full disk, one that does not answer and whatever else is
wrong with a register say so themselves."""


class Leaving:
    """A file on its way out: `path` is where it is written, aside from where it goes.

    Whoever writes says in `out` what it is, before the end.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.out: Out | None = None


@contextmanager
def file(office: Office, path: Path) -> Iterator[Leaving]:
    """A file that takes its place together with the act that tells of it: both, or neither.

    The register is held only while the file moves. Errors: StorageError not_recorded, full,
    no_answer; ExchangeError as `written_aside`.
    """
    from imp_plus_desktop.exchange.writers.writing import written_aside  # not for the start

    _is_from_snapshot(office, OutKind.EXPORT, None)  # before anybody works on it
    with ExitStack() as act, written_aside(path) as aside:
        leaving = Leaving(aside)
        yield leaving
        if leaving.out is None:
            raise ValueError(path)
        act.enter_context(placing(office, leaving.out, path))


@contextmanager
def placing(office: Office, out: Out, path: Path) -> Iterator[None]:
    """What is around a file while it takes its place at `path`, and is recorded."""
    placed = False
    try:
        with recorded(office, out):
            yield
            placed = True
    except BaseException:
        if placed:  # it is there, and the journal does not say so
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def write(office: Office, path: Path, content: bytes, out: Out) -> None:
    """Write a file that is made already. Errors: as `file`."""
    with file(office, path) as leaving:
        private.write(leaving.path, content)
        leaving.out = out


@contextmanager
def recorded(office: Office, out: Out) -> Iterator[None]:
    """Put something down and record it: where the one fails, the other is not done. The act can
    be read already, and is kept at the end.

    Errors: StorageError not_recorded, before anything is put down.
    """
    if _needs_no_act(office, out):
        yield
        return
    with ExitStack() as stack:
        try:
            act = stack.enter_context(office.outward(out.kind))
            act.details[OUT] = [out.paper, out.form]
            of_year = {"year": out.year} if out.year else {}
            act.details["counts"] = {PEOPLE: out.people, **of_year}
            if out.whose:
                act.details[PEOPLE] = sorted(set(out.whose))
            act.finish()
        except StorageError as error:
            raise _not_recorded(error) from None
        yield
        try:
            stack.close()
        except StorageError as error:
            raise _not_recorded(error) from None


def note(office: Office, out: Out) -> None:
    """Record what has left. Errors: StorageError not_recorded."""
    with recorded(office, out):
        pass


def ready(office: Office, kind: OutKind, paper: OutPaper | None = None) -> None:
    """Look whether it could be recorded that something leaves. Errors: StorageError
    not_recorded, not_from_snapshot."""
    if _is_read_by_all(office) or _is_from_snapshot(office, kind, paper):
        return
    try:
        with suppress(_OnlyLooked), office.unkept(kind) as act:
            act.must_be_here()
            raise _OnlyLooked
    except StorageError as error:
        raise _not_recorded(error) from None


def _needs_no_act(office: Office, out: Out) -> bool:
    if _is_from_snapshot(office, out.kind, out.paper):
        return True
    return office.register.is_empty() or _is_read_by_all(office)


def _is_from_snapshot(office: Office, kind: OutKind, paper: OutPaper | None) -> bool:
    """Whether a page of a snapshot is printed, which says so at its foot. Errors: StorageError
    not_from_snapshot, for all else that leaves one."""
    reading = office.register.reading
    if reading is None or reading.code != SNAPSHOT:
        return False
    if kind is OutKind.PRINT and paper is not OutPaper.LETTER:
        return True
    raise StorageError("not_from_snapshot")


def _is_read_by_all(office: Office) -> bool:
    """Whether the register lies where nothing can be written, by nobody: an archive, a disc. Where
    another desk writes, what leaves waits until it can be recorded."""
    reading = office.register.reading
    return reading is not None and reading.code == "only_read"


class _OnlyLooked(Exception):
    """Takes back the act that was only tried."""


def _not_recorded(error: StorageError) -> StorageError:
    return StorageError("not_recorded") if error.code in _UNWRITABLE else error
