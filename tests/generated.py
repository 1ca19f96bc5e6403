# SPDX-License-Identifier: Apache-2.0
"""How many generated cases a test tries: a part in an ordinary run, all when somebody waits.

The cases of each run are others, so that a day's runs try as many as a whole run does.
"""

from __future__ import annotations

import os

_PART = 4
_ALL = os.environ.get("IMP_PLUS_GENERATED") == "all"


def cases(most: int) -> int:
    """Of so many cases, those of this run; all of them where `IMP_PLUS_GENERATED=all`."""
    return most if _ALL else most // _PART
