# SPDX-License-Identifier: Apache-2.0
"""Asks for files: the one place that opens the system's file dialogs.

    ask_list(parent)                            a list to import
    ask_register(parent)                        a register that exists
    ask_copy_to_restore(parent, folder)         a copy of it, to restore
    ask_new_register(parent)                    where to make one
    ask_save(parent, title, name, "workbook")   where to write; `name` is proposed
    ask_scan(parent)                            a document or a picture to keep
    ask_copy(parent, title, name)               where to write a copy of a file with this name
    ask_folder(parent, title, "letters")        a folder to put files into
    ask_template(parent)                        a template of letters
    ask_figures(parent)                         a file of figures
    folder_for(settings, "pdf")                 where the last file of a kind was
    note(settings, "pdf", path)                 this was, which another dialog has asked for
    REGISTER_SUFFIX, KINDS

Each answers a Path, or None when the user thinks better of it. The last folder of each kind is
remembered in the settings of the window that `parent` stands in. A file that exists is
overwritten only after a question. Must not read or write any file.
"""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.look.plain import plain
from imp_plus_desktop.ui.shell.shell import Shell

REGISTER_SUFFIX = ".imp"
_LAST = "folder-last"
"""Where the last file was, whatever it was."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a kind of file is called and its endings, the usual one first."""

    text: str
    suffixes: tuple[str, ...]

    def filter(self) -> str:
        return f"{_(self.text)} ({' '.join('*' + suffix for suffix in self.suffixes)})"


KINDS: Mapping[str, FileKind] = {
    "list": FileKind(
        N_("Lists"), (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".txt")
    ),
    "workbook": FileKind(N_("Workbooks"), (".xlsx",)),
    "archive": FileKind(N_("Archives"), (".zip",)),
    "calendar": FileKind(N_("Calendars"), (".ics",)),
    "pdf": FileKind(N_("PDF documents"), (".pdf",)),
    "letter": FileKind(N_("Word documents"), (".docx",)),
    "figures": FileKind(N_("Files of figures"), (".toml",)),
    "programme": FileKind(N_("Files of programmes"), (".toml",)),
    "text": FileKind(N_("Texts"), (".txt",)),
    "register": FileKind(N_("Registers"), (REGISTER_SUFFIX,)),
    "scan": FileKind(
        N_("Documents and pictures"),
        (
            *(".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".webp"),
            *(".docx", ".xlsx", ".odt", ".txt", ".eml"),
        ),
    ),
}


def dropped_file(event: QDropEvent) -> Path | None:
    """The one local file that is dragged, if it is one."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.is_file() else None


def ask_list(parent: QWidget) -> Path | None:
    """A list to import."""
    return _ask_open(parent, _("Import a list"), "list")


def ask_register(parent: QWidget | None) -> Path | None:
    """A register that exists."""
    return _ask_open(parent, _("Open a register"), "register")


def ask_copy_to_restore(parent: QWidget, folder: Path) -> Path | None:
    """A copy of the register: among the automatic ones, or elsewhere."""
    filters = f"{KINDS['register'].filter()};;{_('All files')} (*)"
    start = str(folder) if folder.is_dir() else _folder(_settings(parent), "register")
    chosen, _used = QFileDialog.getOpenFileName(parent, _("Restore a copy"), start, filters)
    return Path(chosen) if chosen else None


def ask_new_register(parent: QWidget) -> Path | None:
    """Where to make a register."""
    return ask_save(parent, _("New register"), _("register"), "register")


def ask_scan(parent: QWidget) -> Path | None:
    """A document or a picture to keep."""
    return _ask_open(parent, _("Keep a scan"), "scan")


def ask_copy(parent: QWidget, title: str, name: str) -> Path | None:
    """Where to write a copy of a file; its own name is proposed."""
    settings = _settings(parent)
    start = str(Path(_folder(settings, "copy"), name))
    filters = f"{_('All files')} (*)"
    chosen, _used = QFileDialog.getSaveFileName(parent, title, start, filters)
    return _kept(settings, "copy", Path(chosen)) if chosen else None


def ask_folder(parent: QWidget, title: str, kind: str) -> Path | None:
    """A folder to put files of a kind into."""
    settings = _settings(parent)
    chosen = QFileDialog.getExistingDirectory(parent, title, _folder(settings, kind))
    if not chosen:
        return None
    _keep_folder(settings, kind, Path(chosen))
    return Path(chosen)


def ask_template(parent: QWidget) -> Path | None:
    """A template of letters."""
    return _ask_open(parent, _("Template of letters"), "letter")


def ask_figures(parent: QWidget) -> Path | None:
    """A file of many figures."""
    return _ask_open(parent, _("Take figures from a file"), "figures")


def ask_programme(parent: QWidget) -> Path | None:
    """A programme's file."""
    return _ask_open(parent, _("Take the file of a programme"), "programme")


def ask_save(parent: QWidget, title: str, name: str, kind: str) -> Path | None:
    """Where to write; the kind's ending is added where it lacks."""
    settings = _settings(parent)
    suffix = KINDS[kind].suffixes[0]
    start = str(Path(_folder(settings, kind), name + suffix))
    chosen, _used = QFileDialog.getSaveFileName(parent, title, start, KINDS[kind].filter())
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() != suffix:
        path = path.with_name(path.name + suffix)
        # The system has asked about the name without the ending.
        if path.exists() and not _may_replace(parent, path):
            return None
    return _kept(settings, kind, path)


def _ask_open(parent: QWidget | None, title: str, kind: str) -> Path | None:
    settings = _settings(parent)
    filters = f"{KINDS[kind].filter()};;{_('All files')} (*)"
    chosen, _used = QFileDialog.getOpenFileName(parent, title, _folder(settings, kind), filters)
    return _kept(settings, kind, Path(chosen)) if chosen else None


def _may_replace(parent: QWidget, path: Path) -> bool:
    answer = QMessageBox.question(
        parent,
        _("Replace the file?"),
        plain(_("The file {name} is there already. Replace it?").format(name=path.name)),
    )
    return answer == QMessageBox.StandardButton.Yes


def _settings(parent: QWidget | None) -> Settings | None:
    shell = getattr(parent.window(), "shell", None) if parent is not None else None
    return shell.settings if isinstance(shell, Shell) else None


def folder_for(settings: Settings, kind: str) -> Path:
    """Where the last file of a kind was, or one of any other; the home folder at first."""
    return Path(_folder(settings, kind))


def note(settings: Settings, kind: str, path: Path) -> None:
    """Remember where a file of a kind was put."""
    _keep_folder(settings, kind, path.parent)


def _folder(settings: Settings | None, kind: str) -> str:
    kept = settings.layout(f"folder-{kind}") if settings is not None else ""
    # The first of its kind begins where the last file of another kind was; a register has its own
    # place.
    if not kept and settings is not None and kind != "register":
        kept = settings.layout(_LAST)
    return kept if kept and Path(kept).is_dir() else str(Path.home())


def _kept(settings: Settings | None, kind: str, path: Path) -> Path:
    _keep_folder(settings, kind, path.parent)
    return path


def _keep_folder(settings: Settings | None, kind: str, folder: Path) -> None:
    if settings is None:
        return
    settings.keep_layout(f"folder-{kind}", str(folder))
    if kind != "register":
        settings.keep_layout(_LAST, str(folder))
