# SPDX-License-Identifier: Apache-2.0
"""How an act that goes whole is told to the server."""

from __future__ import annotations

import json
from collections.abc import Mapping

from imp_plus_desktop.storage.engines.whole import Whole

WRITE = "SELECT given, sealed FROM write_act(CAST(%s AS JSONB), %s)"
AS_IT_STANDS = "SELECT entity_id, after FROM change WHERE act_id = %s ORDER BY id"
"""What an act has told, where nobody answered what it was given."""


def told(
    whole: Whole, rests: Mapping[str, object], written_for: str, channel: str, notice: str
) -> tuple[str, str]:
    """What `write_act` is told: on what the act rests and what it asks for, and what it is. It is
    written for one format of the register."""
    assert whole.act is not None
    proof = {
        **rests,
        "format": written_for,
        "ids": [[kind, *map(str, marks)] for kind, marks in whole.ids.items()],
        "places": [
            [place.year, str(place.mark), place.within.start, place.within.stop]
            for place in whole.places
        ],
    }
    act = {**whole.act, "changes": whole.changes, "channel": channel, "notice": notice}
    return json.dumps(proof), json.dumps(act, ensure_ascii=False)
