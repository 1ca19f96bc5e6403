# SPDX-License-Identifier: Apache-2.0
"""The page of imports: what was imported, the import under way, the rows that wait for an answer.

    ImportsPage(shell)       key "imports"
        open_with(Path)      begins the import of a file
        open_with("paste")   begins the import of the cells on the clipboard
        open_with("review")  the held rows of all imports;  open_with("new")  asks for a file
        .flow (ImportFlow)  .review (ReviewView)  .history (ImportHistory)

Must not read a file or write but through the services.
"""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.agenda import counts
from imp_plus_desktop.ui.dialogs.register.export import Exporter
from imp_plus_desktop.ui.imports.import_flow import ImportFlow
from imp_plus_desktop.ui.imports.import_history import ImportHistory
from imp_plus_desktop.ui.imports.import_review import ReviewView
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.pages.page import Page, Unstored
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.frames import EmptyState, PageHeader, Pages
from imp_plus_desktop.ui.widgets.labels import button, making


class ImportsPage(Page):
    """Imports, past and under way."""

    key = "imports"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._exporter = Exporter(shell, self)
        self.header = PageHeader(self)
        self.header.set_search_shown(False)
        self.template = self.header.add_button(button(icon="document"))
        self.paste = self.header.add_button(button())
        self.check = self.header.add_button(button())
        self.new = self.header.add_button(button(role="accent"))
        making("imports.commit", self.paste, self.new)
        self.history = ImportHistory(shell)
        self.flow = ImportFlow(shell)
        self.review = ReviewView(shell)
        self._empty = EmptyState()
        self._empty.makes("imports.commit")
        self._empty_template, self._empty_paste = button(), button()
        making("imports.commit", self._empty_paste)
        self._front, self._bodies = Pages(), Pages()
        self._overview = QWidget()
        self._lay_out()
        self._connect()
        self.retranslate()

    def refresh(self) -> None:
        if self._front.currentWidget() is self.review:
            self.review.load()
        done = self.history.load()
        act = self.flow.act()
        if act is not None:
            self.flow.summary.show_undone(self.history.is_undone(act))
        self._bodies.setCurrentIndex(0 if done else 1)
        waiting = counts.held_rows(self.shell.office)
        self.header.set_title(self.title(), format_number(done) if done else "")
        text = ngettext("Check {count} row…", "Check {count} rows…", waiting)
        self.check.setText(text.format(count=format_number(waiting)))
        self.check.setVisible(bool(waiting))
        self.template.setVisible(bool(done))
        self.paste.setVisible(bool(done))
        self.new.setVisible(bool(done))

    def retranslate(self) -> None:
        set_name(self, self.title())
        self.template.setText(_("Template…"))
        set_tip(self.template, _("Save a workbook with the columns of a list"))
        for made in (self.paste, self._empty_paste):
            made.setText(_("Paste a list"))
            set_tip(made, _("Import the cells that are copied in a spreadsheet"))
        self.new.setText(_("Import a list…"))
        self._empty.set_texts(
            _("Import the list that you received"),
            _(
                "A workbook or a text file, with its columns in any order and in French or in "
                "English. The program finds the columns, shows what each row would do and stores "
                "nothing before you say so. A file can also be dropped on the window."
            ),
            _("Import a list…"),
        )
        self._empty_template.setText(_("No list at hand? Save the template…"))
        self.history.retranslate()
        self.flow.retranslate()
        self.review.retranslate()
        self.refresh()

    def open_with(self, argument: object) -> None:
        if isinstance(argument, Path):
            self.show_flow()
            self.flow.start(argument)
        elif argument == "paste":
            self._on_paste_clicked()
        elif argument == "review":
            self._show_review(None)
        elif argument == "new":
            self._on_new_clicked()

    def come_again(self) -> None:
        # An import under way stays: it is left by its own button.
        if self.view() == "review" or (self.view() == "import" and self.flow.act() is not None):
            self.show_history()

    def focus_search(self) -> bool:
        return self._front.currentWidget() is self.flow and self.flow.focus_search()

    def status(self) -> str:
        waiting = counts.held_rows(self.shell.office)
        if not waiting:
            return ""
        return ngettext("{count} row to check", "{count} rows to check", waiting).format(
            count=format_number(waiting)
        )

    def unstored(self) -> Unstored | None:
        return self.flow.unstored() if self.view() == "import" else None

    def take_back(self) -> None:
        self.flow.take_back()

    def bring_back(self) -> None:
        self.flow.bring_back()

    def view(self) -> str:
        """What is in front: `history`, `import` or `review`."""
        widget = self._front.currentWidget()
        if widget is self.flow:
            return "import"
        return "review" if widget is self.review else "history"

    def show_flow(self) -> None:
        """Bring the import under way to the front."""
        self._front.setCurrentWidget(self.flow)

    def show_history(self) -> None:
        """Back to the list of imports."""
        self._front.setCurrentWidget(self._overview)
        self.refresh()
        act = self.flow.act()
        if act is not None:
            self.history.select(act)

    def _lay_out(self) -> None:
        theme.set_role(self._empty_template, "link")
        theme.set_role(self._empty_paste, "link")
        inside = self._empty.layout()
        if isinstance(inside, QVBoxLayout):
            middle = Qt.AlignmentFlag.AlignHCenter
            inside.insertWidget(inside.count() - 1, self._empty_paste, 0, middle)
            inside.insertWidget(inside.count() - 1, self._empty_template, 0, middle)
        self._bodies.addWidget(self.history)
        self._bodies.addWidget(self._empty)
        layout = QVBoxLayout(self._overview)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(3))
        layout.addWidget(self.header)
        layout.addWidget(self._bodies, 1)
        for widget in (self._overview, self.flow, self.review):
            self._front.addWidget(widget)
        self.column.addWidget(self._front, 1)

    def _connect(self) -> None:
        self.shell.office_changed.connect(self._on_office_changed)
        self.new.clicked.connect(self._on_new_clicked)
        self.paste.clicked.connect(self._on_paste_clicked)
        self._empty_paste.clicked.connect(self._on_paste_clicked)
        self.template.clicked.connect(self._on_template_clicked)
        self.check.clicked.connect(self._on_check_clicked)
        self._empty.button_clicked.connect(self._on_new_clicked)
        self._empty_template.clicked.connect(self._on_template_clicked)
        self.history.review_asked.connect(self._show_review)
        self.flow.closed.connect(self.show_history)
        self.flow.review_asked.connect(self._show_review)
        self.review.closed.connect(self.show_history)

    def _on_office_changed(self) -> None:
        # A plan holds against the register that it was made for, and no other.
        self.flow.leave()
        self._front.setCurrentWidget(self._overview)

    def _show_review(self, act: object) -> None:
        self._front.setCurrentWidget(self.review)
        self.review.show_act(act if isinstance(act, int) else None)
        self.review.table.setFocus()  # the button that opened it is gone, and the way back is next

    def _on_new_clicked(self) -> None:
        from imp_plus_desktop.ui.dialogs import files

        path = files.ask_list(self)
        if path is not None:
            self.open_with(path)

    def _on_paste_clicked(self) -> None:
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.shell.say(_("The clipboard is empty: copy the cells in the spreadsheet first."))
            return
        self.show_flow()
        self.flow.start_pasted(text)

    def _on_template_clicked(self) -> None:
        self._exporter.save_template()

    def _on_check_clicked(self) -> None:
        self._show_review(None)
