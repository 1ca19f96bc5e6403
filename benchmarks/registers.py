# SPDX-License-Identifier: Apache-2.0
"""What a register as a whole costs, one sample a process, in time of the processor.

    undo_import(list)          a whole import, its undo (with the copy before it), its coming back
    make_people(count, path)   a register of so many people, brought in by lists of 100,000
    short_import(register)     300 people who are new to it, but for the copy before
    copies(register)           a verified copy beside the engine's own

The clock on the wall would tell of the machine's other work.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import lists

TODAY = date(2024, 11, 20)
Figures = dict[str, float]
_IN_A_LIST = 100_000
_SHORT, _BEYOND = 300, 2_000_000
"""A short list has as many people, and begins beyond those of all long ones."""


def busy() -> float:
    """Seconds of the processor that this process and its children have had."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def peak() -> float:
    """Peak memory of this process in MiB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def undo_import(path: str) -> Figures:
    """A whole import into a new register, its undo and its coming back."""
    from imp_plus_desktop.services.history import history
    from imp_plus_desktop.services.imports import imports

    with tempfile.TemporaryDirectory() as folder:
        office = _office(Path(folder) / "register.imp")
        began = busy()
        done = imports.commit(office, imports.open_file(office, Path(path), with_rows=False))
        del done
        imported = busy()
        undone = history.undo(office)
        gone = busy()
        history.undo(office, undone.act)
        back = busy()
        office.close()
    return {"seconds": imported - began, "undo": gone - imported, "redo": back - gone}


def make_people(count: str, path: str) -> Figures:
    """A register of so many people, brought in by lists of at most 100,000, without copies."""
    from imp_plus_desktop.services.imports import imports

    began, office = busy(), _uncopied(Path(path))
    with tempfile.TemporaryDirectory() as folder:
        for after in range(0, int(count), _IN_A_LIST):
            some = min(_IN_A_LIST, int(count) - after)
            listed = lists.write(Path(folder) / f"list{after}.xlsx", some, after=after)
            imports.commit(office, imports.open_file(office, listed, with_rows=False))
            listed.unlink()
    office.close()
    return {"seconds": busy() - began}


def short_import(register: str) -> Figures:
    """300 people who are new to a register; they stay in it. The copy before is left out."""
    from imp_plus_desktop.services.imports import imports
    from imp_plus_desktop.storage.history import acts

    office = _uncopied(Path(register))
    number, _seal = acts.latest(office.register)
    with tempfile.TemporaryDirectory() as folder:
        after = _BEYOND + _SHORT * number
        listed = lists.write(Path(folder) / "short.xlsx", _SHORT, after=after)
        began = busy()
        done = imports.commit(office, imports.open_file(office, listed, with_rows=False))
        told = busy() - began
    if done.counts.new != _SHORT:
        raise RuntimeError("these people are known already")
    office.close()
    return {"seconds": told, "peak_mib": peak()}


def copies(register: str) -> Figures:
    """A verified copy of a register, and what the engine's own copying takes."""
    from sqlcipher3 import dbapi2

    from imp_plus_desktop.services.office import maintenance

    office = _office(Path(register))
    with tempfile.TemporaryDirectory() as folder:
        began = busy()
        maintenance.save_copy(office, Path(folder))
        told = busy() - began
        office.close()
        source = dbapi2.connect(register)
        began = busy()
        copied = dbapi2.connect(str(Path(folder) / "engine.db"))
        source.backup(copied)
        copied.close()
        beside = busy() - began
        source.close()
    return {"seconds": told, "beside": beside}


def _uncopied(register: Path) -> Any:
    """An office that makes no copies before it writes."""
    from imp_plus_desktop.services.office.office import Office

    class Uncopied(Office):
        def copy_first(self, reason: str | None, spared: Path | None = None) -> Path | None:
            return None

    office = _office(register)
    return Uncopied(**{one.name: getattr(office, one.name) for one in fields(office)})


def _office(register: Path) -> Any:
    from imp_plus_desktop import bootstrap

    return bootstrap.open_office(register, today=TODAY)
