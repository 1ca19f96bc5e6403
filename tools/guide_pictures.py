# SPDX-License-Identifier: Apache-2.0
"""Draws the pictures of the guides anew: `python3 dev.py guides --pictures`.

    resources/help/pictures/<language>/<name>.png

They are screens of the gallery (`tests/gallery.py`), on invented people, in the light theme and at
the size of a small screen. Each keeps its 256 commonest colours, which makes it a fifth as large
and nobody sees the difference. Must not hold a picture that no chapter shows.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QImageWriter

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "resources" / "help" / "pictures"
SIZE = "1093x614"
SCREENS = {
    "overview": "overview",
    "import-columns": "imports-2-columns",
    "import-check": "imports-3-check",
    "people": "people",
    "receive": "dialog-receive",
    "documents": "people-documents",
    "deadlines": "deadlines",
    "quota": "quota",
    "reports": "quota-reports",
}
"""A picture's name, and the screen of the gallery that it shows."""
_COLOURS = 256


def main() -> int:
    """Draw the screens, and keep each as small as it can be."""
    with tempfile.TemporaryDirectory(prefix="imp-plus-pictures-") as scratch:
        gallery = [sys.executable, str(ROOT / "tests" / "gallery.py"), scratch, "--size", SIZE]
        command = [*gallery, "--themes", "light", "--only", *SCREENS.values()]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
        if code := subprocess.run(command, env=environment, check=False).returncode:
            return code
        for language in ("fr", "en"):
            for name, screen in SCREENS.items():
                drawn = Path(scratch) / f"{language}-light-{screen}.png"
                keep(drawn, PICTURES / language / f"{name}.png")
    size = sum(file.stat().st_size for file in PICTURES.rglob("*.png"))
    print(f"{PICTURES}: {size / 1000:.0f} kB")
    return 0


def keep(drawn: Path, kept: Path) -> None:
    """Write a picture with its commonest colours only."""
    image = QImage(str(drawn)).convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(image.constBits()).cast("I"))
    table = [colour for colour, _times in counted.most_common(_COLOURS)]
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    kept.parent.mkdir(parents=True, exist_ok=True)
    writer = QImageWriter(str(kept))
    writer.setCompression(100)
    if not writer.write(image.convertToFormat(QImage.Format.Format_Indexed8, table, flags)):
        raise OSError(writer.errorString())


if __name__ == "__main__":
    sys.exit(main())
