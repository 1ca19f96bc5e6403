# SPDX-License-Identifier: Apache-2.0
"""The user's settings: a table of keys with defaults and validators, kept in one JSON file.

A stored value that its validator refuses falls back to the default, so an old or damaged file
never stops the program. Must not hold anything about the people in a register, nor import Qt.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, cast

from imp_plus_desktop import plain_files, plain_text
from imp_plus_desktop.languages import LANGUAGES

MAX_RECENT = 8
_MOST_BYTES = 1_000_000
"""Of a file that is really ours: none comes near."""
THEMES = ("system", "light", "dark", "light-contrast", "dark-contrast")
TEXT_SIZES = (90, 100, 115, 130, 150)
"""In per cent of the usual size."""
LOCK_AFTER = (0, 5, 15, 30, 60)
"""Minutes without use until a window on an encrypted register locks; 0 for never."""
LEADS = (0, 3, 7, 14, 30)
"""So many days before a deadline it may be told at the start; 0: on its day."""
LAST_PAGE = "last"
"""The first page is the one that was in front when the window was closed."""


class Key(NamedTuple):
    """One setting: what it is when nothing is stored, and what may be stored."""

    default: Callable[[], object]
    valid: Callable[[object], bool]


def _one_of(*choices: str) -> Callable[[object], bool]:
    return lambda value: value in choices


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and plain_text.is_sound(value)


def _is_recent_list(value: object) -> bool:
    return isinstance(value, list) and len(value) <= MAX_RECENT and all(map(_is_text, value))


def _is_text_table(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


def _login() -> str:
    import getpass

    try:
        return plain_text.mended(getpass.getuser())
    except (OSError, KeyError, ImportError):  # no login name: a service account or a container
        return ""


KEYS: dict[str, Key] = {
    "language": Key(lambda: "", _one_of("", *LANGUAGES)),  # empty: the system's
    "theme": Key(lambda: "system", _one_of(*THEMES)),
    "text_size": Key(lambda: 100, lambda value: value in TEXT_SIZES),
    "recent_registers": Key(list, _is_recent_list),
    "last_register": Key(str, _is_text),
    "user_name": Key(_login, _is_name),  # who the journal says made an act
    "start_page": Key(lambda: LAST_PAGE, _is_text),  # a page's key, or LAST_PAGE
    "reminders": Key(lambda: True, _is_flag),
    "tray": Key(lambda: False, _is_flag),  # reminders beside the system's clock too
    "lock_after": Key(lambda: 15, lambda value: value in LOCK_AFTER),
    "lead_days": Key(lambda: 0, lambda value: value in LEADS),
    "second_places": Key(dict, _is_text_table),  # of copies, by the register's path
    "checked": Key(dict, _is_text_table),  # when a register was last looked through, by its path
    "layouts": Key(dict, _is_text_table),  # window geometries and splitters, by widget name
}


class Settings:
    """The settings in one file; each change is stored at once."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stored = _read(file)

    @property
    def language(self) -> str:
        """`fr`, `en`, or empty for the system's."""
        return self._text("language")

    @language.setter
    def language(self, value: str) -> None:
        self.put("language", value)

    @property
    def theme(self) -> str:
        """`system`, `light` or `dark`."""
        return self._text("theme")

    @theme.setter
    def theme(self, value: str) -> None:
        self.put("theme", value)

    @property
    def text_size(self) -> int:
        """How large words are, in per cent of the usual size."""
        return cast(int, self.get("text_size"))

    @text_size.setter
    def text_size(self, value: int) -> None:
        self.put("text_size", value)

    @property
    def user_name(self) -> str:
        """The name that acts carry; the system's login until the user says otherwise."""
        return self._text("user_name")

    @user_name.setter
    def user_name(self, value: str) -> None:
        self.put("user_name", plain_text.mended(value))

    @property
    def has_user_name(self) -> bool:
        """Whether somebody has chosen the name: until then it is the computer's login."""
        return bool(self._stored.get("user_name")) and bool(self.user_name)

    @property
    def start_page(self) -> str:
        """Which page is in front at first: its key, or LAST_PAGE."""
        return self._text("start_page")

    @start_page.setter
    def start_page(self, value: str) -> None:
        self.put("start_page", value)

    @property
    def reminders(self) -> bool:
        """Whether what falls due is told when somebody begins."""
        return cast(bool, self.get("reminders"))

    @reminders.setter
    def reminders(self, value: bool) -> None:
        self.put("reminders", value)

    @property
    def tray(self) -> bool:
        """Whether it is told beside the system's clock too."""
        return cast(bool, self.get("tray"))

    @tray.setter
    def tray(self, value: bool) -> None:
        self.put("tray", value)

    @property
    def lock_after(self) -> int:
        """After how many idle minutes a window on an encrypted register locks; 0 for never."""
        return cast(int, self.get("lock_after"))

    @lock_after.setter
    def lock_after(self, value: int) -> None:
        self.put("lock_after", value)

    @property
    def lead_days(self) -> int:
        """How many days before a deadline the reminder tells of it."""
        return cast(int, self.get("lead_days"))

    @lead_days.setter
    def lead_days(self, value: int) -> None:
        self.put("lead_days", value)

    @property
    def last_register(self) -> str:
        """Where the register lies that was open when the program was last closed, as text: the
        path of a file, or an address; empty for none."""
        return self._text("last_register")

    @property
    def recent_registers(self) -> tuple[str, ...]:
        """Where registers lie that were opened lately, the latest first."""
        return tuple(cast(list[str], self.get("recent_registers")))

    def remember_register(self, place: object) -> None:
        """Make what lies at a place the last register and the first of the recent ones."""
        told = str(place)
        others = [one for one in self.recent_registers if one != told]
        self._stored["last_register"] = told
        self.put("recent_registers", [told, *others][:MAX_RECENT])

    def forget_register(self, place: object) -> None:
        """Take a register out of the recent ones."""
        told = str(place)
        if self.last_register == told:
            self._stored["last_register"] = ""
        self.put("recent_registers", [one for one in self.recent_registers if one != told])

    def layout(self, widget: str) -> str:
        """The stored geometry or splitter state of a widget, empty when there is none."""
        return cast(dict[str, str], self.get("layouts")).get(widget, "")

    def keep_layout(self, widget: str, state: str) -> None:
        """Store a geometry or splitter state as text."""
        self.put("layouts", {**cast(dict[str, str], self.get("layouts")), widget: state})

    def second_place(self, register: Path) -> Path | None:
        """The folder that gets each copy of a register too."""
        text = cast(dict[str, str], self.get("second_places")).get(str(register), "")
        return Path(text) if text else None

    def set_second_place(self, register: Path, folder: Path | None) -> None:
        """Have a register's copies in another folder too; None: no longer."""
        self._keep("second_places", register, "" if folder is None else str(folder))

    def checked(self, register: Path) -> str:
        """When a register was last looked through and with what outcome, as it was stored."""
        return cast(dict[str, str], self.get("checked")).get(str(register), "")

    def keep_checked(self, register: Path, told: str) -> None:
        """Store when a register was looked through and with what outcome."""
        self._keep("checked", register, told)

    def _keep(self, name: str, register: Path, text: str) -> None:
        others = cast(dict[str, str], self.get(name))
        kept = {**others, str(register): text}
        self.put(name, {path: kept[path] for path in kept if kept[path]})

    def get(self, name: str) -> object:
        """The value of a key of the table, or its default. KeyError for an unknown key."""
        key = KEYS[name]
        value = self._stored.get(name)
        if name in self._stored and key.valid(value):
            return copy.copy(value)
        return key.default()

    def put(self, name: str, value: object) -> None:
        """Store a value. KeyError for an unknown key, ValueError for a value it refuses.

        When the file cannot be written the value holds until the program ends, and that is logged.
        """
        if not KEYS[name].valid(value):
            raise ValueError(name)
        self._stored[name] = copy.copy(value)
        try:
            self._write()
        except OSError:
            _warn("the settings cannot be written")

    def _text(self, name: str) -> str:
        return cast(str, self.get(name))

    def _write(self) -> None:
        from imp_plus_desktop import private  # most commands store no setting

        private.make_folder(self._file.parent)
        private.write(self._file, _told(self._stored))


def _told(stored: dict[str, object]) -> bytes:
    text = json.dumps(stored, ensure_ascii=False, indent=2, sort_keys=True)
    if not plain_text.is_sound(text):
        # The path of a register may hold what is no UTF-8: JSON has an escape for it.
        text = json.dumps(stored, indent=2, sort_keys=True)
    return f"{text}\n".encode()


def stored_language(file: Path) -> str:
    """The language that a file of settings asks for; empty for the system's, or where the file
    cannot be read. For what speaks before there is a log that would be told."""
    try:
        stored = _stored(file)
    except (OSError, ValueError, RecursionError):
        return ""
    wanted, key = stored.get("language"), KEYS["language"]
    return cast(str, wanted if key.valid(wanted) else key.default())


def _read(file: Path) -> dict[str, object]:
    try:
        return _stored(file)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        _warn("the settings cannot be read")
        return {}


def _stored(file: Path) -> dict[str, object]:
    stored = json.loads(plain_files.read_plain(file, _MOST_BYTES).decode("utf-8"))
    return stored if isinstance(stored, dict) else {}


def _warn(text: str) -> None:
    import logging

    logging.getLogger(__name__).warning(text, exc_info=True)
