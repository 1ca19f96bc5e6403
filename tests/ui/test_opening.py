# SPDX-License-Identifier: Apache-2.0
"""Opening a register that is encrypted, and one with many files on a new day."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import office_builders as build
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.dialogs.register.opening import open_asking
from imp_plus_desktop.ui.dialogs.register.passphrase import PassphraseDialog
from imp_plus_desktop.ui.window import catch_up
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import assert_accessible, cut_labels

pytestmark = pytest.mark.mostly_long(
    "test_a_plain_register_opens_unasked_with_a_passphrase_in_the_environment",
    "test_giving_up_the_passphrase_opens_nothing",
    "test_a_register_that_is_not_encrypted_opens_without_a_question",
    "test_other_failures_are_not_asked_about",
    "test_the_question_hides_what_is_typed_and_waits_for_it",
    "test_on_a_new_day_many_files_are_brought_up_to_date_in_the_background",
)

SECRET = "Rue des Érables, 12"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A register that opens with SECRET only."""
    path = tmp_path / "secret.imp"
    open_office(path, today=build.TODAY, passphrase=SECRET).close()
    return path


def _answers(monkeypatch: pytest.MonkeyPatch, *typed: str | None) -> list[str]:
    """Answer the dialogs one after the other, None by giving up; what each of them said first."""
    said: list[str] = []
    left = list(typed)

    def ask(dialog: PassphraseDialog) -> str | None:
        said.append(dialog._error.text())
        text = left.pop(0)
        field = dialog.form.field("passphrase")
        assert isinstance(field, QLineEdit)
        field.setText(text or "")
        return dialog.answer if text is not None and dialog.submit() else None

    monkeypatch.setattr(PassphraseDialog, "ask", ask)
    return said


def test_a_plain_register_opens_unasked_with_a_passphrase_in_the_environment(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_office(tmp_path / "plain.imp", today=build.TODAY).close()
    monkeypatch.setenv("IMP_PLUS_PASSPHRASE", SECRET)
    office = open_asking(tmp_path / "plain.imp", today=build.TODAY)
    assert office is not None
    people.add(office, {"family_name": "Roy"})
    office.close()
    monkeypatch.delenv("IMP_PLUS_PASSPHRASE")
    again = open_asking(tmp_path / "plain.imp", today=build.TODAY)
    assert again is not None
    assert people.count(again) == 1
    again.close()


@pytest.mark.of_a_file("passphrases are those of files")
def test_the_passphrase_is_asked_for_until_it_is_right(
    qapp: QApplication, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = _answers(monkeypatch, "wrong", SECRET)
    office = open_asking(secret, today=build.TODAY)
    assert office is not None
    assert people.count(office) == 0
    office.close()
    assert said[0] == ""
    assert "passphrase" in said[1]


@pytest.mark.of_a_file("passphrases are those of files")
def test_giving_up_the_passphrase_opens_nothing(
    qapp: QApplication, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = _answers(monkeypatch, None)
    assert open_asking(secret, today=build.TODAY) is None
    assert len(said) == 1


def test_a_register_that_is_not_encrypted_opens_without_a_question(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = _answers(monkeypatch)
    office = open_asking(tmp_path / "open.imp", today=build.TODAY)
    assert office is not None
    office.close()
    assert said == []


def test_other_failures_are_not_asked_about(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        open_asking(tmp_path / "none.imp", create=False)


def test_the_question_hides_what_is_typed_and_waits_for_it(qtbot: QtBot) -> None:
    dialog = PassphraseDialog("bureau.imp", StorageError("wrong_key"))
    qtbot.addWidget(dialog)
    dialog.show()
    field = dialog.form.field("passphrase")
    assert isinstance(field, QLineEdit)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    assert not dialog._ok.isEnabled()
    qtbot.keyClicks(field, " x ")
    assert dialog._ok.isEnabled()
    assert dialog.passphrase() == " x "
    assert_accessible(dialog)
    assert cut_labels(dialog) == []


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A register of three files on a day when their letters have run out; three count as many."""
    path = tmp_path / "bureau.imp"
    office = open_office(path, today=build.TODAY)
    for number in (1, 2, 3):
        build.invite(office, number)
    summary.refresh(office)
    office.close()
    monkeypatch.setattr(catch_up, "AT_ONCE", 2)
    made = open_office(path, today=build.TODAY + timedelta(days=200))
    yield made
    made.close()


def test_on_a_new_day_many_files_are_brought_up_to_date_in_the_background(
    qtbot: QtBot, many: Office
) -> None:
    assert summary.stale_count(many) == 3
    window = MainWindow(many)
    qtbot.addWidget(window)
    window.show()
    assert window._catch_up.is_waiting()
    assert window.shell.tasks.is_busy()
    assert window._catch_up.face.isVisible()
    assert window.focusWidget() is window._catch_up.face
    assert window.status.text() == ""
    assert window.open_page("people").isHidden()
    qtbot.waitUntil(lambda: not window.shell.tasks.is_busy(), timeout=10_000)
    assert summary.stale_count(many) == 0
    assert not window._catch_up.is_waiting()
    assert window.current_page().isVisible()
    assert window.status.text().startswith("3")
    window.close()


@pytest.mark.parametrize(
    ("a_second", "told"), [(1, "a few seconds"), (0.1, "about a minute"), (0.01, "about 5 minutes")]
)
def test_how_long_it_takes_is_told_by_how_many_files_there_are(
    qtbot: QtBot, many: Office, monkeypatch: pytest.MonkeyPatch, a_second: float, told: str
) -> None:
    monkeypatch.setattr(catch_up, "_IN_A_SECOND", a_second)
    window = MainWindow(many)
    qtbot.addWidget(window)
    window.show()
    words = [one.text() for one in window._catch_up.face.findChildren(QLabel)]
    assert any("3 files" in text and told in text for text in words), words
    window.close()


def test_stopped_it_offers_to_go_on(qtbot: QtBot, many: Office) -> None:
    window = MainWindow(many)
    qtbot.addWidget(window)
    window.show()
    window.shell.tasks.stop()
    qtbot.waitUntil(lambda: not window.shell.tasks.is_busy(), timeout=10_000)
    if window._catch_up.is_waiting():  # it may have been done before it could stop
        face = window._catch_up.face
        assert face._button.isVisible()
        face._button.click()
        qtbot.waitUntil(lambda: not window._catch_up.is_waiting(), timeout=10_000)
    assert window.current_page().isVisible()
    window.close()


def test_few_files_are_brought_up_to_date_at_once(
    qtbot: QtBot, many: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catch_up, "AT_ONCE", 3)
    window = MainWindow(many)
    qtbot.addWidget(window)
    window.show()
    assert not window._catch_up.is_waiting()
    assert window.current_page().isVisible()
    window.close()
