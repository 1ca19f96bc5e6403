# SPDX-License-Identifier: Apache-2.0
"""What a list of people has besides the fields of one row: a remark, a line of the portal, a fee.

Each becomes a row that hangs on the person; which one, and when it is new, is planned by
`services/fields/more_plan.py`.
"""

from __future__ import annotations

from imp_plus_desktop.domain.records.fields import (
    AHEAD,
    OUT_OF_ORDER,
    Field,
    Kind,
    Part,
    Traits,
)
from imp_plus_desktop.domain.values.codes import PortalItem, PortalState, RouteState

NOTE = Field("note", "text", "note", Kind.LINES, Traits(part=Part.NOTES))
CONTACT_LOG = Field("contact", "text", "contact_log", Kind.LINES, Traits(part=Part.NOTES))
_HAPPENED = Traits(part=Part.APPLICATION, ahead=AHEAD)
_AFTER_RECEIPT = Traits(
    part=Part.APPLICATION, ahead=AHEAD, follows=(("received_at", OUT_OF_ORDER),)
)
BIOMETRICS_LETTER = Field("request", "letter_on", "biometrics_letter_on", Kind.DAY, _AFTER_RECEIPT)
MEDICAL_DONE = Field("document", "received_on", "medical_done_on", Kind.DAY, _HAPPENED)
MEDICAL_UNTIL = Field(
    "document",
    "expires",
    "medical_valid_until",
    Kind.DAY,
    Traits(part=Part.APPLICATION, follows=(("medical_done_on", OUT_OF_ORDER),)),
)
FEES_PAID = Field("payment", "cents", "fees_paid", Kind.MONEY, Traits(part=Part.APPLICATION))
FEES_PAID_ON = Field("payment", "on_day", "fees_paid_on", Kind.DAY, _HAPPENED)
FORMER_NUMBERS = Field(
    "former_number",
    "number",
    "former_application_numbers",
    Kind.TEXT,
    Traits(part=Part.APPLICATION),
)
"""`W1 → W2; W3`: each with the number that the application has now, where it is not the row's."""
ROUTE = Field(
    "other_route", "route", "route", Kind.CODE, Traits(part=Part.APPLICATION, words="route")
)
ROUTE_STATE = Field(
    "other_route",
    "state",
    "route_state",
    Kind.CODE,
    Traits(part=Part.APPLICATION, words="route_state"),
    RouteState,
)
ROUTE_INVITED = Field("other_route", "invited_on", "route_invited_on", Kind.DAY, _HAPPENED)
PORTAL_ON = Field("portal_line", "observed_on", "portal_observed_on", Kind.DAY, _AFTER_RECEIPT)
PORTAL = {
    item: Field(
        "portal_line",
        "state",
        f"portal_{item.value}",
        Kind.CODE,
        Traits(part=Part.APPLICATION),
        PortalState,
    )
    for item in PortalItem
}
"""The seven lines of IRCC's portal."""

MORE: tuple[Field, ...] = (
    NOTE,
    CONTACT_LOG,
    FORMER_NUMBERS,
    ROUTE,
    ROUTE_STATE,
    ROUTE_INVITED,
    BIOMETRICS_LETTER,
    MEDICAL_DONE,
    MEDICAL_UNTIL,
    FEES_PAID,
    FEES_PAID_ON,
    PORTAL_ON,
    *PORTAL.values(),
)
