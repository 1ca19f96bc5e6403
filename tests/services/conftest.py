# SPDX-License-Identifier: Apache-2.0
"""What several tests of the services share."""

from __future__ import annotations

from typing import Any

import pytest

from imp_plus_desktop.exchange.readers import reading
from imp_plus_desktop.services.imports import import_source


@pytest.fixture
def reads_here(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Read small workbooks in this process, by the reader that the child process runs.

    For speed only: the sample lists, and whatever is not sound, go through the child.
    """

    folder = tmp_path_factory.mktemp("read")

    def read(
        name: str,
        content: bytes,
        *,
        sheet_names: Any = None,
        form: reading.TextForm = reading.TextForm(),  # noqa: B008
        meanwhile: Any = None,
    ) -> reading.Workbook:
        path = folder / name
        path.write_bytes(content)
        try:
            return reading.read_workbook(path, sheet_names=sheet_names, form=form)
        finally:
            path.unlink()

    monkeypatch.setattr(import_source, "read_bytes_in_child", read)
