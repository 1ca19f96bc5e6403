# SPDX-License-Identifier: Apache-2.0
"""What a planned list is to the register before its import: news, or nothing that it lacks.

    novelty_of(office, preview) -> Novelty

Reads only. How the register holds past files is for `storage` to say.
"""

from __future__ import annotations

from datetime import datetime

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.services.imports.planning.import_preview import Preview
from imp_plus_desktop.services.imports.planning.planned_rows import Effect, changes_anything
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive import past_lists


@dataclass(frozen=True, slots=True)
class Novelty:
    """Whether the import would change or decide anything, and what the register holds; when this
    very file was imported before, None if it was not or that import is undone. `leaves_out`: some
    rows cannot go in, so that the register need not hold them."""

    changes: bool
    updates: bool
    imported_at: datetime | None
    leaves_out: bool = False


def novelty_of(office: Office, preview: Preview) -> Novelty:
    """What a list is to the register as it is now."""
    past = past_lists.of_file(office.register, preview.source.sha256)
    decided = bool(preview.conflicts)  # also that ours stays
    changes = decided or changes_anything(sheet.rows for sheet in preview.sheets)
    updates = any(row.effect is Effect.UPDATE for sheet in preview.sheets for row in sheet.rows)
    at = past.at if past is not None else None
    return Novelty(changes, updates, at, leaves_out=bool(preview.counts.rejected))
