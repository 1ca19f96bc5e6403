# SPDX-License-Identifier: Apache-2.0
"""Whether the program survives: its end by force at any moment, and a disk that fails at any call.

    python3 dev.py kills     a process is killed at each edge of each work, and at random
    python3 dev.py faults    each call to the disk fails once, as on a full and on a broken disk

The works are real: each is done by a process of its own on a register of its own, and a small
library between it and the C library (`shim.c`) counts its calls. Afterwards the register is opened
as the next start opens it. Linux with a C compiler only.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The office that is furnished with one of everything, and each act of each service, stand there.
sys.path += [str(ROOT / "tests"), str(ROOT / "tools")]
