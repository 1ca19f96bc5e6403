# SPDX-License-Identifier: Apache-2.0
"""Where one person stands today: the line of a file, made from it by the domain's rules.

`summary.py` says which lines are stale. Apart from it, since a list whose lines all hold needs
none of the rules. Holds no rule of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from imp_plus_desktop.domain.deadlines.agenda import AgendaItem, agenda_of
from imp_plus_desktop.domain.deadlines.deadlines import OF_BIRTHS
from imp_plus_desktop.domain.deadlines.waiting import has_short_passport, waiting_codes
from imp_plus_desktop.domain.letters import letters
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.rules.findings import Verdict
from imp_plus_desktop.domain.search.lines import line_of
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import FlagCode
from imp_plus_desktop.domain.values.names import sort_key
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.values.watched_day import Watch
from imp_plus_desktop.domain.verdict import eligibility, history_flags, person_status
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import summary
from imp_plus_desktop.storage.reads.agenda import AgendaLine
from imp_plus_desktop.storage.reads.summary import Basis, Stage, Summary


def verdict_for_list(
    file: PersonFile, programme: Programme, today: date, *, explained: bool = True
) -> Verdict:
    """Today's verdict; once an application is filed, the verdict of the day it was received.

    `explained` adds what would turn each finding: the lists do without.
    """
    used = letters.letter_use(file)
    if used is None or used.received_at is None:
        return eligibility.verdict(file, today, programme, explained=explained)
    day = toronto_day(used.received_at)
    return eligibility.verdict(
        file,
        day,
        programme,
        channel=used.channel,
        ignore_application=used.id,
        explained=explained,
    )


def stages(office: Office, files: Sequence[PersonFile], basis: Basis) -> dict[int, Stage]:
    """Where these people stand today: as the lists know it, else worked out (and not kept)."""
    found = summary.stages(office.register, [file.person.id for file in files], basis)
    programme = office.programme()
    for file in files:
        if file.person.id not in found:
            verdict = verdict_for_list(file, programme, basis.day, explained=False)
            stage = person_status.person_status(file, verdict, basis.cap_full, basis.day)
            found[file.person.id] = Stage(stage, verdict.code, _last_safe_day(file, verdict))
    return found


def compute(file: PersonFile, programme: Programme, today: date, cap_is_full: bool) -> Summary:
    """One person's line, and until when it holds."""
    watch = Watch(today)
    today = watch.today
    verdict = verdict_for_list(file, programme, today, explained=False)
    letter = letters.current_letter(file)
    agenda = agenda_of(file, today, programme)
    return Summary(
        person_id=file.person.id,
        sort_key=sort_key(file.person.family_name, file.person.given_names or ""),
        status=person_status.person_status(file, verdict, cap_is_full, today),
        verdict=verdict.code.value,
        last_safe_day=_last_safe_day(file, verdict),
        letter_date=letter.letter_date if letter is not None else None,
        short_passport=has_short_passport(file, programme, today),
        search_line=line_of(file),
        # Birthdays last: without them the numbers of the lines leave no gap that would tell one.
        agenda=tuple(
            _agenda_line(item)
            for item in sorted(agenda, key=lambda item: item.deadline.kind in OF_BIRTHS)
        ),
        waiting=waiting_codes(file, agenda, today, programme),
        flags=_flags(file, programme, today),
        holds_until=watch.until,  # once all has been asked
    )


def _flags(
    file: PersonFile, programme: Programme, today: date
) -> tuple[tuple[FlagCode, ApplicationId], ...]:
    """The open flags that the file alone tells, each code once an application."""
    found = history_flags.open_flags(file, programme, today)
    return tuple(dict.fromkeys((flag.code, flag.application) for flag in found))


def _last_safe_day(file: PersonFile, verdict: Verdict) -> date | None:
    """Until when somebody can apply; for who has applied the day means nothing any more."""
    return None if letters.letter_use(file) is not None else verdict.last_safe_day


def _agenda_line(item: AgendaItem) -> AgendaLine:
    deadline = item.deadline
    return AgendaLine(
        deadline.person_id,
        item.day,
        deadline.kind.value,
        deadline.reason,
        deadline.subject_id,
        deadline.day,
        item.moved_because,
        item.acknowledged_on,
        item.rests,
        deadline.facts,
    )
