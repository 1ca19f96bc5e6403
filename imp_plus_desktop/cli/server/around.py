# SPDX-License-Identifier: Apache-2.0
"""`claims`: who has taken something on, and who is there, in a register on a server."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import Any

from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.domain.reads.desks import HELD_ROW, Claim, Seen
from imp_plus_desktop.i18n import _, format_iso, format_time
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.servers import claims
from imp_plus_desktop.words.servers.desk_texts import KINDS


def show(office: Office, _args: Namespace) -> Answer:
    """What is taken on, the first one first, and the desks that are there."""
    around = claims.look(office)
    data = {
        "claims": [_claim(claim) for claim in around.claims.values()],
        "desks": [_desk(seen) for seen in around.people],
    }
    lines = [_line(claim) for claim in around.claims.values()]
    return Answer(data, lines or [_("Nobody has taken anything on.")])


def _claim(claim: Claim) -> dict[str, Any]:
    matter = claim.matter
    return {
        "kind": matter.kind,
        "row": int(matter.what) if matter.kind == HELD_ROW else None,
        "person": matter.person,
        "what": matter.what,
        "user": claim.name,
        "own": claim.is_own,
        "since": claim.since.isoformat(),
        "until": claim.until.isoformat(),
    }


def _desk(seen: Seen) -> dict[str, Any]:
    return {"user": seen.name, "person": seen.person, "since": seen.since.isoformat()}


def _line(claim: Claim) -> str:
    at = claim.since.astimezone()  # by the clock on the wall, as in the journal
    since = f"{format_iso(at.date())} {format_time(at)}"
    whose = claim.matter.what if claim.matter.person is None else f"#{claim.matter.person}"
    return f"{claim.name} · {_(KINDS[claim.matter.kind])} {whose} · {since}"


RUNS: Mapping[str, Run] = {"claims": show}
