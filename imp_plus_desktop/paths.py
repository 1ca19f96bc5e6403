# SPDX-License-Identifier: Apache-2.0
"""Where the program's own files and the user's files are.

Answers with paths only: must not create, read or write anything, and must not import Qt.
The environment variable IMP_PLUS_HOME moves all of the user's files into one folder, for
portable use and for tests; so does a file `portable` beside a built program, into a folder there.
"""

import os
import sys
from pathlib import Path

APPLICATION = "imp-plus-desktop"
HOME_VARIABLE = "IMP_PLUS_HOME"
REGISTER_NAME = "registre.imp"
PORTABLE, PORTABLE_HOME = "portable", "data"

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Path below `resources/`: icons, catalogues, templates, help."""
    return _shipped("resources").joinpath(*parts)


def data_file(*parts: str) -> Path:
    """Path below `data/`: the programme's parameters, countries, demo lists."""
    return _shipped("data").joinpath(*parts)


def licences() -> Path:
    """Where the licences of the program and of its libraries are; a checkout keeps them among its
    documents."""
    folder = _shipped("licences")
    return folder if folder.is_dir() else _PACKAGE.parent / "docs"


def register_file() -> Path:
    """The user's own register, opened when no other is named. Its folder may not exist yet."""
    return _user_folder("data") / REGISTER_NAME


def demo_folder() -> Path:
    """Where the register of invented people is that the window opens to try. May not exist yet."""
    return _user_folder("data") / "demo"


def is_demo(register: Path) -> bool:
    """Whether a register is that of the invented people, whom nobody may take for the office's."""
    return register.absolute().parent == demo_folder().absolute()


def beside_server(server: str, database: str) -> Path:
    """What stands for the file of a register on a server: beside it this desk keeps what belongs
    beside a register. There is never a file of this name."""
    return _user_folder("data") / "servers" / server / f"{database}.imp"


def settings_file() -> Path:
    """The JSON file of the user's settings."""
    return _user_folder("config") / "settings.json"


def open_registers_folder() -> Path:
    """Where each window says which register it has open. May not exist yet."""
    return _user_folder("data") / "open"


def logs_folder() -> Path:
    """Where the rotating log files are."""
    return _user_folder("log", "logs")


def _user_folder(kind: str, inside_home: str = "") -> Path:
    named = os.environ.get(HOME_VARIABLE)
    home = Path(named) if named else _portable_home()
    if home is not None:
        return home / inside_home
    # Here, since a command that is told where all of it is does not need to ask the system.
    import platformdirs

    dirs = platformdirs.PlatformDirs(APPLICATION, appauthor=False)
    folders = {"data": dirs.user_data_path, "config": dirs.user_config_path}
    return folders.get(kind, dirs.user_log_path)


def _portable_home() -> Path | None:
    """The folder beside a built program that is carried about with all that it keeps."""
    if not getattr(sys, "frozen", False):
        return None
    program = Path(sys.executable).parent
    return program / PORTABLE_HOME if (program / PORTABLE).exists() else None


def _shipped(folder: str) -> Path:
    # A wheel and a frozen program carry the folder inside the package; a checkout beside it.
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder
