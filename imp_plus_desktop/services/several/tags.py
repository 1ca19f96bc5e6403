# SPDX-License-Identifier: Apache-2.0
"""Tags of files: put on, taken off, and which the office uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from imp_plus_desktop.domain.people.tags import split, with_tags, without_tags
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.storage.reads import figures

SERVICE = "people.tags"
"""What the journal calls an act on tags."""


def known(office: Office) -> list[str]:
    """Every tag that some file has, in the order of the words."""
    texts = figures.tags(office.register)
    found = {fold(tag): tag for text in reversed(texts) for tag in split(text)}
    return [found[key] for key in sorted(found)]


def put(office: Office, person_id: int, tags: Iterable[str]) -> Changed:
    """Put tags on a file; one that it has stays as it is. Errors: DomainError person_not_found."""
    return _change(office, person_id, with_tags, tuple(tags))


def take(office: Office, person_id: int, tags: Iterable[str]) -> Changed:
    """Take tags off a file. Errors: DomainError person_not_found."""
    return _change(office, person_id, without_tags, tuple(tags))


def _change(
    office: Office, person_id: int, how: Callable[..., str | None], tags: Sequence[str]
) -> Changed:
    with office.act(SERVICE) as act:
        present = person_file.file_of(office, person_id).person
        changed = act.update("person", person_id, {"tags": how(present.tags, tags)}, of_now=True)
    return Changed(act.id, changed)
