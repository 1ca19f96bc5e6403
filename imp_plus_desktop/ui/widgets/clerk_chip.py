# SPDX-License-Identifier: Apache-2.0
"""The filter by who answers for a file, with one's own files first.

    ClerkChip(parent=None)    fill(office)    clerk() -> str | None

`clerk()` is a name, "" for the files of nobody, None while the filter is off. Must not filter
anything itself.
"""

from typing import cast

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import clerks
from imp_plus_desktop.ui.widgets.chips import FilterChip
from imp_plus_desktop.words.messages import field_label


class ClerkChip(FilterChip):
    """Whose files are shown."""

    def fill(self, office: Office) -> None:
        """Offer one's own files, everybody else's by name, and those of nobody."""
        own = office.settings.user_name
        others = [name for name in clerks.names(office) if name.casefold() != own.casefold()]
        mine = [(own, _("My files"))] if own else []
        names = [*mine, *((name, name) for name in others), ("", _("Nobody’s files"))]
        self.set_choices(field_label("clerk"), _("Everybody’s files"), names)

    def clerk(self) -> str | None:
        """Whose files, None for everybody's."""
        return cast("str | None", self.value())
