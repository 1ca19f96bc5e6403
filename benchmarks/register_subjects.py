# SPDX-License-Identifier: Apache-2.0
"""The subjects of the register as a whole, each with the bounds of its ratios."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import lists
from benchmarks.measuring import Ratio, paired, sample


def undo(pairs: int) -> Iterator[Ratio]:
    """The undo of an import beside that import, and its coming back."""
    with tempfile.TemporaryDirectory(prefix="imp-plus-benchmark-") as folder:
        path = lists.write(Path(folder) / "list.xlsx")
        taken = [sample("undo_import", path) for _ in range(pairs)]
    for name, bound in (("undo", 0.5), ("redo", 1)):
        both = [(one.figures[name], one.seconds) for one in taken]
        yield paired(f"{name} of an import : the import", bound, both)
