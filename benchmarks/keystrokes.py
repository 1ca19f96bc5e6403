# SPDX-License-Identifier: Apache-2.0
"""What a key costs while somebody is looked for, in milliseconds of the processor.

    keystrokes(path)       the question that each key asks, beside the full-text query of its words
    box_keystrokes(path)   the same in the window: what each key takes of the window's own thread

Some people of the register are typed letter by letter: by name, both names, name and year of
birth, reference, and with a slip. The full-text query asks for everybody who has the words.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time, thread_time
from typing import Any

from benchmarks.acts import TODAY

Figures = dict[str, float]
_PEOPLE = (1, 77, 500, 1234, 3333, 8000)
_TIMES = 5


def keystrokes(path: str) -> Figures:
    """The median of all keys, its 95th percentile, and the likenesses that come after."""
    from imp_plus_desktop.domain.search.typed import read
    from imp_plus_desktop.services.search import finding

    office = _open(Path(path))
    asked, peer, alike = [], [], []
    for text in _typed(office):
        words = office.register.db.search.expression(read(text), "")
        peer.append(_median(lambda words=words: _matching(office, words)))
        asked.append(_median(lambda text=text: finding.find(office, text)))
        alike.append(_median(lambda text=text: finding.alike(office, text)))
    office.close()
    return {
        "peer": sum(peer),
        "find": sum(asked),
        "p95": _p95(asked),
        "alike p95": _p95(alike),
        "seconds": sum(asked) / 1000,
    }


def box_keystrokes(path: str) -> Figures:
    """What each key takes of the window's thread until its answer is seen."""
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from imp_plus_desktop.ui.look import theme
    from imp_plus_desktop.ui.shell.singletons import keep_singletons
    from imp_plus_desktop.ui.window.main_window import MainWindow

    app = QApplication([])
    keep_singletons()
    theme.apply(app, "light")
    office = _open(Path(path))
    texts = list(_typed(office))
    window = MainWindow(office)
    window.show()
    while window.is_catching_up():
        QTest.qWait(50)
    window.find_anything()
    box, taken = window.finding.box, []
    QTest.qWait(300)
    for text in texts:
        box.edit.setText(text[:-1])
        QTest.qWait(30)
        started = thread_time()
        box.edit.insert(text[-1])
        for _turn in range(10):
            QTest.qWait(3)
        taken.append((thread_time() - started) * 1000)
    started = thread_time()
    for _turn in range(10 * _TIMES):
        QTest.qWait(3)
    idle = (thread_time() - started) * 1000 / _TIMES
    window.close()
    office.close()
    own = [max(one - idle, 0.0) for one in taken]
    median = statistics.median(own)
    return {"median": median, "p95": _p95(own), "seconds": median / 1000}


def _typed(office: Any) -> Iterator[str]:
    """What stands in the line after each key."""
    from imp_plus_desktop.services.people import people

    for person in (people.file(office, number).person for number in _PEOPLE):
        family, given = person.family_name.lower(), (person.given_names or "").lower()
        year = f" {person.birth_date.year}" if person.birth_date else ""
        slip = family[:2] + family[3:]
        for whole in (f"{given} {family}", f"{family}{year}", person.individual_reference, slip):
            yield from (whole[:end] for end in range(1, len(whole or "") + 1) if whole)


def _matching(office: Any, words: str) -> int:
    """Everybody who has the words: what a list would show."""
    sql = "SELECT rowid FROM person_search WHERE person_search MATCH ?"
    return len(office.register.db.execute_sql(sql, (words,)).fetchall())


def _median(question: Callable[[], object]) -> float:
    taken = []
    for _time in range(_TIMES):
        started = process_time()
        question()
        taken.append((process_time() - started) * 1000)
    return statistics.median(taken)


def _p95(taken: list[float]) -> float:
    return sorted(taken)[len(taken) * 95 // 100]


def _open(path: Path) -> Any:
    from imp_plus_desktop.bootstrap import open_office

    return open_office(path, today=TODAY)
