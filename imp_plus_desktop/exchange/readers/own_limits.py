# SPDX-License-Identifier: Apache-2.0
"""How much a child may take: set by itself, from its options, where the system lets it.

On Windows its parent holds it to the same by a job (`job_limits.py`).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def keep(options: Sequence[str], memory: int) -> None:
    """Keep to `[--memory BYTES] [--seconds N]` of the processor from now on, `memory` by default.

    No argparse: it takes time to load.
    """
    named = dict(zip(options[::2], options[1::2], strict=True))
    _limit("RLIMIT_AS", int(named.get("--memory", memory)))
    _limit("RLIMIT_CPU", int(named.get("--seconds", 60)))


def open_nothing_more() -> None:
    """From now on this process opens no file, starts no other and writes none."""
    for name in ("RLIMIT_NOFILE", "RLIMIT_FSIZE", "RLIMIT_NPROC"):
        _limit(name, 0)


def _limit(name: str, most: int) -> None:
    if sys.platform != "win32":
        import resource

        # Where the system refuses the limit, the declared sizes and the parent's clock have to do.
        try:
            kind = getattr(resource, name)
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))
        except (AttributeError, ValueError, OSError):
            return
