# SPDX-License-Identifier: Apache-2.0
"""Makes a Debian package of what `dev.py build` made: `python tools/linux_package.py`.

    dist/imp-plus-desktop_VERSION_ARCH.deb       the program in /opt, its commands, its entry in
                                                 the menu, its icon and its kind of file
    dist/imp-plus-VERSION-linux.…                what is in the folder, with hashes

Needs `dpkg-deb`. Must not change the folder.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import contents

ROOT = Path(__file__).resolve().parents[1]
NAME = "imp-plus-desktop"
FOLDER = ROOT / "dist" / NAME
PLACE = f"opt/{NAME}"
COMMANDS = (NAME, "imp-plus")
# What Qt takes from the system: `dev.QT_LIBRARIES` names them too.
NEEDED = (
    *("libc6", "libgl1", "libegl1", "libfontconfig1", "libxkbcommon0", "libdbus-1-3"),
    *("libxcb-cursor0", "libxkbcommon-x11-0"),
)
CONTROL = """\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: IMP+ Desktop
Installed-Size: {kilobytes}
Depends: {needed}
Section: office
Priority: optional
Description: Keeps an office's register of people invited to apply for IMP+ work permits
 Works without a network; keeps its register in one file.
"""
ENTRY = """\
[Desktop Entry]
Type=Application
Name=IMP+ Desktop
Comment=The office’s IMP+ register
Comment[fr]=Le registre IMP+ du bureau
Exec={name} %f
Icon={name}
Terminal=false
Categories=Office;
MimeType=application/x-imp-plus-register;
StartupWMClass=imp-plus-desktop
"""
KIND = """\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/x-imp-plus-register">
    <comment>IMP+ register</comment>
    <comment xml:lang="fr">Registre IMP+</comment>
    <glob pattern="*.imp"/>
  </mime-type>
</mime-info>
"""


def package(folder: Path, version: str, target: Path) -> Path:
    """Write the package of a built folder into the folder `target`; answers its file."""
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    made = target / f"{NAME}_{version}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "root"
        shutil.copytree(folder, root / PLACE, symlinks=True)
        # A link takes no room of its own, and many libraries have one.
        files = [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
        told = {
            "name": NAME,
            "version": version,
            "architecture": architecture,
            "needed": ", ".join(NEEDED),
            "kilobytes": sum(path.stat().st_size for path in files) // 1024,
        }
        _write(root / "DEBIAN" / "control", CONTROL.format(**told))
        share = root / "usr" / "share"
        _write(share / "applications" / f"{NAME}.desktop", ENTRY.format(name=NAME))
        _write(share / "mime" / "packages" / f"{NAME}.xml", KIND)
        icons = share / "icons" / "hicolor" / "scalable" / "apps"
        icons.mkdir(parents=True)
        shutil.copyfile(ROOT / "resources" / "icons" / "app.svg", icons / f"{NAME}.svg")
        (root / "usr" / "bin").mkdir()
        for command in COMMANDS:
            (root / "usr" / "bin" / command).symlink_to(f"/{PLACE}/{command}")
        _as_usual(root)
        build = ["dpkg-deb", "--root-owner-group", "--build", "-Zxz", str(root), str(made)]
        # The same content makes the same package.
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600"}
        subprocess.run(build, env=environment, check=True, stdout=subprocess.DEVNULL)
    return made


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _as_usual(root: Path) -> None:
    """What all users may read, whatever the umask of whoever builds."""
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)


def main() -> int:
    """Package what is built, and list what is in it."""
    if not FOLDER.is_dir():
        print("nothing is built: python3 dev.py build", file=sys.stderr)
        return 1
    text = (ROOT / "imp_plus_desktop" / "__init__.py").read_text("utf-8")
    version = text.split('__version__ = "')[1].split('"')[0]
    print(package(FOLDER, version, ROOT / "dist"))
    lists = ROOT / "dist" / f"imp-plus-{version}-linux"
    contents.write(FOLDER, lists, version, contents.site_packages())
    return 0


if __name__ == "__main__":
    sys.exit(main())
