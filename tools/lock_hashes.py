#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes beside each line of requirements.lock the hashes of the files that it may install.

Those are all wheels of the locked version for the Pythons from 3.11 on, on Linux, Windows and
macOS, and the source. Run it after a line was changed. It asks pip where the files are, so it
knows no index of its own; must be run by a Python that has pip.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from pip._internal.commands import create_command
from pip._internal.index.collector import parse_links
from pip._internal.models.link import Link
from pip._vendor.packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from pip._vendor.packaging.version import InvalidVersion, Version

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
_PINNED = re.compile(r"([A-Za-z0-9._-]+)==([^\s;\\]+)")
_HASHES = re.compile(r" \\\n +--hash=sha256:[0-9a-f]{64}")
_OLDEST = 11
_SYSTEMS = ("any", "manylinux", "musllinux", "linux", "win", "macosx")


class Index:
    """The files of a release, as the index that pip is set up for tells them."""

    def __init__(self) -> None:
        command = create_command("download")
        options, _arguments = command.parse_args(["pip"])
        options.extra_index_urls, options.find_links = [], []
        session = command._build_session(options)
        self._finder = command._build_package_finder(options, session)

    def hashes(self, name: str, version: str) -> list[str]:
        """SHA-256 of every file of a release that a machine of ours could install, sorted."""
        return sorted(set(self._hashes(name, version)))

    def _hashes(self, name: str, version: str) -> Iterator[str]:
        collector = self._finder._link_collector
        for place in self._finder.search_scope.get_index_urls_locations(name):
            page = collector.fetch_response(Link(place))
            for link in parse_links(page) if page else ():
                if _is_wanted(link.filename, name, version) and link.hash_name == "sha256":
                    yield str(link.hash)


def _is_wanted(file_name: str, name: str, version: str) -> bool:
    try:
        if file_name.endswith(".whl"):
            found, its_version, _build, tags = parse_wheel_filename(file_name)
            fits = any(
                _new_enough(tag.interpreter, tag.abi) and tag.platform.startswith(_SYSTEMS)
                for tag in tags
            )
        else:
            found, its_version = parse_sdist_filename(file_name)
            fits = True
    except (InvalidSdistFilename, InvalidVersion, InvalidWheelFilename):
        return False
    return fits and found == canonicalize_name(name) and its_version == Version(version)


def _new_enough(interpreter: str, abi: str) -> bool:
    if interpreter.startswith("cp3"):
        return abi == "abi3" or int(interpreter[3:] or 0) >= _OLDEST
    return interpreter == "py3"


def with_hashes(lock: str, index: Index) -> str:
    """The lock with every line's hashes anew."""

    def line(text: str) -> str:
        pinned = _PINNED.match(text)
        if pinned is None:
            return text
        hashes = index.hashes(*pinned.groups())
        if not hashes:
            raise SystemExit(f"the index knows no file of {text}")
        return " \\\n".join([text, *(f"    --hash=sha256:{one}" for one in hashes)])

    return "\n".join(map(line, _HASHES.sub("", lock).split("\n")))


if __name__ == "__main__":
    LOCK.write_text(with_hashes(LOCK.read_text("utf-8"), Index()), "utf-8")
    sys.exit(0)
