# SPDX-License-Identifier: Apache-2.0
"""What a register as a whole costs, one sample a process, in time of the processor.

    undo_import(list)    a whole import, its undo (with the copy before it) and its coming back

The clock on the wall would tell of the machine's other work.
"""

from __future__ import annotations

import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

TODAY = date(2024, 11, 20)
Figures = dict[str, float]


def busy() -> float:
    """Seconds of the processor that this process and its children have had."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


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


def _office(register: Path) -> Any:
    from imp_plus_desktop import bootstrap

    return bootstrap.open_office(register, today=TODAY)
