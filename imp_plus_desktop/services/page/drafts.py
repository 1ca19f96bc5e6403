# SPDX-License-Identifier: Apache-2.0
"""What somebody is writing in a file, kept until it is stored: a crash loses what came last only.

    keep(office, person_id, field, text)      an empty text keeps nothing any more
    kept(office, person_id, field) -> str

Each desk's user has a draft of their own to each field. It is no act and stands in no history.
"""

from __future__ import annotations

from imp_plus_desktop import plain_text
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.journal import drafts


def keep(office: Office, person_id: int, field: str, text: str) -> bool:
    """Keep what is written so far. False where the register cannot be written now: the next time
    may do."""
    if not plain_text.is_sound(text):
        return False
    if not text and not kept(office, person_id, field):
        return True
    try:
        if office.only_reads:
            return False
        drafts.keep(office.register, office.user, person_id, field, text)
    except StorageError:
        return False
    return True


def kept(office: Office, person_id: int, field: str) -> str:
    """What was being written, empty where nothing was."""
    return drafts.kept(office.register, office.user, person_id, field)
