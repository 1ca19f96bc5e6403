# SPDX-License-Identifier: Apache-2.0
"""Which fees come back after a decision (FEE). Amounts are Canadian dollars."""

from __future__ import annotations

from datetime import date

from imp_plus_desktop.domain.findings import Finding
from imp_plus_desktop.domain.programme import Programme
from imp_plus_desktop.domain.rules import fails, not_applicable
from imp_plus_desktop.domain.values import Application, ApplicationCode, Outcome

_REFUNDED = frozenset({Outcome.REFUSED, Outcome.WITHDRAWN})


def fee_02(
    application: Application, outcome: Outcome, decided_on: date, programme: Programme
) -> Finding:
    """Refused, or withdrawn before issue: the open-permit holder fee comes back. IRPR 303.2."""
    amount = programme.fee_on("open_permit_holder", decided_on)
    study = application.code is ApplicationCode.STUDY
    if study or outcome not in _REFUNDED or amount is None:
        return not_applicable("FEE-02", "holder_fee_not_refundable")
    return fails("FEE-02", "holder_fee_refundable", fix="ask_refund", amount=int(amount))
