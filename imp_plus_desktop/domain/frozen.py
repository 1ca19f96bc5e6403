# SPDX-License-Identifier: Apache-2.0
"""`dataclass` as Python has it, which makes a frozen class with slots in a third of the time.

    from imp_plus_desktop.domain.frozen import dataclass

The program has hundreds of such classes, all made before its first answer. Python 3.11 and 3.12
write and compile the source of six methods for each of them; here one is compiled, `__init__`, and
the others are functions over the names of the fields. What they answer is the same
(`tests/domain/test_frozen.py` sets them side by side). A class of any other kind, or one that
inherits from another such class, is left to Python, and so is every class from Python 3.13 on.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

_Made = type[Any]
_QUICK = sys.version_info < (3, 13)


def _dataclass(
    cls: _Made | None = None, /, *, frozen: bool = False, slots: bool = False, eq: bool = True
) -> Any:
    options = {"frozen": frozen, "slots": slots, "eq": eq}

    def make(cls: _Made) -> _Made:
        heir = any(hasattr(base, "__dataclass_fields__") for base in cls.__bases__)
        if not (_QUICK and frozen and slots and eq) or heir:
            return dataclasses.dataclass(cls, **options)
        return _quick(cls)

    return make if cls is None else make(cls)


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _dataclass


def _quick(cls: _Made) -> _Made:
    if cls.__doc__ is None:
        cls.__doc__ = cls.__name__  # else Python works out how it is called, for a text
    own = set(cls.__dict__)
    made = dataclasses.dataclass(cls, init=False, repr=False, eq=False, slots=True)
    made.__dataclass_params__ = _params(made.__dataclass_params__)
    told = dataclasses.fields(made)
    compared = [field.name for field in told if field.compare]
    hashed = [f.name for f in told if (f.compare if f.hash is None else f.hash)]
    methods = {
        "__init__": _init(made, told),
        "__repr__": _repr([field.name for field in told if field.repr]),
        "__eq__": _eq(_values(compared)),
        "__hash__": _hash(_values(hashed)),
        **_guards(made, frozenset(field.name for field in told)),
        "__getstate__": _state,
        "__setstate__": _set_state,
    }
    for name, method in methods.items():
        if name not in own or (name == "__hash__" and cls.__dict__["__hash__"] is None):
            setattr(made, name, method)
    return made


def _params(found: Any) -> Any:
    """What Python asks when a class inherits from this one, or an instance is told to change."""
    found.frozen = found.init = found.repr = found.eq = True
    return found


def _init(made: _Made, told: Sequence[dataclasses.Field[Any]]) -> Any:
    """The one method whose source is written: it is called for every row of a list."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_none": _NONE}
    plain: list[str] = []
    named: list[str] = []
    lines: list[str] = []
    for place, field in enumerate(told):
        name, value = field.name, field.name
        parameter = name
        if field.default is not dataclasses.MISSING:
            known[f"_d{place}"] = field.default
            parameter = f"{name}=_d{place}"
            value = name if field.init else f"_d{place}"
        elif field.default_factory is not dataclasses.MISSING:
            known[f"_f{place}"] = field.default_factory
            parameter = f"{name}=_none"
            value = f"_f{place}() if {name} is _none else {name}" if field.init else f"_f{place}()"
        elif not field.init:
            continue
        if field.init:
            (named if field.kw_only else plain).append(parameter)
        lines.append(f" _set(self, {name!r}, {value})")
    if hasattr(made, "__post_init__"):
        lines.append(" self.__post_init__()")
    parameters = ", ".join(["self", *plain, *(["*", *named] if named else [])])
    exec(f"def __init__({parameters}):\n" + "\n".join(lines or [" pass"]), known)
    return known["__init__"]


_NONE: Any = object()
"""That no value was given where a factory makes one."""


def _values(names: Sequence[str]) -> Callable[[Any], Any]:
    """The values of these fields: a tuple of them, as what is compared and hashed."""
    if len(names) > 1:
        return attrgetter(*names)
    if not names:
        return lambda _: ()
    one = attrgetter(names[0])
    return lambda instance: (one(instance),)


def _repr(names: Sequence[str]) -> Any:
    def __repr__(self: Any) -> str:  # noqa: N807
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({told})"

    return __repr__


def _eq(values: Callable[[Any], Any]) -> Any:
    def __eq__(self: Any, other: Any) -> Any:  # noqa: N807
        if other.__class__ is self.__class__:
            return values(self) == values(other)
        return NotImplemented

    return __eq__


def _hash(values: Callable[[Any], Any]) -> Any:
    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values(self))

    return __hash__


def _guards(made: _Made, names: frozenset[str]) -> dict[str, Any]:
    def __setattr__(self: Any, name: str, value: Any) -> None:  # noqa: N807
        if type(self) is made or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def __delattr__(self: Any, name: str) -> None:  # noqa: N807
        if type(self) is made or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    return {"__setattr__": __setattr__, "__delattr__": __delattr__}


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: Sequence[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
