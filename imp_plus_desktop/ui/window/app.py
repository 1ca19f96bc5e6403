# SPDX-License-Identifier: Apache-2.0
"""Starts the window: options, settings, register, theme, language, crash hook.

    run_window(argv) -> int        --register FILE|URL, --lang fr|en, --today YYYY-MM-DD

Must not do anything that the command line needs too: that is in `bootstrap`.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from imp_plus_desktop import i18n, logs, paths
from imp_plus_desktop.domain.values.errors import AppError, InvalidInput, StorageError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.servers.places import Place, place_of
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.dialogs.register.opening import open_asking
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.shell import identity
from imp_plus_desktop.ui.shell.singletons import keep_singletons
from imp_plus_desktop.ui.shell.sole_window import SoleWindow
from imp_plus_desktop.ui.shell.translations import speak
from imp_plus_desktop.ui.window.main_window import MainWindow
from imp_plus_desktop.words.error_texts import error_text

_LOADED_MS, _SETTLED_MS = 1000, 5000


def run_window(argv: Sequence[str], loaded: Callable[[], None] | None = None) -> int:
    """Open the window and stay until it is closed; return the exit code.

    `loaded` is called a second after the window is there: its first page is painted then.
    """
    options = _options(argv)
    if not _has_display():
        i18n.use(options.lang or Settings(paths.settings_file()).language)
        sentence = _("There is no display to open a window on; see --help for the commands.")
        sys.stderr.write(f"{sentence}\n")
        return 2
    keep_singletons()
    identity.tell()
    app = cast(QApplication, QCoreApplication.instance() or QApplication(["imp-plus-desktop"]))
    try:
        return _run(app, options, loaded)
    except Exception as error:
        # Nobody else would say it in words, nor without the values that it may hold.
        from imp_plus_desktop.ui.shell.errors import tell_of_a_failed_start

        tell_of_a_failed_start(error)
        return 1


def _run(app: QApplication, options: argparse.Namespace, loaded: Callable[[], None] | None) -> int:
    app.setApplicationName("IMP+ Desktop")
    app.setDesktopFileName("imp-plus-desktop")
    app.setWindowIcon(QIcon(str(paths.resource("icons", "app.svg"))))
    _start_logging()
    settings = Settings(paths.settings_file())
    speak(options.lang or settings.language)  # also what is asked before there is a window
    theme.apply(app, settings.theme, settings.text_size)
    register, today, new = options.register, options.today, False
    office = None
    if is_first(register, settings):
        # Nobody else waits for what asks it.
        from imp_plus_desktop.ui.dialogs.register.first_start import begin

        begun = begin(settings)
        if begun is None:
            return 0
        register, today, new = begun.register, begun.day or today, True
        office = begun.office
    sole = SoleWindow(paths.open_registers_folder(), app)
    try:
        if office is None:
            office = _open(register, today, settings, sole)
        elif not sole.enter(office.place):
            office = None
        if office is None:
            return 0 if sole.has_fetched else 4
        return _shown(sole, office, loaded, new=new)
    finally:
        sole.stay(None)


def _shown(
    sole: SoleWindow, office: Office, loaded: Callable[[], None] | None, *, new: bool
) -> int:
    """The window on a register, until it is closed. Who is `new` is taken round."""
    sole.stay(office.place)
    if not paths.is_demo(office.register_path):
        office.settings.remember_register(office.place)
    window = MainWindow(office)
    window.shell.sole = sole
    window.shell.reporter.install()
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(window.on_scheme_changed)
    hints.accessibility().contrastPreferenceChanged.connect(window.on_scheme_changed)
    window.present()
    shown = QTimer(window, singleShot=True, interval=_LOADED_MS)
    shown.timeout.connect(window.remind)
    settled = QTimer(window, singleShot=True, interval=_SETTLED_MS)
    settled.timeout.connect(window.keep_copies)
    settled.start()
    if new:
        shown.timeout.connect(window.menu_actions.action("help.tour").trigger)
    if loaded is not None:
        shown.timeout.connect(loaded)
    shown.start()
    try:
        return QApplication.exec()
    finally:
        window.shell.reporter.remove()
        window.come_to_rest()
        window.shell.office.close()


def is_first(register: Place | None, settings: Settings) -> bool:
    """Whether nothing says what to open, and nothing was ever opened."""
    known = register is not None or bool(settings.last_register)
    return not known and not paths.register_file().exists()


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="imp-plus", add_help=False, allow_abbrev=False)
    parser.add_argument("--register", type=_place)
    parser.add_argument("--lang", choices=i18n.available())
    parser.add_argument("--today", type=date.fromisoformat)
    return parser.parse_known_args(list(argv))[0]


def _place(text: str) -> Place:
    """Where a register lies that was named. Errors: ArgumentTypeError."""
    try:
        return place_of(text)
    except InvalidInput as error:
        raise argparse.ArgumentTypeError(error_text(error)) from None


def _has_display() -> bool:
    """Whether Qt finds somewhere to open a window: on Linux that may be nowhere."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in names)


def _start_logging() -> None:
    try:
        logs.start_logging(paths.logs_folder())
    except OSError:
        return  # the program works without a log


def _open(
    register: Place | None, today: date | None, settings: Settings, sole: SoleWindow
) -> Office | None:
    """The register asked for, the last one, or the user's own; None when the user gives up, or
    when another window has it.

    One that is not there may be on a drive that is away: it is asked about, and not forgotten for
    a new empty one.
    """
    wanted = register or _last(settings)
    create = _may_make(register, settings)
    while True:
        if not sole.enter(wanted or paths.register_file()):
            return None
        try:
            office = open_asking(wanted, today=today, settings=settings, create=create)
            is_file = wanted is None or isinstance(wanted, Path)
            code = "passphrase_needed" if is_file else "server_password_needed"
            why: AppError = StorageError(code)
        except AppError as error:
            office, why = None, error
        if office is not None:
            return office
        from imp_plus_desktop.ui.dialogs.register.register_away import ask_instead, bring_back

        answer = ask_instead(wanted or paths.register_file(), why, today, settings)
        if answer is None:
            return None
        wanted, create = answer.path, answer.create
        if answer.office is not None:
            return answer.office if sole.enter(wanted) else None
        if answer.copy is not None and isinstance(wanted, Path):
            create = bring_back(wanted, answer.copy, today, settings) and create


def _last(settings: Settings) -> Place | None:
    """The register that was open last."""
    with suppress(InvalidInput):  # another version knew how to read it
        if settings.last_register:
            return place_of(settings.last_register)
    return None


def _may_make(register: Place | None, settings: Settings) -> bool:
    """Whether a register may be made unasked: the user's own at the first start, or one that was
    asked for in a folder that is there, and was never open here."""
    if register is None:
        return not settings.last_register
    if not isinstance(register, Path):
        return False
    known = {Path(told).absolute() for told in settings.recent_registers}
    return register.parent.is_dir() and register.absolute() not in known
