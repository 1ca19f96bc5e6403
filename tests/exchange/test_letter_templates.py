# SPDX-License-Identifier: Apache-2.0
"""Templates of letters are looked at and filled in a process of their own, whatever they try."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest
from jinja2 import TemplateError
from letter_builders import part, template, text_of, with_parts
from reading_here import filled_here

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.correspondence import letter_process
from imp_plus_desktop.exchange.correspondence.environment import LetterEnvironment
from imp_plus_desktop.exchange.correspondence.filled import PAGE, PAGES, Mistake
from imp_plus_desktop.exchange.correspondence.letter_process import check, fill

pytestmark = pytest.mark.child

KNOWN = {
    "full_name": (),
    "passport_expiry": (),
    "apply_by": (),
    "members": ("full_name", "birth_date"),
    "missing_documents": (),
}


@pytest.fixture(params=["in its process", "in the tests' own"])
def _asked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is harmless is asked of the child’s code in the tests’ own process too."""
    if request.param != "in its process":
        monkeypatch.setattr(letter_process, "ask_child", filled_here)


BOTH = pytest.mark.usefixtures("_asked")
OFTEN_HERE = pytest.mark.many("in the tests' own")
"""A few are asked of a real child every day, the others in the long run."""


def refusal(content: bytes, values: Mapping[str, str] | None = None) -> str:
    with pytest.raises(ExchangeError) as raised:
        fill(content, [values or {"full_name": "Nadia Khoury"}])
    return raised.value.code


def mistakes(*lines: str | list[str]) -> list[Mistake]:
    return list(check(template(*lines), KNOWN).mistakes)


@BOTH
def test_a_letter_says_what_its_fields_hold_and_keeps_what_is_written_as_text() -> None:
    made = template(
        "Bonjour {{ full_name }},", "{% if apply_by %}Avant le {{ apply_by }}.{% endif %}"
    )
    first, second = fill(
        made,
        [
            {"full_name": "Aïcha D’Amours & <b>fils</b>", "apply_by": ""},
            {"full_name": "Bob {{ x }}", "apply_by": "1er mars 2025"},
        ],
    )
    assert text_of(first.docx) == ["Bonjour Aïcha D’Amours & <b>fils</b>,", ""]
    assert text_of(second.docx) == ["Bonjour Bob {{ x }},", "Avant le 1er mars 2025."]
    assert "&amp; &lt;b&gt;fils&lt;/b&gt;" in first.sheet.body


@BOTH
@OFTEN_HERE
def test_a_list_is_gone_through_and_an_address_keeps_its_lines() -> None:
    made = template(
        "{{ apply_by }}", "{%p for x in members %}", "{{ x.full_name }}", "{%p endfor %}", "Fin"
    )
    values = {
        "apply_by": "12, rue A\nBeyrouth",
        "members": [{"full_name": "A"}, {"full_name": "B"}],
    }
    (letter,) = fill(made, [values])
    assert text_of(letter.docx) == ["12, rue A\nBeyrouth", "A", "B", "Fin"]
    assert "12, rue A<br/>Beyrouth" in letter.sheet.body


@BOTH
@OFTEN_HERE
def test_a_field_that_word_has_cut_into_pieces_is_one_field() -> None:
    made = template(["Bonjour {", "{ full_", "name }", "}"])
    assert check(made, KNOWN).mistakes == ()
    assert text_of(fill(made, [{"full_name": "Nadia"}])[0].docx) == ["Bonjour Nadia"]


@BOTH
@OFTEN_HERE
def test_what_a_letter_needs_is_told_from_what_it_only_says_if_it_is_known() -> None:
    found = check(template("{{ full_name }}", "{% if apply_by %}{{ apply_by }}{% endif %}"), KNOWN)
    assert found.used == ("full_name", "apply_by")
    assert found.needed == ("full_name",)


@BOTH
def test_each_mistake_names_the_field_and_the_line() -> None:
    assert mistakes("Votre passeport {{ pasport_expiry }} expire") == [
        Mistake(
            "unknown_field",
            "pasport_expiry",
            "Votre passeport {{ pasport_expiry }} expire",
            "passport_expiry",
        )
    ]
    assert mistakes("Avant le {{ apply_by } svp") == [
        Mistake("tag_open", "{{", "Avant le {{ apply_by } svp")
    ]
    assert mistakes("{{ apply by }}") == [
        Mistake("tag_unreadable", "{{ apply by }}", "{{ apply by }}")
    ]
    assert [one.code for one in mistakes("{% if apply_by %}", "x")] == ["tag_not_closed"]
    assert [one.code for one in mistakes("x", "{% endif %}")] == ["tag_closes_nothing"]
    assert [one.code for one in mistakes("{% for x in members %}{{ x.age }}{% endfor %}")] == [
        "unknown_field"
    ]


@BOTH
@OFTEN_HERE
def test_a_mistake_in_the_head_of_the_letter_is_told_too() -> None:
    found = check(template("x", head="{{ office }}"), KNOWN)
    assert [(one.code, one.tag) for one in found.mistakes] == [("unknown_field", "office")]


PROGRAMS = (
    "{{ cycler.__init__.__globals__ }}",
    "{{ full_name.__class__.__mro__ }}",
    "{{ full_name.upper() }}",
    "{{ range(10) }}",
    "{{ 'a' * 1000000000 }}",
    "{{ 10 ** 10 }}",
    "{% set x = full_name %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{{ full_name|attr('__class__') }}",
    "{{ full_name['x'] }}",
    "{{ '%s'|format(full_name) }}",
    "{{ lipsum }}",
)


@BOTH
def test_a_template_that_is_a_program_is_refused_before_it_runs() -> None:
    found = check(template(*PROGRAMS), KNOWN)
    assert {one.line for one in found.mistakes} == set(PROGRAMS)
    for tag in PROGRAMS:
        with pytest.raises(TemplateError):
            LetterEnvironment().from_string(tag).render(full_name="x")
    assert refusal(template("Bonjour {{ full_name.__class__ }}")) == "template_unreadable"
    assert refusal(template("Bonjour {{ lipsum }}")) == "template_fails"


@pytest.mark.parametrize("where", ["head", "title"])
def test_it_is_refused_wherever_it_stands_in_the_document(where: str) -> None:
    content = template("x", **{where: "{{ ''.__class__.__mro__ }}"})
    assert check(content, KNOWN).mistakes != ()
    assert refusal(content) == "template_unreadable"


def test_a_template_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter_process, "_SECONDS", 2.0)
    turns = "".join(f"{{% for x{n} in members %}}" for n in range(8))
    content = template(turns + "{% endfor %}" * 8)
    with pytest.raises(ExchangeError) as raised:
        fill(content, [{"members": [{"full_name": "x"}] * 60}])
    assert raised.value.code == "template_stalls"


def test_a_template_that_would_fill_the_memory_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter_process, "_SECONDS", 3.0)
    turns = "".join(f"{{% for x{n} in members %}}" for n in range(4))
    content = template(turns + "{{ full_name }}" + "{% endfor %}" * 4)
    values = {"full_name": "x" * 100_000, "members": [{"full_name": "x"}] * 60}
    with pytest.raises(ExchangeError) as raised:
        fill(content, [values])
    assert raised.value.code in {"letter_too_large", "template_stalls"}


@BOTH
@OFTEN_HERE
def test_what_is_no_word_document_is_said_so() -> None:
    for content in (b"Bonjour", b"PK\x03\x04rest", b"%PDF-1.7\n", b"MZ\x90"):
        assert refusal(content) == "template_not_docx"
    cut = template("x")
    assert refusal(cut[: len(cut) // 2]) == "template_not_docx"


def test_macros_embedded_files_and_parts_from_elsewhere_are_refused() -> None:
    content = template("x")
    assert refusal(with_parts(content, {"word/vbaProject.bin": b"x"})) == "template_macros"
    relations = part(content, "word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/attachedTemplate" Target="https://example.org/x.dotm"'
        b' TargetMode="External"/></Relationships>',
    )
    outside = with_parts(content, {"word/_rels/document.xml.rels": relations})
    assert refusal(outside) == "template_outside"


def test_an_entity_neither_reads_a_file_nor_swells(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("very secret")
    content = template("x")
    body = part(content, "word/document.xml").decode()
    head = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    told = re.sub(r"(<w:document )", head + r"\1", body, count=1).replace(">x<", ">&e;<")
    hostile = with_parts(content, {"word/document.xml": told.encode()})
    try:
        (letter,) = fill(hostile, [{}])
    except ExchangeError:
        return
    assert "very secret" not in json.dumps(text_of(letter.docx)) + letter.sheet.body


@BOTH
@OFTEN_HERE
def test_a_package_that_swells_is_refused_by_what_it_declares() -> None:
    content = with_parts(template("x"), {"word/media/x.bin": b"\0" * (61 * 1024 * 1024)})
    assert len(content) < 1_000_000
    assert refusal(content) == "letter_too_large"


@BOTH
@OFTEN_HERE
def test_lists_tables_pictures_and_page_numbers_become_pages() -> None:
    document = docx.Document()
    document.add_paragraph("Un", style="List Bullet")
    document.add_paragraph("Premier", style="List Number")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Jour", "Heure"
    red = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
        b"\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92"
        b"\xef\x00\x00\x00\x00IEND\xaeB`\x82"
    )
    document.add_picture(io.BytesIO(red))
    paragraph = document.sections[0].footer.paragraphs[0]
    for code in ("PAGE", "NUMPAGES"):
        paragraph._element.append(
            docx.oxml.parse_xml(
                '<w:fldSimple xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/'
                f'main" w:instr=" {code} "><w:r><w:t>9</w:t></w:r></w:fldSimple>'
            )
        )
    made = io.BytesIO()
    document.save(made)
    (letter,) = fill(made.getvalue(), [{}])
    sheet = letter.sheet
    assert re.search(r"•.<span[^>]*>Un</span>", sheet.body)
    assert re.search(r"1\..<span[^>]*>Premier</span>", sheet.body)
    assert re.search(r"<td[^>]*><p[^>]*><span[^>]*>Heure</span></p></td>", sheet.body)
    assert sheet.pictures == {"picture-1": red}
    assert sheet.foot.count(PAGE) == sheet.foot.count(PAGES) == 1
    assert "9" not in re.sub(r"<[^>]*>", "", sheet.foot)


@pytest.mark.long
def test_a_letter_of_hundreds_is_made_in_batches_and_in_order() -> None:
    steps: list[tuple[int, int]] = []
    letters = [{"full_name": f"Nom {number}"} for number in range(60)]
    made = fill(
        template("{{ full_name }}"), letters, progress=lambda at, of: steps.append((at, of))
    )
    assert [text_of(one.docx)[0] for one in made] == [one["full_name"] for one in letters]
    assert steps == [(0, 60), (25, 60), (50, 60)]


def test_what_is_filled_opens_in_word_as_it_was_packed() -> None:
    (letter,) = fill(template("{{ full_name }}", head="x"), [{"full_name": "Nadia"}])
    with zipfile.ZipFile(io.BytesIO(letter.docx)) as package:
        assert package.testzip() is None
        assert "word/document.xml" in package.namelist()
