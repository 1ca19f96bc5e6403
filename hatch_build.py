# SPDX-License-Identifier: Apache-2.0
"""Build hook of the wheel: compiles the catalogues, which are not kept in the repository.

Must not change any file that is.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Writes the .mo file beside each .po file before the files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before each build."""
        sys.path.insert(0, str(Path(self.root) / "tools"))
        import catalogues

        catalogues.compile_all()
