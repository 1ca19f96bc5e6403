# SPDX-License-Identifier: Apache-2.0
"""The command that tells where the values of a file come from. Reads only."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import Any

from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.cli.answers.opened import opened
from imp_plus_desktop.domain.records.catalogue import BY_NAME, of_column
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.services.fields.typed_fields import as_text
from imp_plus_desktop.services.imports import origins
from imp_plus_desktop.services.imports.origins import Origin
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.words import messages
from imp_plus_desktop.words.origin_texts import origin_text
from imp_plus_desktop.words.terms.value_texts import value_text


def show_origin(office: Office, args: Namespace) -> Answer:
    found = origins.of_file(office, opened(office, args.ref))
    if args.field is not None:
        found = tuple(origin for origin in found if origin.field == args.field)
        if not found:
            raise InvalidInput("unknown_field", field=args.field)
    lines = [
        output.labelled(
            messages.field_label(origin.field), f"{_text(origin)}  {origin_text(origin)}"
        )
        for origin in found
    ]
    return Answer({"values": [_data(origin) for origin in found]}, lines)


def _text(origin: Origin) -> str:
    """What a person reads: a code in words, days and numbers as the answers write them."""
    known = of_column(origin.entity, origin.field) or BY_NAME.get(origin.field)
    if known is not None and (known.words or known.is_country):
        return value_text(known.name, origin.value, known.entity)
    return as_text(origin.value)


def _data(origin: Origin) -> dict[str, Any]:
    return {
        "entity": origin.entity,
        "id": origin.entity_id,
        "field": origin.field,
        "value": origin.value,
        "act": origin.act,
        "at": origin.at,
        "who": origin.who,
        "file": origin.file_name,
        "sheet": origin.sheet,
        "row": origin.row,
        "cell": origin.cell,
        "header": origin.header,
        "mended": origin.mended,
        "cells": {cell.column: cell.text for cell in origin.cells},
    }


RUNS: Mapping[str, Run] = {
    "origin": show_origin,
}
"""What does each command of this module."""
