# SPDX-License-Identifier: Apache-2.0
"""The catalogues are complete and well set, and the tool that keeps them can tell."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

import catalogues

ROOT = Path(__file__).resolve().parent.parent


def french(msgid: str | tuple[str, str], text: str | tuple[str, ...]) -> list[str]:
    catalogue = Catalog(locale="fr", fuzzy=False)
    return catalogues.message_faults(catalogue.add(msgid, text), "fr")


@pytest.fixture
def a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small program of its own, with empty catalogues."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "screen.py").write_text(
        '_("Record a decision…")\n'
        'ngettext("{n} person", "{n} people", 2)\n'
        'pgettext("month", "May")\n'
        'N_("Deadlines")\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(catalogues, "PACKAGE", package)
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path / "locale")
    return tmp_path


def test_the_catalogues_are_complete_in_both_languages() -> None:
    assert catalogues.problems() == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_two_plural_forms_follow_the_language(language: str) -> None:
    catalogue = catalogues.load(language)
    assert catalogue.num_plurals == 2
    assert catalogue.plural_expr == {"fr": "(n > 1)", "en": "(n != 1)"}[language]


def test_a_new_sentence_waits_in_french_and_translates_itself_in_english(a_project: Path) -> None:
    catalogues.main([])

    assert catalogues.missing() == {
        "Deadlines": "Deadlines",
        "Record a decision…": "Record a decision…",
        "month\u0004May": "May",
        "{n} person": ["{n} person", "{n} people"],
    }
    english = catalogues.load("en")
    assert english.get("{n} person").string == ("{n} person", "{n} people")
    assert {line.partition(":")[0] for line in catalogues.problems()} == {"fr"}


def test_translations_come_in_by_a_file_and_are_set_in_french(a_project: Path) -> None:
    file = a_project / "french.json"
    translations = {
        "Record a decision…": "Noter l'issue : décision…",
        "Deadlines": "Échéances",
        "month\u0004May": "mai",
        "{n} person": ["{n} personne", "{n} personnes"],
    }
    file.write_text(json.dumps(translations), encoding="utf-8")
    catalogues.main([])

    assert catalogues.main(["--fill", str(file)]) == 0

    assert catalogues.problems() == []
    assert (
        catalogues.load("fr").get("Record a decision…").string == "Noter l’issue\u00a0: décision…"
    )


def test_a_refused_translation_leaves_the_catalogue_as_it_was(a_project: Path) -> None:
    catalogues.main([])

    refused = catalogues.fill({"{n} person": ["{m} personne", "{n} personnes"], "Gone": "Parti"})

    assert len(refused) == 2
    assert "{n} person" in catalogues.missing()


def test_a_sentence_that_left_the_code_leaves_the_catalogues(a_project: Path) -> None:
    catalogues.main([])
    (a_project / "package" / "screen.py").write_text('_("Deadlines")\n', encoding="utf-8")

    assert any("no longer in the code" in line for line in catalogues.problems())
    catalogues.main([])

    assert [message.id for message in catalogues.sentences(catalogues.load("fr"))] == ["Deadlines"]


def test_catalogues_do_not_depend_on_where_sentences_stand(a_project: Path) -> None:
    catalogues.main([])
    before = catalogues.po_file("fr").read_bytes()
    screen = a_project / "package" / "screen.py"
    lines = screen.read_text("utf-8").splitlines(keepends=True)
    screen.write_text("\n\n" + "".join(reversed(lines)), encoding="utf-8")

    catalogues.main([])

    assert catalogues.po_file("fr").read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        "l'invitation",
        "Statut : ouvert",
        "Statut: ouvert",
        "Vraiment ?",
        "Attention\u00a0!",
        "un ; deux",
        "« Nom\u00a0»",
        "«\u00a0Nom »",
        "86 %",
        "Ouvrir...",
    ],
)
def test_french_typography_is_checked(text: str) -> None:
    assert catalogues.french_faults(text)
    assert not catalogues.french_faults(catalogues.set_in_french(text)) or "Statut:" in text


@pytest.mark.parametrize(
    "text",
    [
        "l’invitation",
        "Statut\u00a0: ouvert",
        "à 10:30",
        "«\u00a0Nom\u00a0»",
        "86\u00a0%",
        "Ouvrir…",
        "Registres (*.imp);;Tous les fichiers (*)",
        "<span style='color: red'>Non</span>",
        "Vraiment?!",
        "255,50\u00a0$",
        "{day:%Y}",
    ],
)
def test_well_set_french_passes(text: str) -> None:
    assert catalogues.french_faults(text) == []


def test_placeholders_must_be_the_same() -> None:
    assert french("{n} places in {year}", "{n} places en {year}") == []
    assert french("{n} places in {year}", "{n} places") != []
    assert french(("One place", "{n} places"), ("{n} place", "{n} places")) == []
    assert french(("One place", "{n} places"), ("Une place", "des places")) != []


@pytest.mark.long
def test_the_tool_runs_as_a_script() -> None:
    command = [sys.executable, str(ROOT / "tools" / "catalogues.py"), "--missing"]
    answer = subprocess.run(command, capture_output=True, check=True)
    assert isinstance(json.loads(answer.stdout), dict)


def test_a_compiling_that_fails_leaves_nothing_aside(
    a_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogues.main([])

    def fails(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(catalogues, "write_mo", fails)
    with pytest.raises(OSError, match="full"):
        catalogues.compile_all()
    folders = [catalogues.po_file(language).parent for language in catalogues.LANGUAGES]
    assert {file.name for folder in folders for file in folder.iterdir()} == {
        "imp_plus.mo",
        "imp_plus.po",
    }


def strings(tree: ast.AST) -> list[ast.Constant]:
    """The strings of a module that stand in no call that translates, its docstrings left out."""
    spoken = {"_", "N_", "ngettext", "pgettext"}
    left: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in spoken:
            left.update(ast.walk(node))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            left.add(node.value)
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return [node for node in found if node not in left and isinstance(node.value, str)]


def test_quotation_marks_are_those_of_the_language_in_use() -> None:
    """A mark outside of a sentence that is translated is English in a French window too."""
    paths = [p for room in ("ui", "words") for p in (catalogues.PACKAGE / room).rglob("*.py")]
    found = [
        f"{path.relative_to(catalogues.PACKAGE)}:{one.lineno}"
        for path in paths
        for one in strings(ast.parse(path.read_text(encoding="utf-8")))
        if set("“”«»") & set(str(one.value))
    ]
    assert found == []
    assert len(paths) > 300


def test_a_folder_of_the_computer_is_never_called_as_a_file_of_a_person_is() -> None:
    """« Ouvrir le dossier » would lead to either of them."""
    said: dict[str, set[str]] = {}
    of_qt = "Folder"  # the kind of an entry, in Qt's own dialog of files
    for message in catalogues.sentences(catalogues.load("fr")):
        if message.id == of_qt:
            continue
        if isinstance(message.id, str) and isinstance(message.string, str):
            said.setdefault(message.string.replace("&", ""), set()).add(message.id.lower())
    alike = {
        french: ids
        for french, ids in said.items()
        if any("folder" in one for one in ids) and any("folder" not in one for one in ids)
    }
    assert alike == {}
