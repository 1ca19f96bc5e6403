# SPDX-License-Identifier: Apache-2.0
"""All commands: what each is for, where its grammar and work are, and when it stores nothing.

Each module is imported by the function that names it: a command line waits for none but its own.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from imp_plus_desktop.cli import stores_nothing
from imp_plus_desktop.cli.care.table import CARE
from imp_plus_desktop.cli.figures.table import FIGURES
from imp_plus_desktop.cli.programmes.table import PROGRAMMES
from imp_plus_desktop.cli.server.table import SERVER
from imp_plus_desktop.i18n import N_

if TYPE_CHECKING:
    from imp_plus_desktop.cli.answers.answer import Run


def _always(_args: Namespace) -> bool:
    return True


def _never(_args: Namespace) -> bool:
    return False


def _list_grammar(commands: Any) -> None:
    from imp_plus_desktop.cli.grammar.list_parser import add

    add(commands)


def _people_grammar(commands: Any) -> None:
    from imp_plus_desktop.cli.grammar.people_parser import add

    add(commands)


def _care_grammar(commands: Any) -> None:
    from imp_plus_desktop.cli.grammar.care_parser import add

    add(commands)


def _quota_grammar(commands: Any) -> None:
    from imp_plus_desktop.cli.grammar.quota_parser import add

    add(commands)


def _office_grammar(commands: Any) -> None:
    from imp_plus_desktop.cli.grammar.office_parser import add

    add(commands)


def _verdict_grammar(commands: Any) -> None:
    from imp_plus_desktop.cli.grammar.verdict_parser import add

    add(commands)


def _family_grammar(commands: Any) -> None:
    from imp_plus_desktop.cli.grammar.family_parser import add

    add(commands)


def _agenda_grammar(commands: Any) -> None:
    from imp_plus_desktop.cli.grammar.agenda_parser import add

    add(commands)


def _flag_grammar(commands: Any) -> None:
    from imp_plus_desktop.cli.grammar.flag_parser import add

    add(commands)


def _way_grammar(commands: Any) -> None:
    from imp_plus_desktop.cli.ways.grammar import add

    add(commands)


def _way_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.ways.commands import RUNS

    return RUNS


def _letter_grammar(commands: Any) -> None:
    from imp_plus_desktop.cli.letters.grammar import add

    add(commands)


def _privacy_grammar(commands: Any) -> None:
    from imp_plus_desktop.cli.privacy.grammar import add

    add(commands)


def _privacy_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.privacy.commands import RUNS

    return RUNS


def _letter_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.letters.commands import RUNS

    return RUNS


def _support_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.support.commands import RUNS

    return RUNS


def _register_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.commands.register_commands import RUNS

    return RUNS


def _origin_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.commands.origin_commands import RUNS

    return RUNS


def _list_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.commands.list_commands import RUNS

    return RUNS


def _people_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.commands.people_commands import RUNS

    return RUNS


def _restore_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.commands.restore_commands import RUNS

    return RUNS


def _quota_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.commands.quota_commands import RUNS

    return RUNS


def _report_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.commands.report_commands import RUNS

    return RUNS


def _office_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.commands.office_commands import RUNS

    return RUNS


def _bin_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.commands.bin_commands import RUNS

    return RUNS


def _verdict_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.commands.verdict_commands import RUNS

    return RUNS


def _family_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.commands.family_commands import RUNS

    return RUNS


def _agenda_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.commands.agenda_commands import RUNS

    return RUNS


def _flag_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.commands.flag_commands import RUNS

    return RUNS


class Command(NamedTuple):
    """A command: what it is for, its group's grammar, the module that does it (none for what opens
    no register), and when it stores nothing: then it makes no register that it does not find."""

    purpose: str
    grammar: Callable[[Any], None]
    room: Callable[[], Mapping[str, Run]] | None
    reads: Callable[[Namespace], bool]


_OFFICE = (_office_grammar, _office_room)
_PEOPLE = (_people_grammar, _people_room)
_PRIVACY = (_privacy_grammar, _privacy_room)
_QUOTA = (_quota_grammar, _quota_room)

COMMANDS: Mapping[str, Command] = {
    "import": Command(
        N_("import a list of people or of families"),
        _list_grammar,
        _register_room,
        lambda args: bool(args.dry_run),
    ),
    "review": Command(
        N_("rows held because someone is very like them"), _list_grammar, _register_room, _always
    ),
    "resolve": Command(N_("say who a held row is"), _list_grammar, _register_room, _never),
    "origin": Command(
        N_("where the values of a file come from"), _list_grammar, _origin_room, _always
    ),
    "undo": Command(
        N_("undo an act, the last one by default"), _list_grammar, _register_room, _always
    ),
    "add": Command(N_("add a person by hand"), *_PEOPLE, _never),
    "people": Command(N_("list or search people"), _people_grammar, _list_room, _always),
    "show": Command(N_("show a person’s whole file"), *_PEOPLE, _always),
    "set": Command(N_("set one field of a person"), *_PEOPLE, _never),
    "document": Command(N_("record where a document stands"), *_PEOPLE, _never),
    "verdict": Command(N_("say whether a person may apply, and why"), *_PEOPLE, _always),
    "receive": Command(N_("record an application that IRCC received"), *_PEOPLE, _never),
    "decide": Command(N_("record a decision"), *_PEOPLE, _never),
    "permit": Command(N_("record an issued permit"), *_PEOPLE, _never),
    "member": Command(N_("add a member of a person’s family"), *_PEOPLE, _never),
    "member-receive": Command(N_("record a member’s application"), *_PEOPLE, _never),
    "export": Command(N_("write a list to Excel"), _care_grammar, _register_room, _always),
    "template": Command(
        N_("write an empty list to fill in"), _care_grammar, _register_room, _never
    ),
    "backup": Command(N_("copy the register, verified"), _care_grammar, _register_room, _always),
    **{name: Command(*told) for name, told in CARE.items()},
    "restore": Command(
        N_("put a copy in the register’s place"), _care_grammar, _restore_room, _always
    ),
    "rescue": Command(N_("save what a damaged file holds"), _care_grammar, _restore_room, _always),
    "rebuild": Command(N_("make a register of its journal"), _care_grammar, _restore_room, _always),
    "check": Command(N_("check the whole register"), _care_grammar, _register_room, _always),
    "journal": Command(
        N_("who did what, the latest first"), _care_grammar, _register_room, _always
    ),
    "passphrase": Command(
        N_("encrypt the register, or no longer"), _care_grammar, _register_room, _always
    ),
    "support": Command(
        N_("a report for whoever helps, without any name"), _care_grammar, _support_room, _always
    ),
    **{name: Command(*told) for name, told in FIGURES.items()},
    **{name: Command(*told) for name, told in SERVER.items()},
    "self-test": Command(
        N_("run the main job on the shipped demo list"), _care_grammar, None, _always
    ),
    "demo": Command(N_("make a register of invented people"), _care_grammar, None, _always),
    "quota": Command(N_("the cap’s board of a year"), *_QUOTA, _always),
    "try-year": Command(N_("the board of a year with other figures"), *_QUOTA, _always),
    "cap": Command(N_("set a year’s limit from a day on"), *_QUOTA, _never),
    "official": Command(N_("record an official count"), *_QUOTA, _never),
    "overcap": Command(N_("who is over the cap, and what is still open"), *_QUOTA, _always),
    "overcap-close": Command(N_("close an item of the over-cap list"), *_QUOTA, _never),
    "switch": Command(N_("choose what uses a place in a year"), *_QUOTA, _never),
    "programme": Command(
        N_("show or change the programme’s windows"),
        _quota_grammar,
        _quota_room,
        lambda args: args.name is None,
    ),
    "report": Command(
        N_("the report of a week, a quarter or a year"), _quota_grammar, _report_room, _always
    ),
    "pivot": Command(
        N_("count a list by two of its columns"),
        _quota_grammar,
        _report_room,
        lambda args: args.save is None,
    ),
    "pivots": Command(N_("the cross tables kept by name"), _quota_grammar, _report_room, _always),
    "archive": Command(N_("put a year away, verified"), _quota_grammar, _report_room, _always),
    "close": Command(N_("close a quarter or a year"), _quota_grammar, _report_room, _never),
    "assign": Command(N_("say who answers for files"), *_OFFICE, _never),
    "contact": Command(N_("log a contact with a person"), *_OFFICE, _never),
    "contact-delete": Command(N_("take a contact out of the log"), *_OFFICE, _never),
    "death": Command(N_("record the death of a principal"), *_OFFICE, _never),
    "letter": Command(N_("record a letter, or one that is reissued"), *_OFFICE, _never),
    "rename": Command(N_("record a change of name"), *_OFFICE, _never),
    "merge": Command(N_("make one file of two; the first one stays"), *_OFFICE, _always),
    "duplicates": Command(N_("files that may be one person"), *_OFFICE, _always),
    "delete": Command(
        N_("move a file to the bin, with all that is in it"), _office_grammar, _bin_room, _never
    ),
    "bin": Command(N_("the files in the bin"), _office_grammar, _bin_room, _always),
    "erase": Command(N_("destroy a file for good, with proof"), *_PRIVACY, _always),
    "access": Command(N_("give a person all that is held of them"), *_PRIVACY, _always),
    "retention": Command(N_("the files that are to be destroyed"), *_PRIVACY, _always),
    "assessment": Command(N_("write the privacy impact assessment"), *_PRIVACY, _always),
    "hold": Command(N_("put a file under a legal hold, or lift it"), *_PRIVACY, _never),
    "privacy": Command(N_("how files are kept"), *_PRIVACY, lambda args: not args.values),
    "incident": Command(N_("enter a confidentiality incident"), *_PRIVACY, _never),
    "incidents": Command(N_("the register of confidentiality incidents"), *_PRIVACY, _always),
    "restore-file": Command(
        N_("bring a file back from the bin"), _office_grammar, _bin_room, _never
    ),
    "routes": Command(N_("the other routes to a work permit"), *_OFFICE, _never),
    "route": Command(N_("record an application under another route"), *_OFFICE, _never),
    "route-delete": Command(N_("take an other route out of a file"), *_OFFICE, _never),
    "entry": Command(
        N_("what a nationality needs to enter"),
        _office_grammar,
        _office_room,
        lambda args: args.requirement is None,
    ),
    "what-if": Command(
        N_("the verdict if findings were turned"), _verdict_grammar, _verdict_room, _always
    ),
    "checks": Command(N_("check the numbers of a file"), _verdict_grammar, _verdict_room, _always),
    "mrz": Command(
        N_("read the two lines at the foot of a passport"),
        _verdict_grammar,
        _verdict_room,
        lambda args: args.ref is None,
    ),
    "wording": Command(
        N_("say whether the form carries the wording"), _verdict_grammar, _verdict_room, _never
    ),
    "residence": Command(
        N_("where a person lives, with its proof"),
        _verdict_grammar,
        _verdict_room,
        lambda args: args.action == "list",
    ),
    "family": Command(
        N_("the family, and what rests on the principal"), _family_grammar, _family_room, _always
    ),
    "member-set": Command(
        N_("set one field of a family member"), _family_grammar, _family_room, _never
    ),
    "fees": Command(
        N_("what a file owes, has paid and is owed back"), _family_grammar, _family_room, _always
    ),
    "pay": Command(N_("record a payment, or a refund"), _family_grammar, _family_room, _never),
    "pay-delete": Command(
        N_("take out a payment recorded by mistake"), _family_grammar, _family_room, _never
    ),
    "documents": Command(
        N_("the checklist of a file’s documents"), _family_grammar, _family_room, _always
    ),
    "attach": Command(
        N_("keep a file as the scan of a document"), _family_grammar, _family_room, _never
    ),
    "extract": Command(
        N_("write the scan of a document to a file"), _family_grammar, _family_room, _always
    ),
    "detach": Command(N_("untie a document from its scan"), _family_grammar, _family_room, _never),
    "prepare": Command(N_("begin a person’s application"), _agenda_grammar, _agenda_room, _never),
    "state": Command(
        N_("move an application to another state"), _agenda_grammar, _agenda_room, _never
    ),
    "discard": Command(
        N_("drop an application never submitted"), _agenda_grammar, _agenda_room, _never
    ),
    "portal": Command(
        N_("what IRCC’s portal says, line by line"), _agenda_grammar, _agenda_room, _always
    ),
    "request": Command(N_("record what IRCC asks for"), _agenda_grammar, _agenda_room, _never),
    "request-done": Command(
        N_("record that a request is met"), _agenda_grammar, _agenda_room, _never
    ),
    "request-delete": Command(N_("take out a request"), _agenda_grammar, _agenda_room, _never),
    "clocks": Command(N_("a person’s requests and clocks"), _agenda_grammar, _agenda_room, _always),
    "permit-edit": Command(
        N_("record what is printed on a permit"), _agenda_grammar, _agenda_room, _never
    ),
    "permit-delete": Command(
        N_("take out a permit that is a mistake"), _agenda_grammar, _agenda_room, _never
    ),
    "permits": Command(
        N_("a person’s permits, gaps and lost days"), _agenda_grammar, _agenda_room, _always
    ),
    "work": Command(N_("record where a person works"), _agenda_grammar, _agenda_room, _never),
    "work-delete": Command(N_("take out an entry of work"), _agenda_grammar, _agenda_room, _never),
    "deadlines": Command(N_("what falls due"), _agenda_grammar, _agenda_room, _always),
    "deadline": Command(
        N_("say that a deadline is seen, or move it"), _agenda_grammar, _agenda_room, _never
    ),
    "letters": Command(
        N_("write letters from the office’s templates"),
        _letter_grammar,
        _letter_room,
        stores_nothing.letters,
    ),
    **{name: Command(*told) for name, told in PROGRAMMES.items()},
    "endings": Command(N_("whose permit ends, and the ways on"), _way_grammar, _way_room, _always),
    "way": Command(
        N_("a person’s ways on, or the one to take"), _way_grammar, _way_room, stores_nothing.ways
    ),
    "pr": Command(
        N_("the stages of permanent residence"), _way_grammar, _way_room, stores_nothing.stages
    ),
    "settle": Command(
        N_("let a finding on a file’s history stand"), _flag_grammar, _flag_room, _never
    ),
    "unsettle": Command(N_("open a settled finding again"), _flag_grammar, _flag_room, _never),
}
