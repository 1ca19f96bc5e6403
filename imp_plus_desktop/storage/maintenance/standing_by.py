# SPDX-License-Identifier: Apache-2.0
"""Long reading of a register on a server, which its standby may do in place of the primary.

    read_aside(register, work)     what `work` gives of a register that is only read

`work` may be begun twice: where the standby fails it, the register itself is read. It must keep
nothing of what it did before it failed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.journal.register import Register

T = TypeVar("T")


def read_aside(register: Register, work: Callable[[Register], T]) -> T:
    """What `work` gives. Errors: as `work`."""
    standby = register.standby()
    if standby is None:
        return work(register)
    fails: tuple[type[Exception], ...] = (StorageError, *standby.db.driver_errors)
    try:
        return work(standby)
    except fails:
        # Lost, or what was read there was tidied away meanwhile.
        return work(register)
    finally:
        standby.db.close_everywhere()
