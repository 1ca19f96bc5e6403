# SPDX-License-Identifier: Apache-2.0
"""The commands about files that should not be there: out into the bin, what it holds, and back."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.i18n import format_iso, ngettext
from imp_plus_desktop.services.history import file_bin
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.words.bin_texts import restored_text, taken_out_text


def delete(office: Office, args: Namespace) -> Answer:
    done = file_bin.delete(office, people.find(office, args.ref), args.reason)
    data = {"act": done.act, "person": done.person, "places": _places(done.places)}
    return Answer(data, [taken_out_text(done.name, done.places), output.act_line(done.act)])


def show_bin(office: Office, args: Namespace) -> Answer:
    found = file_bin.files(office, args.search)
    data = {
        "files": [
            {
                "person": file.person,
                "name": file_bin.name_of(file),
                "reference": file_bin.reference_of(file),
                "deleted_on": toronto_day(file.at),
                "by": file.who,
                "reason": file.reason,
                "act": file.act,
            }
            for file in found
        ]
    }
    lines = [
        f"#{file.person}  {file_bin.reference_of(file) or '—'}  {file_bin.name_of(file)}  "
        f"{format_iso(toronto_day(file.at))}  {file.who}  {file.reason}"
        for file in found
    ]
    total = ngettext("{count} file in the bin", "{count} files in the bin", len(found))
    return Answer(data, [*lines, total.format(count=len(found))])


def restore_file(office: Office, args: Namespace) -> Answer:
    done = file_bin.restore(office, file_bin.find(office, args.ref))
    data = {
        "act": done.act,
        "person": done.person,
        "places": _places(done.places),
        "over_cap": list(done.over_cap),
    }
    said = restored_text(done.name, done.places, done.over_cap)
    return Answer(data, [said, output.act_line(done.act)], 1 if done.over_cap else 0)


def _places(places: tuple[tuple[int, int], ...]) -> list[dict[str, int]]:
    return [{"year": year, "place": place} for year, place in places]


RUNS: Mapping[str, Run] = {
    "delete": delete,
    "bin": show_bin,
    "restore-file": restore_file,
}
"""What does each command of this module."""
