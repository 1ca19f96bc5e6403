# SPDX-License-Identifier: Apache-2.0
"""What a template may say: fields, conditions on them, and going through lists; nothing else.

A template is a program. Whatever part of the document it stands in, its tree is looked at before
it runs: no call, no arithmetic, nothing named with an underscore. What is left runs in Jinja's
sandbox, on plain texts, without any of its functions.
"""

from __future__ import annotations

from typing import Any, NoReturn

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment

FILTERS = frozenset({"upper", "lower", "capitalize", "title", "trim", "join", "length", "default"})
LOOP = frozenset({"index", "first", "last", "length"})
_TESTS = frozenset({"defined", "undefined", "none"})
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Filter,
    nodes.If,
    nodes.CondExpr,
    nodes.For,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Test,
    nodes.Concat,
)


class NotAllowed(SecurityError):
    """The template asks for something that letters do not do. The message is what it is."""


class LetterEnvironment(SandboxedEnvironment):
    """Jinja for letters."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.tests = {name: self.tests[name] for name in _TESTS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        refuse(tree)
        return tree

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Nothing of Python's own: members of what is gone through are found by their names."""
        return False

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A member of what is gone through, by its name."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)


def refuse(tree: nodes.Node) -> None:
    """Raise NotAllowed for the first part of a template that letters do not have."""
    for node in (tree, *tree.find_all(nodes.Node)):
        if isinstance(node, (nodes.Filter, nodes.Test)):
            known = FILTERS if isinstance(node, nodes.Filter) else _TESTS
            if node.name not in known or node.dyn_args or node.dyn_kwargs:
                _not(node.name)
        elif isinstance(node, nodes.Getattr):
            if node.attr.startswith("_"):
                _not(node.attr)
        elif isinstance(node, nodes.Keyword):
            continue
        elif not isinstance(node, _ALLOWED):
            _not(type(node).__name__.lower())


def _not(what: str) -> NoReturn:
    raise NotAllowed(what)
