# SPDX-License-Identifier: Apache-2.0
"""How somebody likes the program: their name, language, theme, text size, first page, reminders.

    SettingsDialog(settings, pages, parent, write_office).ask() -> Chosen | None

Answers what was chosen; the window applies it, and `write_office` leads to what stands in the
register for all: the office's name. Must not store anything by itself.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import _, format_number, format_percent, ngettext
from imp_plus_desktop.settings import (
    LAST_PAGE,
    LEADS,
    LOCK_AFTER,
    TEXT_SIZES,
    THEMES,
    Settings,
)
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.form import FormGrid
from imp_plus_desktop.ui.widgets.labels import button, label


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody wants from now on."""

    name: str
    language: str
    """`fr` or `en`, empty for the system's."""
    theme: str
    text_size: int
    start_page: str
    reminders: bool
    tray: bool
    lock_after: int
    lead_days: int


def languages() -> list[tuple[str, str]]:
    """Each language, named in itself so that whoever is lost finds the way back."""
    return [("fr", "Français"), ("en", "English")]


def named(form: FormGrid) -> bool:
    """Whether there is a name to sign acts with; says so where there is none."""
    if form.value("user_name").strip():
        return True
    words = _("Acts are signed with a name: it cannot be empty.")
    form.set_finding("user_name", Tone.BAD, words)
    return False


def _minutes(after: int) -> str:
    if not after:
        return _("Never")
    said = ngettext("after {count} minute", "after {count} minutes", after)
    return said.format(count=format_number(after))


def _lead(days: int) -> str:
    if not days:
        return _("On their day")
    words = ngettext("{count} day before", "{count} days before", days)
    return words.format(count=format_number(days))


class SettingsDialog(FormDialog[Chosen]):
    """One place for what is otherwise spread over menus; `pages` are (key, title)."""

    def __init__(
        self,
        settings: Settings,
        pages: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        write_office: Callable[[QWidget], object] | None = None,
    ) -> None:
        super().__init__(
            _("Settings"),
            _("Save the settings"),
            parent,
            sentence=_("They hold for you on this computer, in every register."),
            columns=2,
        )
        self.form.add_line("user_name", _("Your name"))
        self.form.add_choice("language", _("Language"), [("", _("As the system")), *languages()])
        themes = {
            "system": _("As the system"),
            "light": _("Light"),
            "dark": _("Dark"),
            "light-contrast": _("Light, high contrast"),
            "dark-contrast": _("Dark, high contrast"),
        }
        self.form.add_choice("theme", _("Theme"), [(key, themes[key]) for key in THEMES])
        sizes = [(str(size), format_percent(size / 100)) for size in TEXT_SIZES]
        self.form.add_choice("text_size", _("Text size"), sizes)
        first = [*pages, (LAST_PAGE, _("The last page used"))]
        self.form.add_choice("start_page", _("First page"), first)
        waits = [(str(after), _minutes(after)) for after in LOCK_AFTER]
        self.form.add_choice("lock_after", _("Lock when idle"), waits)
        leads = [(str(days), _lead(days)) for days in LEADS]
        self.form.add_choice("lead_days", _("Deadline reminders"), leads)
        remind = _("On opening, remind me of what falls due")
        self.form.add_check("reminders", remind, whole_row=True)
        beside = _("Remind me beside the clock too, in numbers only")
        self.form.add_check("tray", beside, whole_row=True)
        if write_office is not None:
            office = button(_("Name and letterhead of the office…"), "link")
            office.clicked.connect(lambda: write_office(self))
            self.body.addWidget(office, 0, Qt.AlignmentFlag.AlignLeft)
        copies = _(
            "Copies are made by themselves, in a folder beside the register: File › How copies are "
            "kept… says how often, how long and where else; Restore a copy… brings one back."
        )
        self.body.addWidget(label(copies, role="small", wrap=True))
        self.form.set_values(
            {
                "user_name": settings.user_name,
                "language": settings.language,
                "theme": settings.theme,
                "text_size": str(settings.text_size),
                "start_page": settings.start_page,
                "reminders": "yes" if settings.reminders else "",
                "lock_after": str(settings.lock_after),
                "tray": "yes" if settings.tray else "",
                "lead_days": str(settings.lead_days),
            }
        )
        self.form.edited.connect(self._on_form_edited)
        self.form.focus_field("user_name")

    def submit(self) -> bool:
        if not named(self.form):
            return False
        value = self.form.value
        self.answer = Chosen(
            value("user_name"),
            value("language"),
            value("theme"),
            int(value("text_size")),
            value("start_page"),
            value("reminders") == "yes",
            value("tray") == "yes",
            int(value("lock_after")),
            int(value("lead_days")),
        )
        return True

    def _on_form_edited(self, key: str) -> None:
        if key == "text_size":
            said = _("Holds when the program is next started.")
            self.form.set_finding("text_size", Tone.PLAIN, said)
