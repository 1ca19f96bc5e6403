# SPDX-License-Identifier: Apache-2.0
"""What was changed in a file, by whom, when, and from which row of which list: as lines to read.

    lines(changes, today, set_aside, papers) -> list[ActLine]    the latest first; one act on one
                                                                 entry, one line

Beside what was changed stands which papers about the person left the register.

Pure. Must not read the register.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from imp_plus_desktop.domain.reads.rows import ActRow, FieldChange
from imp_plus_desktop.domain.records.catalogue import FIELDS
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.widgets.lists import ActLine
from imp_plus_desktop.words.messages import act_text, entity_label, field_label
from imp_plus_desktop.words.terms.value_texts import value_text

_QUIET_FIELDS = frozenset(
    {"id", "person_id", "member_id", "application_id", "subject_id", "written_at"}
)
_OF_WHOLE_FILES = frozenset({"people.delete", "people.restore_file", "history.undo"})
# What an entry never lacks: where it comes from nothing the entry is new, to nothing it is gone.
_ALWAYS_HELD: Mapping[str, frozenset[str]] = {
    entity: frozenset(f.name for f in some if f.required and f.kind is not Kind.LINK)
    or frozenset(f.name for f in some if f.kind is not Kind.LINK)
    for entity, some in FIELDS.items()
}


def lines(
    changes: Sequence[FieldChange],
    today: date,
    set_aside: Mapping[ActId, Mapping[str, str]],
    papers: Sequence[ActRow] = (),
) -> list[ActLine]:
    """One line for each entry that an act touched, and one for each of the `papers`; `set_aside`
    are the rules that acts did not heed, each with its reason, told where the act is about an
    application."""
    made: list[ActLine] = []
    waiting = list(papers[::-1])
    for same in _entries(changes):
        while waiting and waiting[-1].id > same[0].act:
            made.append(_paper(waiting.pop(), len(made), today))
        first, number = same[0], len(made)
        at = first.at.astimezone()  # when somebody did something, by the clock on the wall
        told = [_whole_file(same) or _sentence(same)]
        if first.entity == "application":
            told += [
                _("{rule} set aside: {reason}").format(rule=rule, reason=reason)
                for rule, reason in set_aside.get(first.act, {}).items()
            ]
        made.append(ActLine(number, write.moment(at, today), first.who, "; ".join(told)))
    return made + [
        _paper(paper, len(made) + place, today) for place, paper in enumerate(waiting[::-1])
    ]


def _paper(paper: ActRow, number: int, today: date) -> ActLine:
    text = act_text(paper)
    at = paper.at.astimezone()
    return ActLine(number, write.moment(at, today), paper.who, f"{text[:1].upper()}{text[1:]}")


def _entries(changes: Sequence[FieldChange]) -> Iterator[list[FieldChange]]:
    """The changes by act and entry; a file that went or came back as one act is one."""
    for _act, group in itertools.groupby(changes, key=lambda c: c.act):
        own = list(group)
        if _whole_file(own):
            yield own
        else:
            groups = itertools.groupby(own, key=lambda c: (c.entity, c.entity_id))
            yield from (list(same) for _key, same in groups)


def _whole_file(changes: Sequence[FieldChange]) -> str:
    """What is said of an act by which a whole file went or came back; empty for any other."""
    if changes[0].service not in _OF_WHOLE_FILES:
        return ""
    named = [c for c in changes if c.entity == "person" and c.field == "family_name"]
    if any(change.before is None for change in named):
        return _("The whole file brought back")
    if any(change.after is None for change in named):
        return _("The whole file taken out")
    return ""


def _sentence(changes: Sequence[FieldChange]) -> str:
    entity = entity_label(changes[0].entity)
    told = [change for change in changes if change.field not in _QUIET_FIELDS]
    held = _ALWAYS_HELD.get(changes[0].entity, frozenset())
    is_whole = held <= {change.field for change in changes}
    if is_whole and all(change.before is None for change in changes):
        facts = [_fact(change, change.after) for change in told if change.after is not None]
        text = _("{entity} added: {facts}")
    elif is_whole and all(change.after is None for change in changes):
        facts = [_fact(change, change.before) for change in told if change.before is not None]
        text = _("{entity} removed: {facts}")
    else:
        facts = [_difference(change) for change in told]
        text = _("{entity}: {facts}")
    words = text.format(entity=entity, facts=", ".join(facts))
    where = origin_text(changes[0])
    return f"{words} ({where})" if where else words


def _fact(change: FieldChange, value: object) -> str:
    words = value_text(change.field, value, change.entity)
    name = field_label(change.field)
    return words if name == entity_label(change.entity) else f"{name} {words}"


def _difference(change: FieldChange) -> str:
    return _("{field} {before} → {after}").format(
        field=field_label(change.field),
        before=value_text(change.field, change.before, change.entity),
        after=value_text(change.field, change.after, change.entity),
    )


def origin_text(change: FieldChange) -> str:
    """The list, the sheet and the row that a change came from; empty for a hand's."""
    if change.source_name is None:
        return ""
    parts = [change.source_name]
    if change.sheet:
        parts.append(change.sheet)
    if change.row is not None:
        parts.append(_("row {row}").format(row=change.row))
    return ", ".join(parts)
