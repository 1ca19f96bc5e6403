# SPDX-License-Identifier: Apache-2.0
"""One change to many: foreseen first, then carried out as one act with one undo.

    Change(service, each)                   what is done to each: a call of the service for one
    foresee(office, change, targets) -> Plan          who would change, who not and why
    carry_out(office, change, targets, plan) -> Done  the same, kept, if all is as it was foreseen

No rule stands here: each target is put to the service that does it for one, in a part of the act
of its own. What that service refuses is left out with its own reason; all the others go in.
Foreseeing is doing it and keeping nothing, so that both give the same answer, also of the places
of the cap, which are taken one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, fields
from functools import cached_property

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import DomainError, Refused
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.services.office import person_file, rule_overrides
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.words import messages

AHEAD = 200
"""So many files are read at once."""

SEVERAL = "several"
"""Why the register is copied first."""
FILES = "files"
"""Among the counts of an act: how many files, applications or deadlines it was about."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to each of many.

    `service` is what the journal calls it. `each` does it to one target, by its id, with the
    service that does it to one, and raises what that refuses. `people` says in whose file each
    target is, in their order: by default the targets are people. `in_order` gives the order in
    which they come up where it matters, by default as they were chosen.
    """

    service: str
    each: Callable[[Office, int], object]
    people: Callable[[Office, Sequence[int]], Sequence[int]] | None = None
    in_order: Callable[[Office, Sequence[int]], Sequence[int]] | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody to whom it is not done, and what the service says of it."""

    target: int
    why: DomainError

    @property
    def told(self) -> tuple[int, str]:
        return self.target, f"{self.why.code} {sorted(self.why.parameters.items())}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of each target: `changes`, `same` (it is so already), or `left_out`.

    `counts` are those of the act: `over_cap`, say, of receipts.
    """

    changes: tuple[int, ...] = ()
    same: tuple[int, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    def is_plain(self) -> bool:
        """Whether all of them change, or need not, and nothing else comes of it."""
        return bool(self.changes) and not self.left_out and not self.counts.get("over_cap")

    def agrees(self, other: Plan) -> bool:
        """Whether the other one says the same of everybody."""
        ours, theirs = ({one.told for one in plan.left_out} for plan in (self, other))
        return (self.changes, self.same, ours) == (other.changes, other.same, theirs) and (
            self.counts == other.counts
        )


@dataclass(frozen=True, slots=True)
class Done:
    """`act` is None where nothing changed."""

    act: ActId | None
    plan: Plan


def rules_of(left: LeftOut) -> tuple[str, ...]:
    """The rules that keep somebody out, none where it is something else."""
    return tuple(one.rule for one in rule_overrides.findings_of(left.why) if one.blocks)


def why_text(left: LeftOut) -> str:
    """Why somebody is left out: what the rules say, else the sentence of the refusal."""
    blocking = [one for one in rule_overrides.findings_of(left.why) if one.blocks]
    return " · ".join(messages.finding_text(one) for one in blocking) or messages.error_text(
        left.why
    )


class OtherwiseNow(Refused):
    """Another desk has changed something since it was foreseen; nothing was kept."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("otherwise_now")
        self.plan = plan


class _OnlyForeseen(Exception):
    """Nothing of it is kept."""


def foresee(
    office: Office, change: Change, targets: Sequence[int], progress: Progress | None = None
) -> Plan:
    """Who would change, who not and why. Nothing is kept, and nothing copied.

    Nobody else can write meanwhile. Errors: Cancelled.
    """
    plan = Plan()
    try:
        with office.unkept(change.service) as act:
            plan = _run(office, act, change, targets, progress)
            raise _OnlyForeseen
    except _OnlyForeseen:
        return plan


def carry_out(
    office: Office,
    change: Change,
    targets: Sequence[int],
    plan: Plan | None = None,
    progress: Progress | None = None,
) -> Done:
    """Do it as one act, to all whom nothing keeps from it.

    With a `plan`, it must be as that foresaw it. Errors: OtherwiseNow, Cancelled; StorageError
    changed_meanwhile. Then nothing is kept.
    """
    # What is done to one alone can be taken back as easily as it was done.
    copy = SEVERAL if len(targets) > 1 else None
    with office.act(change.service, copy=copy) as act:
        done = _run(office, act, change, targets, progress)
        if plan is not None and not plan.agrees(done):
            raise OtherwiseNow(done)
        act.details["counts"] = {**done.counts, FILES: len(done.changes)}
    return Done(act.id, done)


def _run(
    office: Office, act: Act, change: Change, targets: Sequence[int], progress: Progress | None
) -> Plan:
    within = WithinAct.of(office, act)
    chosen = list(dict.fromkeys(targets))
    ordered = list(chosen if change.in_order is None else change.in_order(within, chosen))
    changes, same, left_out = list[int](), list[int](), list[LeftOut]()
    for start in range(0, len(ordered), AHEAD):
        some = ordered[start : start + AHEAD]
        owners = some if change.people is None else change.people(within, some)
        within.read_ahead(owners)
        act.read_ahead(("person", owner) for owner in owners)
        for place, (target, owner) in enumerate(zip(some, owners, strict=True), start=start):
            if progress is not None:
                progress.step(place, len(ordered))
            before = act.change_count
            try:
                # What takes several steps for one target goes in whole, too.
                with within.at_work(owner), act.part():
                    change.each(within, target)
            except DomainError as error:
                left_out.append(LeftOut(target, error))
            else:
                (changes if act.change_count > before else same).append(target)
    counts = act.details.pop("counts", {})
    told = dict(counts) if isinstance(counts, Mapping) else {}
    return Plan(tuple(changes), tuple(same), tuple(left_out), told)


class WithinAct(Office):
    """The office within an act that is open: what a service calls its act is a part of that one.

    Files are read by the hundred: one by one they would take ten times as long.
    """

    _open: Act
    _ahead: dict[int, PersonFile]
    _owner: int

    @classmethod
    def of(cls, office: Office, act: Act) -> WithinAct:
        within = cls(**{one.name: getattr(office, one.name) for one in fields(Office)})
        within.__dict__.update(_open=act, _ahead={}, _owner=0)
        return within

    def read_ahead(self, people: Sequence[int]) -> None:
        """Read the files of these people, of whom nothing is written yet."""
        self._ahead.clear()
        self._ahead.update(person_file.files_of(self, people))

    @contextmanager
    def at_work(self, person: int) -> Iterator[None]:
        """Work on somebody's file, which is read anew once something of it is written."""
        self.__dict__["_owner"] = person
        try:
            yield
        finally:
            self._ahead.pop(person, None)

    def file_ahead(self, person_id: int) -> PersonFile | None:
        return self._ahead.get(person_id)

    @cached_property
    def _programme(self) -> Programme:
        return super().programme()

    def programme(self) -> Programme:
        """As of the beginning: nothing of the programme changes within the act."""
        return self._programme

    @contextmanager
    def act(
        self,
        service: str,
        *,
        copy: str | None = None,
        source_name: str | None = None,
        source_sha256: str | None = None,
    ) -> Iterator[Act]:
        """A part of the act that is open: whole or not at all. What the service keeps with its act
        is joined to what is kept already."""
        act, before = self._open, self._open.details
        act.details = {}
        try:
            with act.part():
                yield act
            act.details = _joined(before, act.details)
        except BaseException:
            act.details = before
            raise
        finally:
            self._ahead.pop(self._owner, None)


def _joined(before: Mapping[str, object], more: Mapping[str, object]) -> dict[str, object]:
    """What an act keeps, of several parts: counts add up, findings stand once."""
    joined = {**before, **more}
    counts, own = before.get("counts"), more.get("counts")
    if isinstance(counts, Mapping) and isinstance(own, Mapping):
        joined["counts"] = {k: counts.get(k, 0) + own.get(k, 0) for k in {**counts, **own}}
    first, then = before.get("findings"), more.get("findings")
    if isinstance(first, list) and isinstance(then, list):
        joined["findings"] = [*first, *(finding for finding in then if finding not in first)]
    aside, set_aside = before.get("overrides"), more.get("overrides")
    if isinstance(aside, Mapping) and isinstance(set_aside, Mapping):
        joined["overrides"] = {**aside, **set_aside}
    return joined
