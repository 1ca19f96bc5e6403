# SPDX-License-Identifier: Apache-2.0
"""The licences that the window shows: of each library of the program, by the lock, with a text."""

from __future__ import annotations

import re
from contextlib import suppress
from importlib import metadata
from pathlib import Path

from imp_plus_desktop.services.support.notices import notices

ROOT = Path(__file__).resolve().parents[2]
WHOLE = {
    "Apache-2.0": "TERMS AND CONDITIONS FOR USE",
    "LGPL-2.1": "Version 2.1, February 1999",
    "LGPL-3.0": "Version 3, 29 June 2007",
    "MIT": "Permission is hereby granted, free of charge",
    "BSD": "Redistribution and use in source and binary forms",
}


def test_each_library_has_the_version_that_is_locked_and_the_text_of_its_licence() -> None:
    made = notices()
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    versions = {
        (name.lower().replace("_", "-"), version)
        for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.MULTILINE)
    }
    assert made[0].name == "IMP+ Desktop"
    assert len(made) > 25
    # What another system needs, or an earlier Python, is not here.
    here = {one.name.lower() for one in made}
    program = lock.partition("# The program\n")[2].partition("\n# ")[0]
    for name in re.findall(r"^([\w.-]+)==", program, re.MULTILINE):
        with suppress(metadata.PackageNotFoundError):
            assert metadata.version(name)
            assert name.lower().replace("_", "-") in here
    for one in made[1:]:
        assert (one.name.lower(), one.version) in versions
        assert one.texts, one.name
        for licence, words in WHOLE.items():
            if one.licence.startswith(licence) and one.licence != "MIT-0":
                assert any(words in text for text in one.texts), one.name


def test_qt_is_shown_with_both_texts_of_the_lgpl() -> None:
    (qt,) = (one for one in notices() if one.name == "PySide6-Essentials")
    assert any("GNU LESSER GENERAL PUBLIC LICENSE" in text for text in qt.texts)
    assert any("GNU GENERAL PUBLIC LICENSE" in text for text in qt.texts)


def test_a_built_programs_folder_is_read_alone(tmp_path: Path) -> None:
    """With what it has of the system that it was built on."""
    (tmp_path / "licences.md").write_bytes((ROOT / "docs" / "licences.md").read_bytes())
    (tmp_path / "LICENSE").write_bytes((ROOT / "LICENSE").read_bytes())
    (tmp_path / "peewee").mkdir()
    (tmp_path / "peewee" / "LICENSE").write_text("peewee’s own", "utf-8")
    (tmp_path / "system").mkdir()
    (tmp_path / "system" / "libx11-6.txt").write_text("X11’s own", "utf-8")
    (tmp_path / "system-libraries.txt").write_text("libX11.so.6 libx11-6\n", "utf-8")
    found = {one.name: one.texts for one in notices(tmp_path)}
    assert found["peewee"] == ("peewee’s own",)
    assert found["libx11-6"] == ("X11’s own",)
