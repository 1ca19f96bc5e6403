# SPDX-License-Identifier: Apache-2.0
"""The walls between the layers, and what every module must say of itself."""

import ast
import io
import sys
import tokenize
from collections import Counter
from pathlib import Path

import grimp
import importlinter.api
import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "imp_plus_desktop"
SOURCES = sorted(
    [
        *ROOT.glob("*.py"),
        *PACKAGE.rglob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "tools").rglob("*.py"),
    ]
)
MOST_LINES = 430
MOST_MODULES = 13
"""A module fits in a head at about 400 lines, a room is known at about a dozen modules."""
CLOCKS = {"today", "now", "utcnow"}


def names(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_import_contract_holds(capsys: pytest.CaptureFixture[str]) -> None:
    held = importlinter.api.use_cases.lint_imports(
        config_filename=str(ROOT / "pyproject.toml"), cache_dir=None, is_debug_mode=False
    )
    assert held, capsys.readouterr().out


def test_modules_and_rooms_are_small() -> None:
    modules = [path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py"]
    lengths = {names(path): len(path.read_text("utf-8").splitlines()) for path in modules}
    assert {name: count for name, count in lengths.items() if count > MOST_LINES} == {}
    rooms = Counter(names(path.parent) for path in modules)
    assert {name: count for name, count in rooms.items() if count > MOST_MODULES} == {}


LIBRARIES_OF_THE_DOMAIN = {("imp_plus_desktop.domain.values.slips", "rapidfuzz")}
"""Why there is one: docs/decisions.md, *A name's slips*."""


def test_the_domain_imports_the_standard_library_and_itself_only() -> None:
    graph = grimp.build_graph("imp_plus_desktop", include_external_packages=True, cache_dir=None)
    domain = {"imp_plus_desktop.domain", *graph.find_descendants("imp_plus_desktop.domain")}
    strangers = {
        (module, name)
        for module in domain
        for name in graph.find_modules_directly_imported_by(module) - domain
        if name not in sys.stdlib_module_names
    }
    assert strangers == LIBRARIES_OF_THE_DOMAIN


@pytest.mark.parametrize("source", sorted((PACKAGE / "domain").rglob("*.py")), ids=names)
def test_the_domain_reads_no_clock_and_no_file(source: Path) -> None:
    calls = [n for n in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(n, ast.Call)]
    methods = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
    functions = {call.func.id for call in calls if isinstance(call.func, ast.Name)}
    assert not methods & (CLOCKS | {"read_text", "read_bytes", "open"})
    assert "open" not in functions


def test_every_module_names_its_licence_and_says_what_it_is_for() -> None:
    """All in one test: in a test of its own each would take ten times as long."""
    heads = {names(source): head(source.read_text("utf-8")) for source in SOURCES}
    licence = "# SPDX-License-Identifier: Apache-2.0"
    assert {name: first for name, (first, _said) in heads.items() if first != licence} == {}
    assert [name for name, (_first, said) in heads.items() if not said] == []


def head(text: str) -> tuple[str, str]:
    """The first line of a module, and what it says of itself: no more of it is looked at."""
    lines = text.splitlines()
    first = lines[1] if lines[0].startswith("#!") else lines[0]
    told = tokenize.generate_tokens(io.StringIO(text).readline)
    left = (one for one in told if one.type not in (tokenize.COMMENT, tokenize.NL))
    said, end = next(left), next(left)
    is_said = said.type == tokenize.STRING and end.type == tokenize.NEWLINE
    return first, ast.literal_eval(said.string).strip() if is_said else ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('#!x\n# a\n\n"""What for.\nMore."""\nimport x\n', "What for.\nMore."),
        ('# a\nimport x\n"""Too late."""\n', ""),
        ('# a\n""" """\n', ""),
        ('# a\n"a" + x\n', ""),
    ],
)
def test_what_a_module_says_of_itself_is_seen(text: str, said: str) -> None:
    assert head(text) == ("# a", said)


SPOKEN = {"setToolTip", "setStatusTip", "setWhatsThis", "setAccessibleName"}
SPOKEN |= {"setAccessibleDescription"}
MARKUP_READERS = {"setHtml", "insertHtml", "setMarkdown", "setDefaultStyleSheet"}
MAY_READ_MARKUP = {"copying.py", "printing.py", "guide_page.py", "letter_pages.py"}
"""What they show is escaped, or the program's own."""


WATCHED = sorted(
    path
    for path in (PACKAGE / "ui").rglob("*.py")
    if any(name in path.read_text("utf-8") for name in (*SPOKEN, *MARKUP_READERS, "QLabel"))
)
"""Those that could say something so; in all others there is nothing to be looked for."""


@pytest.mark.parametrize("source", WATCHED, ids=names)
def test_tooltips_and_what_is_read_aloud_are_made_plain_in_one_place(source: Path) -> None:
    calls = [n for n in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(n, ast.Call)]
    methods = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
    classes = {call.func.id for call in calls if isinstance(call.func, ast.Name)}
    if source.name != "plain.py":
        assert not methods & SPOKEN, (
            "use set_tip, set_status, set_name, set_about of ui/look/plain.py"
        )
    if source.name not in MAY_READ_MARKUP:
        assert not methods & MARKUP_READERS
    if source.name != "labels.py":
        assert "QLabel" not in classes, "use label() of ui/widgets/labels.py, which is plain"
