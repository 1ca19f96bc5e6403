# SPDX-License-Identifier: Apache-2.0
"""Pictures of every screen on the demo register: `gallery.py FOLDER [--scale 150]`.

Writes `LANG-THEME-NAME.png` (with `@150` before the dot at another scale) for French and English,
light and dark, at 1366×768, without a display. Each screen is a line of `SCREENS`: its name, and
what opens it in a window and returns the widget to picture. Must not change the register.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QDialog, QWidget  # noqa: E402

from imp_plus_desktop import i18n  # noqa: E402
from imp_plus_desktop.bootstrap import open_office  # noqa: E402
from imp_plus_desktop.services import demo  # noqa: E402
from imp_plus_desktop.services.office import Office  # noqa: E402
from imp_plus_desktop.ui import theme  # noqa: E402
from imp_plus_desktop.ui.dialogs.help import (  # noqa: E402
    AboutDialog,
    GuideDialog,
    ShortcutsDialog,
)
from imp_plus_desktop.ui.dialogs.quota import CapDialog, OfficialDialog  # noqa: E402
from imp_plus_desktop.ui.errors import CrashDialog, crash_report  # noqa: E402
from imp_plus_desktop.ui.main_window import MainWindow  # noqa: E402
from imp_plus_desktop.ui.singletons import keep_singletons  # noqa: E402

SIZE = (1366, 768)
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Screen:
    """One picture: `open` brings the screen up and returns what is to be seen.

    A screen with `empty` is opened in a register that holds nothing.
    """

    name: str
    open: Callable[[MainWindow], QWidget]
    empty: bool = False


def page(key: str) -> Callable[[MainWindow], QWidget]:
    """Opens a page of the window."""

    def open_it(window: MainWindow) -> QWidget:
        window.open_page(key)
        return window

    return open_it


def dialog(make: Callable[[MainWindow], QDialog]) -> Callable[[MainWindow], QWidget]:
    """Opens a dialog beside the window, without waiting for an answer."""

    def open_it(window: MainWindow) -> QWidget:
        made = make(window)
        made.show()
        return made

    return open_it


def _a_crash(window: MainWindow) -> QDialog:
    try:
        raise RuntimeError
    except RuntimeError as error:
        return CrashDialog(crash_report(error), window)


def _year(window: MainWindow) -> int:
    return window.shell.today().year


SCREENS: tuple[Screen, ...] = (
    *(
        Screen(key, page(key))
        for key in (
            "overview",
            "people",
            "applications",
            "permits",
            "family",
            "deadlines",
            "quota",
            "imports",
        )
    ),
    Screen("empty-overview", page("overview"), empty=True),
    Screen("empty-people", page("people"), empty=True),
    Screen("empty-imports", page("imports"), empty=True),
    Screen("dialog-cap", dialog(lambda w: CapDialog(w.shell, _year(w), w))),
    Screen("dialog-official", dialog(lambda w: OfficialDialog(w.shell, _year(w), w))),
    Screen("dialog-guide", dialog(GuideDialog)),
    Screen("dialog-shortcuts", dialog(ShortcutsDialog)),
    Screen("dialog-about", dialog(AboutDialog)),
    Screen("dialog-crash", dialog(_a_crash)),
)


def main(argv: list[str]) -> int:
    """Make the demo once, then draw each language in a process of its own."""
    options = _options(argv)
    folder = Path(options.folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="imp-plus-gallery-") as scratch:
        home = Path(scratch)
        os.environ["IMP_PLUS_HOME"] = str(home)
        i18n.use("fr")
        made = demo.make_demo(open_on, home / "demo")
        environment = {**os.environ, "QT_SCALE_FACTOR": str(options.scale / 100)}
        children = []
        for language in i18n.available():
            register = home / language / "Bureau de Lévis.imp"
            register.parent.mkdir()
            shutil.copy(made.path, register)
            command = [sys.executable, __file__, str(folder), "--scale", str(options.scale)]
            command += ["--draw", language, str(register)]
            own = {**environment, "IMP_PLUS_HOME": str(register.parent)}
            children.append(subprocess.Popen(command, env=own))
        codes = [child.wait() for child in children]
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    return max(codes)


def open_on(path: Path, day: date) -> Office:
    """A register as it is opened on a day."""
    return open_office(path, today=day)


def draw(folder: Path, language: str, register: Path, scale: int) -> int:
    """Every screen in one language and both themes."""
    keep_singletons()
    app = QApplication([])
    i18n.use(language)
    mark = "" if scale == 100 else f"@{scale}"
    for empty in (False, True):
        path = register.with_name("vide.imp") if empty else register
        office = open_office(path, today=demo.DEMO_DAY)
        theme.apply(app, "light")
        window = MainWindow(office, inline_tasks=True)
        window.resize(*SIZE)
        window.show()
        for mode in THEMES:
            window.set_theme(mode, keep=False)
            for screen in SCREENS:
                if screen.empty is empty and _has(window, screen):
                    name = f"{language}-{mode}-{screen.name}{mark}.png"
                    _take(app, window, screen, folder / name)
        window.close()
        office.close()
    return 0


def _has(window: MainWindow, screen: Screen) -> bool:
    key = screen.name.removeprefix("empty-")
    return screen.name.startswith("dialog-") or key.partition("-")[0] in window.page_keys()


def _take(app: QApplication, window: MainWindow, screen: Screen, path: Path) -> None:
    shown = screen.open(window)
    # Labels that wrap settle in a second pass of the layout.
    for _pass in range(3):
        app.processEvents()
    shown.grab().save(str(path))
    if shown is not window:
        shown.close()
        shown.deleteLater()


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="gallery.py")
    parser.add_argument("folder")
    parser.add_argument("--scale", type=int, default=100, metavar="PERCENT")
    parser.add_argument("--draw", nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


if __name__ == "__main__":
    chosen = _options(sys.argv[1:])
    if chosen.draw:
        language_, register_ = chosen.draw
        sys.exit(draw(Path(chosen.folder), language_, Path(register_), chosen.scale))
    sys.exit(main(sys.argv[1:]))
