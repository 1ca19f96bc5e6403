# SPDX-License-Identifier: Apache-2.0
"""The house's dataclasses are Python's own in all that the house does with them."""

import ast
import copy
import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, field, replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from imp_plus_desktop.domain.classes import dataclass

PACKAGE = Path(__file__).parents[1] / "imp_plus_desktop"
Maker = Callable[..., Any]


def made(dataclass: Maker, **options: bool) -> Any:
    """A class with each kind of field that there is."""

    @dataclass(**options)
    class Kept:
        """Somebody."""

        name: str
        born: int | None = None
        words: list[str] = field(default_factory=list)
        aside: str = field(default="", compare=False, repr=False)
        more: dict[str, int] = field(default_factory=dict, hash=False)

    return Kept


@pytest.mark.parametrize("options", [{}, {"frozen": True, "slots": True}])
def test_a_field_that_nobody_gives_comes_from_what_follows_the_constructor(
    options: dict[str, bool],
) -> None:
    for maker in (dataclasses.dataclass, dataclass):

        @maker(**options)
        class Kept:
            name: str = "a"
            width: int = field(init=False)

            def __post_init__(self) -> None:
                object.__setattr__(self, "width", len(self.name))

        assert (Kept("abc").width, Kept().width) == (3, 1)
        assert asdict(Kept("ab")) == {"name": "ab", "width": 2}


def told(do: Callable[[], object]) -> object:
    """What comes of it: a value, or the failure with its words."""
    try:
        return do()
    except Exception as failure:
        return type(failure), str(failure)


def refused(do: Callable[[], object]) -> bool:
    """Whether it fails: Python's own stumbles over itself where it means to refuse."""
    return isinstance(told(do), tuple)


OPTIONS: list[dict[str, bool]] = [
    {},
    {"frozen": True},
    {"slots": True},
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "eq": False},
]
QUESTIONS: dict[str, Callable[[Any], object]] = {
    "places": lambda cls: asdict(cls("a", 1, ["b"], "c")),
    "names": lambda cls: asdict(cls(words=["b"], name="a")),
    "nothing": lambda cls: cls(),
    "too much": lambda cls: cls("a", 1, [], "", {}, "e"),
    "an unknown one": lambda cls: cls("a", unknown=1),
    "words of two": lambda cls: cls("a").words is cls("a").words,
    "repr": lambda cls: repr(cls("a", aside="hidden")).rpartition(".")[2],
    "the same": lambda cls: (cls("a") == cls("a"), cls("a") == cls("b"), cls("a") != cls("b")),
    "aside": lambda cls: cls("a", aside="one") == cls("a", aside="other"),
    "another class": lambda cls: cls("a") == "a",
    "hash": lambda cls: len({cls("a", words=()), cls("a", words=())}),
    "hash of a list": lambda cls: hash(cls("a")) and "a number",
    "hash is there": lambda cls: cls.__hash__ is None,
    "replaced": lambda cls: asdict(replace(cls("a", 1), born=2)),
    "copied": lambda cls: asdict(copy.deepcopy(cls("a", 1, ["b"]))),
    "matched": lambda cls: cls.__match_args__,
    "assigned": lambda cls: setattr(cls("a"), "name", "b"),
    "assigned something else": lambda cls: refused(lambda: setattr(cls("a"), "other", "b")),
    "slots": lambda cls: hasattr(cls("a"), "__dict__"),
    "names of fields": lambda cls: [one.name for one in dataclasses.fields(cls)],
}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_a_class_answers_as_one_of_pythons_own(options: dict[str, bool], question: str) -> None:
    ask = QUESTIONS[question]
    own, pythons = made(dataclass, **options), made(dataclasses.dataclass, **options)

    def answer(cls: Any) -> object:
        return told(lambda: ask(cls))

    assert answer(own) == answer(pythons)
    assert answer(own) == answer(pythons), "and so again, once the constructor is there"


def test_what_a_class_says_itself_stays() -> None:
    @dataclass(frozen=True, slots=True)
    class Own:
        name: str

        def __repr__(self) -> str:
            return "own"

        def __eq__(self, other: object) -> bool:
            return True

    @dataclass(frozen=True)
    class Hashed:
        name: str

        def __hash__(self) -> int:
            return 7

    assert (repr(Own("a")), Own("a") == "b", hash(Hashed("a"))) == ("own", True, 7)
    assert hash(Own("a")) == hash(Own("a"))


def test_a_class_stands_on_another_and_each_has_its_own_constructor() -> None:
    @dataclass(frozen=True, slots=True)
    class Base:
        name: str
        born: int = 1

    @dataclass(frozen=True, slots=True)
    class Further(Base):
        born: int = 2
        died: int | None = None

    class Plain(Further):
        pass

    assert (Further("a").born, Base("a").born, Plain("a", died=3).died) == (2, 1, 3)
    assert Base("a", 2) != Further("a", 2)
    assert repr(Plain("a")).endswith("Plain(name='a', born=2, died=None)")


def test_what_follows_the_making_is_called() -> None:
    @dataclass
    class Doubled:
        number: int

        def __post_init__(self) -> None:
            self.number *= 2

    assert Doubled(2).number == 4


@dataclass(frozen=True, slots=True)
class Sent:
    """What goes to another process."""

    name: str
    born: int = 0


def test_an_object_that_cannot_be_changed_goes_to_another_process() -> None:
    sent = Sent("a", 1)
    assert pickle.loads(pickle.dumps(sent)) == sent
    with pytest.raises(FrozenInstanceError):
        del sent.name


def test_threads_that_make_the_first_object_together_make_the_same() -> None:
    cls, found = made(dataclass, frozen=True, slots=True), []
    threads = [Thread(target=lambda: found.append(cls("a", 1))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [cls("a", 1)] * 8


def test_no_class_is_compiled_whole_when_its_module_is_loaded() -> None:
    """Never by Python's own: a start waits for what is loaded."""
    taken = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "dataclasses" in (text := path.read_text("utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and node.module == "dataclasses"
        if "dataclass" in [name.name for name in node.names]
    ]
    assert taken == ["domain/classes.py"]


def test_the_constructor_is_compiled_when_the_first_object_is_made() -> None:
    program = (
        "import dataclasses, imp_plus_desktop.domain.records.person as person;"
        "made = [vars(c)['__init__'].__name__ for c in vars(person).values()"
        " if dataclasses.is_dataclass(c) and c.__module__ == person.__name__];"
        "print(set(made))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "{'construct'}"
