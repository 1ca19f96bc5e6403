# SPDX-License-Identifier: Apache-2.0
"""Closes an item of the over-cap list: a refund that arrived, a biometric letter cancelled.

    CloseItemDialog(office, item, application_id, name, open_ids).ask() -> ActId | None

For one application, or at once for all on which the same item is open. Must not judge.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.quota.over_cap import OverCapItem
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.i18n import _, ngettext
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.quota import overcap
from imp_plus_desktop.ui.dialogs.single import DayDialog
from imp_plus_desktop.ui.look.format import number


class CloseItemDialog(DayDialog):
    """The day on which an item came to its end."""

    def __init__(
        self,
        office: Office,
        item: OverCapItem,
        application_id: int,
        name: str,
        open_ids: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        refund = item is OverCapItem.REFUND
        super().__init__(
            office,
            _("Refund received") if refund else _("Biometric letter cancelled"),
            _("Log the refund") if refund else _("Record it"),
            "refund_logged_on" if refund else "biometrics_cancelled_on",
            None,
            parent,
            name,
        )
        self._item, self._application_id, self._open_ids = item, application_id, tuple(open_ids)
        if len(open_ids) > 1:
            self.form.add_check(
                "all",
                ngettext(
                    "For the {count} application where it is open",
                    "For all {count} applications where it is open",
                    len(open_ids),
                ).format(count=number(len(open_ids))),
            )

    def store(self, day: date) -> ActId | None:
        everyone = "all" in self.form.keys() and self.form.value("all") == "yes"  # noqa: SIM118
        chosen = self._open_ids if everyone else (self._application_id,)
        return overcap.close_item(self.office, chosen, self._item, day)
