# SPDX-License-Identifier: Apache-2.0
"""What would become of many, in lines: who changes, who need not, who is left out and why.

    lines(plan, noun, names) -> list[FindingLine]
    Noun                                      what is counted: files, applications, deadlines

People whom one reason keeps out stand in one line. Where the sentence differs from one to the
next, the line has the rule's title and the tooltip what is said of each. Must not judge.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from enum import Enum

from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.several.many import LeftOut, Plan, rules_of, why_text
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine
from imp_plus_desktop.words.messages import rule_title

_NAMED = 12
"""So many names stand in a line, and so many lines in a tooltip."""
_ALONE = 3
"""So few have a line each, with what is said of them."""

Names = Callable[[Sequence[int]], Mapping[int, str]]
"""The names of some targets, by their ids."""


class Noun(Enum):
    """What is counted."""

    FILES = "files"
    APPLICATIONS = "applications"
    DEADLINES = "deadlines"

    def will_change(self, count: int) -> str:
        """`12 files will change.`"""
        words = {
            Noun.FILES: ngettext("{count} file will change.", "{count} files will change.", count),
            Noun.APPLICATIONS: ngettext(
                "{count} application will change.", "{count} applications will change.", count
            ),
            Noun.DEADLINES: ngettext(
                "{count} deadline will change.", "{count} deadlines will change.", count
            ),
        }
        return words[self].format(count=format_number(count))

    def counted(self, count: int) -> str:
        """`12 files`"""
        words = {
            Noun.FILES: ngettext("{count} file", "{count} files", count),
            Noun.APPLICATIONS: ngettext("{count} application", "{count} applications", count),
            Noun.DEADLINES: ngettext("{count} deadline", "{count} deadlines", count),
        }
        return words[self].format(count=format_number(count))


def lines(plan: Plan, noun: Noun, names: Names) -> list[FindingLine]:
    """What is foreseen, the changes first."""
    count = len(plan.changes)
    found = [FindingLine(Tone.OK if count else Tone.PLAIN, noun.will_change(count))]
    if over := plan.counts.get("over_cap", 0):
        words = ngettext(
            "{count} of them finds no place left in the cap, and is recorded as cancelled over it.",
            "{count} of them find no place left in the cap, and are recorded as cancelled over it.",
            over,
        )
        found.append(FindingLine(Tone.BAD, words.format(count=format_number(over))))
    if same := len(plan.same):
        words = ngettext("{count} needs no change.", "{count} need no change.", same)
        found.append(FindingLine(Tone.PLAIN, words.format(count=format_number(same))))
    return [*found, *_left_out(plan.left_out, names)]


def _left_out(left_out: Sequence[LeftOut], names: Names) -> list[FindingLine]:
    groups: dict[tuple[str, str], list[LeftOut]] = defaultdict(list)
    for one in left_out:
        groups[one.why.code, ",".join(rules_of(one))].append(one)
    found: list[FindingLine] = []
    for group in sorted(groups.values(), key=len, reverse=True):
        said = {one.target: why_text(one) for one in group}
        if len(group) <= _ALONE and len(set(said.values())) > 1:
            found += [_line([one], said[one.target], names) for one in group]
        elif len(set(said.values())) == 1:
            found.append(_line(group, said[group[0].target], names))
        else:
            found.append(_line(group, _rules(group[0]) or said[group[0].target], names, said))
    return found


def _rules(one: LeftOut) -> str:
    """The rules that keep somebody out, by their titles."""
    rules = rules_of(one)
    if not rules:
        return ""
    words = ngettext("Rule not met: {rules}", "Rules not met: {rules}", len(rules))
    return words.format(rules=" · ".join(map(rule_title, rules)))


def _line(
    group: Sequence[LeftOut], why: str, names: Names, said: Mapping[int, str] | None = None
) -> FindingLine:
    count = len(group)
    # Why is a sentence of its own, which may have a colon.
    words = ngettext("{count} is left out. {why}", "{count} are left out. {why}", count).format(
        count=format_number(count), why=why
    )
    shown = group[:_NAMED]
    called = names([one.target for one in shown])
    who = [called.get(one.target, "") for one in shown]
    told = "; ".join(name for name in who if name)
    if more := count - len(shown):
        others = ngettext("and {count} other", "and {count} others", more)
        told = f"{told} {others.format(count=format_number(more))}"
    tip = ""
    if said is not None:
        pair = _("{name}: {value}")
        tip = "\n".join(
            pair.format(name=name, value=said[one.target])
            for name, one in zip(who, shown, strict=True)
        )
    return FindingLine(Tone.WARN, words, told, tip)
