# SPDX-License-Identifier: Apache-2.0
"""A frozen class made quickly answers as one that Python makes."""

import copy
import dataclasses
import inspect
import pickle
from dataclasses import KW_ONLY, FrozenInstanceError, field
from typing import Any, ClassVar, Generic, TypeVar

import pytest

from imp_plus_desktop.domain.frozen import dataclass as quick

T = TypeVar("T")


def both(cls: type[Any]) -> tuple[type[Any], type[Any]]:
    """The class as Python makes it, and as it is made here; each of a body of its own."""
    bodies = [dict(cls.__dict__) for _ in range(2)]
    for body in bodies:
        body.pop("__dict__", None)
        body.pop("__weakref__", None)
    python, ours = (type(cls)(cls.__name__, cls.__bases__, body) for body in bodies)
    return (
        dataclasses.dataclass(frozen=True, slots=True)(python),
        quick(frozen=True, slots=True)(ours),
    )


class Plain:
    """With values that are given and values that are not."""

    number: int
    text: str = "none"
    found: list[int] = field(default_factory=list, compare=False)
    hidden: int = field(default=3, repr=False, hash=False)
    constant: ClassVar[int] = 9


class Named:
    first: int
    _: KW_ONLY
    second: int = 2
    third: int


class Worked:
    given: int
    made: int = field(init=False, default=1)
    listed: tuple[int, ...] = field(init=False, default_factory=tuple)

    def __post_init__(self) -> None:
        object.__setattr__(self, "made", self.given * 2)

    def __repr__(self) -> str:
        return "own"


class Odd:
    value: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.value % 2 == other.value % 2

    def __hash__(self) -> int:
        return self.value % 2


class Empty:
    pass


class Of(Generic[T]):
    value: T


CALLS: list[tuple[type[Any], tuple[Any, ...], dict[str, Any]]] = [
    (Plain, (1,), {}),
    (Plain, (1, "two", [3], 4), {}),
    (Plain, (1,), {"hidden": 5}),
    (Named, (1,), {"third": 3}),
    (Worked, (4,), {}),
    (Odd, (5,), {}),
    (Empty, (), {}),
    (Of, ("x",), {}),
]


@pytest.mark.parametrize(("kind", "given", "named"), CALLS)
def test_an_instance_holds_says_and_hashes_what_python_s_own_does(
    kind: type[Any], given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    python, ours = both(kind)
    one, other = python(*given, **named), ours(*given, **named)
    assert dataclasses.asdict(other) == dataclasses.asdict(one)
    assert repr(other) == repr(one)
    assert hash(other) == hash(one)
    assert other == ours(*given, **named)
    assert other != one
    assert inspect.signature(ours).parameters.keys() == inspect.signature(python).parameters.keys()
    assert ours.__match_args__ == python.__match_args__
    assert ours.__slots__ == python.__slots__
    assert not hasattr(other, "__dict__")


@pytest.mark.parametrize(("kind", "given", "named"), CALLS)
def test_an_instance_is_copied_and_changed_only_into_another(
    kind: type[Any], given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    one = both(kind)[1](*given, **named)
    assert copy.copy(one) == one
    assert copy.deepcopy(one) == one
    assert dataclasses.replace(one) == one
    for name in [*(told.name for told in dataclasses.fields(one)), "stranger"]:
        with pytest.raises((FrozenInstanceError, AttributeError)):
            setattr(one, name, 1)
        with pytest.raises((FrozenInstanceError, AttributeError)):
            delattr(one, name)


@quick(frozen=True, slots=True)
class Kept:
    day: str
    count: int = 0


@quick(frozen=True, slots=True)
class Heir(Kept):
    more: int = 1


def test_an_instance_outlives_its_process() -> None:
    assert pickle.loads(pickle.dumps(Kept("a", 2))) == Kept("a", 2)
    assert pickle.loads(pickle.dumps(Heir("a", 2, 3))) == Heir("a", 2, 3)


def test_a_class_inherits_from_one_and_adds_its_own_fields() -> None:
    assert repr(Heir("a", more=5)) == "Heir(day='a', count=0, more=5)"
    assert Heir("a") != Kept("a")
    assert hash(Heir("a")) == hash(("a", 0, 1))
    with pytest.raises(FrozenInstanceError):
        Heir("a").count = 2  # type: ignore[misc]


def test_what_is_missing_or_too_much_is_refused_as_by_python() -> None:
    for wrong in ((), (1, "two", [], 3, 4)):
        for made in both(Plain):
            with pytest.raises(TypeError):
                made(*wrong)


def test_any_other_kind_of_class_is_left_to_python() -> None:
    @quick(slots=True)
    class Open:
        value: int

    changed = Open(1)
    changed.value = 2
    assert changed == Open(2)
    with pytest.raises(TypeError):
        hash(changed)
