# SPDX-License-Identifier: Apache-2.0
"""Build hook: compiles the catalogues, which are not kept in the repository, and gives the wheel
the folders that the program reads. Must not change any file that is kept.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = {
    "resources": "resources",
    "data": "data",
    "docs/licences": "licences",
    "docs/licences.md": "licences/licences.md",
    "LICENSE": "licences/LICENSE",
}
"""Folders and files of the project, and where they are in the package."""


class CatalogueHook(BuildHookInterface[Any]):
    """Writes the .mo file beside each .po file before the files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before each build."""
        if version == "editable":
            return  # a checkout that is installed as it stands reads its own folders
        sys.path.insert(0, str(Path(self.root) / "tools"))
        import catalogues

        catalogues.compile_all()
        if self.target_name == "wheel":
            places = {name: f"imp_plus_desktop/{place}" for name, place in SHIPPED.items()}
            build_data["force_include"] |= places
