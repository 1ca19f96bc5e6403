# SPDX-License-Identifier: Apache-2.0
"""`restore`: what a copy would change, and putting it in the register's place.

It also works where the register is gone, empty or damaged. The passphrase of a copy that the
register's own does not open comes from the environment or a prompt, never from an argument.
"""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from imp_plus_desktop.bootstrap import PASSPHRASE_VARIABLE
from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import Answer, Run, complain
from imp_plus_desktop.domain.reads.prospects import Prospect
from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.domain.values.errors import Cancelled, Refused, StorageError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office import restoring
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import anew, rescue
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.words import messages
from imp_plus_desktop.words.copy_texts import prospect_lines
from imp_plus_desktop.words.proof import rescue_texts
from imp_plus_desktop.words.proof.check_texts import head_text

_T = TypeVar("_T")


def restore(office: Office, args: Namespace) -> Answer:
    """With a register that opens."""
    prospect, given = _with_key(lambda key: restoring.look(office, args.file, key))
    data = _data(prospect)
    lines = prospect_lines(prospect)
    if args.dry_run:
        return Answer(data, [*lines, _("Nothing was changed: dry run.")])
    if not args.yes:
        _ask(prospect, lines)
    act = restoring.restore(office, args.file, given)
    said = _("The register is restored; what it held before is among its copies.")
    told = {"restored": str(args.file), "people": people.count(office), "act": act}
    return Answer(told, [said, output.act_line(act)])


def _ask(prospect: Prospect, lines: list[str]) -> None:
    """Have a person say yes where something would go; a script must say so itself."""
    if sys.stdin.isatty() and sys.stderr.isatty():
        if prospect.would_lose or prospect.is_other:
            print("\n".join(lines), file=sys.stderr)
            print(_("Restore this copy? [y/N] "), end="", file=sys.stderr, flush=True)
            if sys.stdin.readline().strip().lower() not in ("y", "yes", "o", "oui"):
                raise Cancelled
    elif prospect.is_other:
        raise Refused("restore_needs_yes")


def _data(prospect: Prospect) -> dict[str, Any]:
    return {
        "people": prospect.copy.people,
        "acts": prospect.copy.acts,
        "newest_act": _act_data(prospect.copy.newest),
        "would_lose": prospect.would_lose,
        "would_bring": prospect.would_bring,
        "other_register": prospect.is_other,
        "people_now": prospect.present.people,
        "acts_now": prospect.present.acts,
    }


def _act_data(act: ActRow | None) -> Any:
    return act.at if act is not None else None


def rebuild(office: Office, args: Namespace) -> Answer:
    done = anew.rebuild(office, args.new)
    lines = [
        _("Made anew from the journal: {path}").format(path=done.path),
        output.labelled(_("Head of the journal"), head_text(done.head)),
        _("It holds the same as the register, table by table.")
        if not done.differing
        else output.labelled(_("It differs from the register in"), ", ".join(done.differing)),
    ]
    data = {
        "path": str(done.path),
        "people": done.people,
        "acts": done.acts,
        "head": done.head,
        "same": not done.differing,
        "differing": list(done.differing),
    }
    return Answer(data, lines, 1 if done.differing else 0)


def rescue_damaged(office: Office, args: Namespace) -> Answer:
    """What can be read of a file that no register opens, in a new one."""
    passphrase = os.environ.get(PASSPHRASE_VARIABLE, "")
    if not passphrase and sys.stdin.isatty():
        passphrase = getpass.getpass(_("Passphrase (empty for none): "))
    done = rescue.rescue(office, args.damaged, args.new, passphrase)
    rescued, passed = done.rescued, done.report.passed
    lines = [_("Rescued into {path}").format(path=done.path), *rescue_texts.lines(done)]
    data = {
        "path": str(done.path),
        "people": done.people,
        "acts": rescued.acts,
        "acts_read": rescued.acts_read,
        "rows": rescued.rows,
        "earlier": rescued.earlier,
        "lost": [
            {"table": one.table, "count": one.count, "ids": list(one.ids)} for one in rescued.lost
        ],
        "check": dict(done.report.parts),
    }
    return Answer(data, lines, 0 if passed and not rescued.lost else 1)


def bring_back(args: Namespace, settings: Settings, path: Path, why: StorageError) -> Answer:
    """Where no register opens: a copy becomes the register."""
    if args.dry_run or why.code not in restoring.REPLACEABLE:
        raise why
    passphrase = os.environ.get(PASSPHRASE_VARIABLE, "")
    user = settings.user_name or "—"

    def bring(key: str | None) -> restoring.BroughtBack:
        return restoring.bring_back(
            path, args.file, passphrase=passphrase, given=key, clock=Clock(args.today), user=user
        )

    done, _given = _with_key(bring)
    lines = [_("The register is made anew from the copy."), output.act_line(done.act)]
    if done.kept is not None:
        lines.append(_("What stood in its place is kept as {name}.").format(name=done.kept.name))
    return Answer({"restored": str(args.file), "people": done.people, "act": done.act}, lines)


def _with_key(work: Callable[[str | None], _T]) -> tuple[_T, str | None]:
    """Do it, with the copy's own passphrase where it needs one."""
    given = os.environ.get(restoring.COPY_PASSPHRASE_VARIABLE) or None
    while True:
        try:
            return work(given), given
        except StorageError as error:
            if error.code not in ("copy_key_needed", "copy_key_wrong") or not sys.stdin.isatty():
                raise
            if error.code == "copy_key_wrong":
                complain(messages.error_text(error))
        given = getpass.getpass(_("Passphrase of the copy: "))
        if not given:
            raise Cancelled


RUNS: Mapping[str, Run] = {
    "restore": restore,
    "rebuild": rebuild,
    "rescue": rescue_damaged,
}
"""What does each command of this module."""
