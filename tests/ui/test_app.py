# SPDX-License-Identifier: Apache-2.0
"""Starting the window where there is nowhere to open one."""

from __future__ import annotations

import sys

import pytest

from imp_plus_desktop.ui.window.app import run_window


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a display")
def test_without_a_display_one_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert run_window(["--lang", "en"]) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 1
    assert "display" in said[0]
