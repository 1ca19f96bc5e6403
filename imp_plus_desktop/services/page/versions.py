# SPDX-License-Identifier: Apache-2.0
"""What a value of a file was before, who put it there, when, and from which list.

    versions(office, file, name) -> [Version]       the one that stands first
    restore(office, file, version)                  put one back, as its own act

Everything is read from the journal. What an undo put back is a version like any other.
"""

from __future__ import annotations

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.rows import FieldChange
from imp_plus_desktop.domain.records.catalogue import BY_NAME
from imp_plus_desktop.domain.records.fields import Field, Kind
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.services.fields import typed_fields
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.page import one_value


@dataclass(frozen=True, slots=True)
class Version:
    """A value as it stood from one act to the next; `change` tells of the act that put it there.

    `value` is as the register stores it, `stands` says that it is the value of today.
    """

    field: Field
    value: object
    change: FieldChange
    stands: bool

    @property
    def goes_back(self) -> bool:
        """Whether it can be put back: what is recorded of a permit is corrected with a reason."""
        return not self.stands and self.field.entity in ("person", *one_value.OF_LATEST)


def versions(office: Office, file: PersonFile, name: str) -> list[Version]:
    """The versions of a value, the latest first; one act after another."""
    field = BY_NAME[name]
    row = one_value.row_of(file, field.entity)
    if row is None:
        return []
    own = [
        change
        for change in history.changes(office, file.person.id)
        if (change.entity, change.entity_id, change.field) == (field.entity, row.id, field.name)
    ]
    return [Version(field, one.after, one, place == 0) for place, one in enumerate(own)]


def restore(office: Office, file: PersonFile, version: Version) -> Changed:
    """Put a value back as it was. Errors: as `one_value.save`."""
    return one_value.save(office, file, version.field.named, _typed_text(version))


def _typed_text(version: Version) -> str:
    """A stored value as somebody would type it."""
    if version.field.kind is Kind.FLAG and version.value is not None:
        return typed_fields.as_text(bool(version.value))
    return typed_fields.as_text(version.value)
