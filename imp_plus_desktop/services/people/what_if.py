# SPDX-License-Identifier: Apache-2.0
"""What a person's verdict would be if some findings were turned: a preview that stores nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.rules.findings import Finding, Severity, Verdict
from imp_plus_desktop.domain.rules.rules import RULES
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.verdict import what_if
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people


@dataclass(frozen=True, slots=True)
class Preview:
    """`turned` are the findings whose change was supposed, `final` those that none helps."""

    before: Verdict
    after: Verdict
    turned: tuple[Finding, ...]
    final: tuple[Finding, ...]


def preview(
    office: Office, person_id: int, rules: Collection[str] = (), on: date | None = None
) -> Preview:
    """Suppose the change of each named rule; without a name, of all that stand in the way.

    Errors: DomainError person_not_found, unknown_rule.
    """
    for rule in rules:
        if rule not in RULES:
            raise InvalidInput("unknown_rule", rule=rule)
    before = people.verdict(office, person_id, on)
    asked = [f for f in before.findings + before.to_do if f.flip is not None or f.final]
    if rules:
        asked = [finding for finding in asked if finding.rule in rules]
    else:
        asked = [f for f in asked if f in before.findings and f.severity is Severity.BLOCK]
    turned = tuple(finding for finding in asked if finding.flip is not None)
    after = what_if.what_if(
        people.file(office, person_id),
        before.day,
        office.programme(),
        [finding.flip for finding in turned if finding.flip is not None],
    )
    return Preview(before, after, turned, tuple(f for f in asked if f.final))
