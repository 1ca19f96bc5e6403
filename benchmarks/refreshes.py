# SPDX-License-Identifier: Apache-2.0
"""What the window takes after an act until its page shows it, in milliseconds of its own thread.

    refreshes(register)     each kind of act with each page in front, after every page was opened

The lines of the files that an act touched are made anew in it. The act itself is not counted.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from time import thread_time
from typing import Any

from benchmarks.acts import TODAY, copied, invited

Figures = dict[str, float]
PAGES = ("people", "applications", "permits", "family", "deadlines", "quota", "overview")
_TIMES, _FIRST_NOTE = 5, 50
_AT = datetime(2024, 11, 18, 15, tzinfo=UTC)


def refreshes(register: str) -> Figures:
    """The median of each act on each page."""
    from PySide6.QtWidgets import QApplication

    from benchmarks.gestures import shown_window
    from imp_plus_desktop.ui.shell.singletons import keep_singletons

    app = QApplication([])
    keep_singletons()
    told: Figures = {}
    with copied(register) as path:
        window = shown_window(str(path))
        acts = _acts(window)
        for key in PAGES:
            page = window.open_page(key)
            app.processEvents()
            for name, act in acts.items():
                told[f"{key}: {name}"] = statistics.median(_taken(window, page, act))
        window.close()
        window.shell.office.close()
    return {**told, "seconds": sum(told.values()) / 1000}


def _acts(window: Any) -> dict[str, Callable[[Any], object]]:
    from imp_plus_desktop.domain.values.codes import ContactKind, Outcome
    from imp_plus_desktop.services.applications import applications
    from imp_plus_desktop.services.people import contacts, people

    office = window.shell.office
    new = [people.add(office, invited(turn)).person for turn in range(len(PAGES) * _TIMES)]
    waiting, elsewhere = iter(new), _others()
    received: list[int] = []
    called = ContactKind.CALLED

    def receive(_page: Any) -> None:
        done = applications.receive(office, applications.Reception(next(waiting), _AT))
        received.append(done.application)

    def shown(page: Any) -> None:
        person = page.current_person() if hasattr(page, "current_person") else None
        contacts.save(office, person or 7, None, called, "Ici")

    return {
        "a note in the file shown": shown,
        "a note elsewhere": lambda _page: contacts.save(
            office, next(elsewhere), None, called, "Ailleurs"
        ),
        "a receipt": receive,
        "a decision": lambda _page: applications.decide(
            office, received.pop(), Outcome.APPROVED, TODAY
        ),
    }


def _others() -> Iterator[int]:
    return iter(range(_FIRST_NOTE, _FIRST_NOTE + len(PAGES) * _TIMES))


def _taken(window: Any, page: Any, act: Callable[[Any], object]) -> Iterator[float]:
    from PySide6.QtWidgets import QApplication

    for _turn in range(_TIMES):
        act(page)
        started = thread_time()
        window.shell.changed()
        QApplication.processEvents()
        yield (thread_time() - started) * 1000
