# SPDX-License-Identifier: Apache-2.0
"""Workbooks that Office has encrypted open with their password, and with Office's own by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from exchange_builders import FILES, locked_xlsx, parsed
from hostile_files import ods, ods_cell

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers import children
from imp_plus_desktop.exchange.readers.reading import read_bytes_in_child, unlocked_in_child

pytestmark = pytest.mark.child

PASSWORD = "Été ’26 €"


def locked(folder: Path, password: str) -> tuple[bytes, bytes]:
    """A list as Office protects it, and as it was before."""
    plain = locked_xlsx(folder / "a.xlsx", password)
    return (folder / "a.xlsx").read_bytes(), plain


def refusal(data: bytes, password: str | None) -> str:
    with pytest.raises(ExchangeError) as caught:
        unlocked_in_child(data, password)
    return caught.value.code


def test_a_file_with_office_s_own_password_opens_by_itself() -> None:
    data = (FILES / "odd" / "opens-without-password-VelvetSweatshop.xlsx").read_bytes()
    for password in (None, "another"):
        book = read_bytes_in_child("a.xlsx", unlocked_in_child(data, password))
        assert [row.values["given_names"] for row in parsed(book).sheets[0].rows] == [
            "Marie", "Thi Linh", "Awa",
        ]  # fmt: skip


def test_a_protected_file_is_the_file_that_was_protected(tmp_path: Path) -> None:
    data, plain = locked(tmp_path, PASSWORD)
    assert unlocked_in_child(data, PASSWORD) == plain
    with pytest.raises(ExchangeError) as caught:
        read_bytes_in_child("a.xlsx", data)
    assert caught.value.code == "encrypted"


def test_without_its_password_a_file_asks_for_it_and_refuses_a_wrong_one(tmp_path: Path) -> None:
    data, _plain = locked(tmp_path, PASSWORD)
    assert refusal(data, None) == "encrypted"
    assert refusal(data, "secret") == "wrong_password"
    assert refusal(data, "") == "encrypted"


def test_what_office_did_not_protect_cannot_be_unlocked() -> None:
    assert refusal(ods(f"<table:table-row>{ods_cell()}</table:table-row>"), "x") == "cannot_unlock"
    wrapped = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )
    assert refusal(wrapped, "x") in ("cannot_unlock", "damaged")


@pytest.mark.parametrize("share", [0.3, 0.7, 0.98])
def test_a_protected_file_that_is_cut_short_is_refused(tmp_path: Path, share: float) -> None:
    data, _plain = locked(tmp_path, PASSWORD)
    cut = data[: int(len(data) * share)]
    assert refusal(cut, PASSWORD) in ("cannot_unlock", "damaged", "wrong_password")


def test_the_password_is_in_no_command_and_no_surroundings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, _plain = locked(tmp_path, PASSWORD)
    started: list[str] = []
    start = children.start

    def watched(command: list[str], *rest: object, **more: object) -> object:
        started.extend((*command, *map(str, (*rest, *more.values()))))
        return start(command, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(children, "start", watched)
    unlocked_in_child(data, PASSWORD)
    assert started
    assert not any(PASSWORD in text for text in started)
