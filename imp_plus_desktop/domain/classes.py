# SPDX-License-Identifier: Apache-2.0
"""Dataclasses whose constructor is compiled when their first object is made.

`dataclasses.dataclass` writes and compiles up to eight methods for each class when its module is
loaded: a fifth of a start went by in that, most of it for classes of which the start makes nothing.
What is made here behaves the same (a test compares both), and is as fast once it is made.
"""

from __future__ import annotations

import dataclasses
import reprlib
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True):
        """Make a class a dataclass, with those options of Python's own that this house uses."""
        if cls is None:
            return lambda cls: _made(cls, frozen, slots, eq)
        return _made(cls, frozen, slots, eq)


__all__ = ["dataclass"]


def _made(plain: Any, frozen: bool, slots: bool, eq: bool) -> Any:
    said = {name for name, value in vars(plain).items() if value is not None}
    plain.__doc__ = plain.__doc__ or plain.__name__  # to make one up costs as much as all else
    cls: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(plain)
    fields = dataclasses.fields(cls)
    methods = {"__init__": _constructor_to_be(cls, frozen)}
    methods["__repr__"] = _representation([field.name for field in fields if field.repr])
    if eq:
        compared = [field.name for field in fields if field.compare]
        hashed = [f.name for f in fields if (f.compare if f.hash is None else f.hash)]
        methods["__eq__"], methods["__hash__"] = _comparison(compared, hashed if frozen else None)
    if frozen:
        methods["__setattr__"] = methods["__delattr__"] = _refusal
    if frozen and slots:
        methods["__getstate__"], methods["__setstate__"] = _copying([one.name for one in fields])
    for name, method in methods.items():
        if name not in said:
            setattr(cls, name, method)
    return cls


def _constructor_to_be(cls: Any, frozen: bool) -> Any:
    """What puts the compiled constructor in its own place when it is first called."""

    def construct(self: Any, /, *values: Any, **named: Any) -> None:
        cls.__init__ = _constructor(cls, frozen)
        cls.__init__(self, *values, **named)

    return construct


def _constructor(cls: Any, frozen: bool) -> Any:
    known: dict[str, Any] = {"_set": object.__setattr__, "_left_out": dataclasses.MISSING}
    taken, lines = ["self"], []
    for field in dataclasses.fields(cls):
        name = value = field.name
        if not field.init:
            continue  # `__post_init__` gives it its value
        if field.default is not dataclasses.MISSING:
            known[f"_default_{name}"] = field.default
            taken.append(f"{name}=_default_{name}")
        elif field.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = field.default_factory
            taken.append(f"{name}=_left_out")
            value = f"_make_{name}() if {name} is _left_out else {name}"
        else:
            taken.append(name)
        lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(taken)}):\n " + "\n ".join(lines or ["pass"]), known)
    made: Any = known["__init__"]
    made.__qualname__, made.__module__ = f"{cls.__qualname__}.__init__", cls.__module__
    return made


def _representation(names: list[str]) -> Any:
    @reprlib.recursive_repr()
    def shown(self: Any) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({values})"

    return shown


def _comparison(compared: list[str], hashed: list[str] | None) -> tuple[Any, Any]:
    values, own = _values(compared), _values(hashed or [])

    def equal(self: Any, other: Any) -> Any:
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    def told(self: Any) -> int:
        return hash(own(self))

    return equal, None if hashed is None else told


def _values(names: list[str]) -> Any:
    return attrgetter(*names) if names else lambda _self: ()


def _refusal(_self: Any, name: str, *_value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _copying(names: list[str]) -> tuple[Any, Any]:
    """What hands on the values of an object that refuses to be given any, and sets them."""

    def state(self: Any) -> list[object]:
        return [getattr(self, name) for name in names]

    def restored(self: Any, values: list[object]) -> None:
        for name, value in zip(names, values, strict=True):
            object.__setattr__(self, name, value)

    return state, restored
