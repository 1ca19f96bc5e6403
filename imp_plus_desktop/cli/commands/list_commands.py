# SPDX-License-Identifier: Apache-2.0
"""The command that lists people, apart from others: what adds and judges is not needed for it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING

from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import listed
from imp_plus_desktop.words.terms.code_names import name_of
from imp_plus_desktop.words.terms.search_texts import likely_text

if TYPE_CHECKING:
    from imp_plus_desktop.services.search.finding import Likely


def show_people(office: Office, args: Namespace) -> Answer:
    if args.as_of is None:
        return _people_of(office, args)
    from imp_plus_desktop.services.proof import anew

    with anew.as_of(office, args.as_of) as then:
        answer = _people_of(then, args)
    return Answer({**answer.data, "as_of": args.as_of}, answer.lines, answer.code)


def _people_of(office: Office, args: Namespace) -> Answer:
    clerk = office.settings.user_name if args.mine else args.clerk
    wanted = PeopleFilter(text=args.search or "", clerk=clerk, flagged=args.flagged)
    ids = listed.ids(office, wanted)
    shown = ids if args.limit is None else ids[: args.limit]
    rows = listed.rows(office, shown)
    likely = _likely(office, args.search) if args.search and not ids else []
    data: dict[str, object] = {
        "total": len(ids),
        "people": [
            {
                "id": row.id,
                "individual_reference": row.individual_reference,
                "uci": row.uci,
                "family_name": row.family_name,
                "given_names": row.given_names,
                "birth_date": row.birth_date,
                "citizenship": row.citizenship,
                "status": row.status,
                "verdict": row.verdict,
                "clerk": row.clerk,
                "last_contact": row.last_contact,
            }
            for row in rows
        ],
    }
    if args.search:
        data["did_you_mean"] = [_likely_data(one) for one in likely]
    lines = [
        f"#{row.id}  {row.individual_reference or '—'}  {row.name}  "
        f"{row.birth_date or '—'}  {name_of(row.status)}"
        for row in rows
    ]
    total = ngettext("{count} person", "{count} people", len(ids))
    lines.append(total.format(count=format_number(len(ids))))
    return Answer(data, [*lines, *map(_likely_line, likely)])


def _likely(office: Office, text: str) -> list[Likely]:
    # Only where nobody is found: it reads files, and brings all that tells of them.
    from imp_plus_desktop.services.search import finding

    return finding.alike(office, text)


def _likely_data(likely: Likely) -> dict[str, object]:
    person = likely.hit.file.person
    return {"person": person.id, "name": person.list_name, "because": likely.because}


def _likely_line(likely: Likely) -> str:
    person = likely.hit.file.person
    told = _("Did you mean {name}? ({because})").format(
        name=f"#{person.id}  {person.list_name}", because=likely_text(likely.because)
    )
    return f"? {told}"


RUNS: Mapping[str, Run] = {"people": show_people}
"""What does each command of this module."""
