# SPDX-License-Identifier: Apache-2.0
"""Every code has its sentence, and sentences say only what they are given."""

import ast
import string
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.deadlines import deadlines
from imp_plus_desktop.domain.quota import forecast
from imp_plus_desktop.domain.quota.forecast import Projection
from imp_plus_desktop.domain.quota.quota import cap_02, cap_use
from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.domain.records.ids import ActId, PersonId
from imp_plus_desktop.domain.rules import findings
from imp_plus_desktop.domain.rules.findings import FactValue, Finding, RuleOutcome, Severity
from imp_plus_desktop.domain.rules.fixes import FIXES
from imp_plus_desktop.domain.rules.reasons import REASONS
from imp_plus_desktop.domain.rules.rules import RULES
from imp_plus_desktop.domain.values import codes
from imp_plus_desktop.domain.values.errors import (
    AppError,
    Cancelled,
    DomainError,
    ExchangeError,
    StorageError,
)
from imp_plus_desktop.exchange.lists.drafts import Issue
from imp_plus_desktop.words import (
    act_texts,
    error_sentences,
    error_texts,
    messages,
)
from imp_plus_desktop.words.care.health_texts import place_lines
from imp_plus_desktop.words.findings import finding_texts, rule_texts
from imp_plus_desktop.words.terms import code_names, likeness_texts

PACKAGE = Path(messages.__file__).parents[1]
ERRORS: dict[str, tuple[type[AppError], dict[str, str]]] = {
    "StorageError": (
        StorageError,
        {**error_sentences.STORAGE, **dict.fromkeys(error_texts.OF_STORAGE, "")},
    ),
    "ExchangeError": (ExchangeError, dict(error_sentences.EXCHANGE)),
    "DomainError": (
        DomainError,
        {**error_sentences.DOMAIN, **dict.fromkeys(error_texts.SPECIAL, "")},
    ),
}
IMPORT_CODES = [
    "missing_key", "missing_field", "bad_date", "bad_number", "bad_email", "bad_identifier",
    "odd_phone", "too_long",
    "cell_error", "no_result", "impossible_dates", "duplicate_in_file", "conflict_in_file",
    "unknown_country",
    "unknown_category", "unknown_status", "letter_before_programme",
    "letter_after_last_accepted_date", "lives_in_quebec", "possible_duplicate", "zero_restored",
    "unknown_principal", "digits_lost", "identifier_taken",
]  # fmt: skip
IMPORT_FIELDS = [
    "individual_reference", "uci", "file_number", "family_name", "given_names", "sex",
    "birth_date", "citizenship", "residence_country", "residence_province", "email", "phone",
    "csq_category", "csq_issue_date", "csq_expiry_date", "letter_date", "letter_received_date",
    "passport_number", "passport_expiry", "pr_number", "pr_filed_on", "pr_state", "canada_status",
    "canada_status_until", "r206", "r199", "spouse", "children", "application_number",
    "received_at", "outcome", "decided_on", "permit_number", "permit_from", "permit_until",
    "principal_reference", "relation", "wish",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


def a_fact(name: str) -> FactValue:
    numbers = {"days_left", "days_late", "lost_days", "age", "year", "cap", "used", "level"}
    numbers |= {"amount", "place", "application", "member", "months", "undated"}
    numbers |= {"count"}
    codes = {
        "state": "approved",
        "category": "IP",
        "country": "MAR",
        "province": "ON",
        "code": "C41",
        "limited_by": "passport",
        "ledger": "letters",
        "missing": "csq,intent",
        "not_recorded": "letter",
        "evidence": "declaration,address",
        "proof": "lease",
        "categories": "IQ,none",
        "fields": "uci,composite",
    }
    if name in numbers:
        return 80
    if name in ("open_start", "recorded"):
        return False
    return codes.get(name, date(2024, 3, 5))


def a_finding(reason: str, **facts: FactValue) -> Finding:
    given = {name: a_fact(name) for name in REASONS[reason]} | facts
    return Finding("ELG-01", RuleOutcome.PASS, Severity.BLOCK, "A76", reason, given)


def an_act(service: str, **changes: object) -> ActRow:
    fields: dict[str, object] = {
        "id": ActId(7),
        "at": datetime(2026, 11, 22, 14, tzinfo=UTC),
        "who": "M. Gagnon",
        "service": service,
        "source_name": None,
        "person_id": PersonId(1),
        "person_name": "N’Guessan, Aya",
        "counts": (),
        "undone_by": None,
        "undoes": None,
    }
    return ActRow(**(fields | changes))  # type: ignore[arg-type]


def fields_of(template: str) -> set[str]:
    return {name for _text, name, _spec, _conv in string.Formatter().parse(template) if name}


def raised(kind: str) -> set[str]:
    """Codes of every error of a type that the program raises, read from its source."""
    names = {"InvalidInput", "Refused"} if kind == "DomainError" else {kind}
    return {code for name in names for code in all_raised().get(name, ())}


@cache
def all_raised() -> dict[str, set[str]]:
    """The codes with which each function of the program is called by a bare name, in the modules
    that name an error."""
    found: dict[str, set[str]] = {}
    texts = (path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    for text in texts:
        if not any(name in text for name in ("InvalidInput", "Refused", *ERRORS)):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Name):
                code = node.args[0]
                if isinstance(code, ast.Constant):
                    found.setdefault(node.func.id, set()).add(str(code.value))
    return found


def test_every_reason_has_one_sentence_that_uses_only_its_facts() -> None:
    told = {**finding_texts.SENTENCES, **dict.fromkeys(finding_texts.SPECIAL, "")}
    assert set(told) == set(REASONS)
    assert not finding_texts.SENTENCES.keys() & finding_texts.SPECIAL.keys()
    for reason, template in finding_texts.SENTENCES.items():
        assert fields_of(template) <= set(REASONS[reason]), reason


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_reason_is_said_without_a_code_or_a_gap(reason: str, language: str) -> None:
    i18n.use(language)
    text = messages.finding_text(a_finding(reason))
    assert text
    assert text != reason
    assert not text.endswith(".")
    assert "{" not in text
    assert "None" not in text


@pytest.mark.parametrize(
    ("reason", "absent"),
    [
        (reason, name)
        for reason, names in sorted(REASONS.items())
        for name in names
        if name in ("filed_on", "received_on", "province", "place", "from_day", "until_day")
    ],
)
def test_an_absent_fact_leaves_no_gap(reason: str, absent: str) -> None:
    open_start = {"open_start": True} if absent == "from_day" else {}
    text = messages.finding_text(a_finding(reason, **{absent: None}, **open_start))
    assert "None" not in text


def test_every_fix_and_every_rule_has_its_words() -> None:
    assert set(rule_texts.FIXES) == set(FIXES)
    assert set(rule_texts.TITLES) == set(RULES)
    assert messages.finding_fix(a_finding("no_letter")) is None
    for code in FIXES:
        assert messages.fix_text(code).endswith(".")


def test_days_left_follow_the_number() -> None:
    day = date(2024, 1, 5)
    assert (
        messages.finding_text(a_finding("letter_ending_soon", last_day=day, days_left=1))
        == "Letter usable until January 5, 2024: 1 day left"
    )
    assert (
        messages.finding_text(a_finding("letter_last_day", last_day=day, days_left=0))
        == "Last day of the letter: January 5, 2024, before 7:00\N{NO-BREAK SPACE}p.m. in Toronto"
    )
    assert (
        messages.finding_text(a_finding("letter_expired", last_day=day, days_left=-2, days_late=2))
        == "Letter usable until January 5, 2024: 2 days late"
    )


def test_a_last_day_is_said_as_such_and_not_as_no_days() -> None:
    day = date(2024, 1, 5)
    for reason, fact, said in (
        ("csq_expiring", "expiry", "Last day of the CSQ: January 5, 2024; "),
        ("permit_ending", "valid_until", "Last day of the permit: January 5, 2024"),
    ):
        text = messages.finding_text(a_finding(reason, **{fact: day}, days_left=0))
        assert text.startswith(said)
        assert " 1 day" in messages.finding_text(a_finding(reason, **{fact: day}, days_left=1))


@pytest.mark.parametrize(
    ("state", "to", "hint"),
    [
        ("refused", "approved", "Undo the earlier decision"),
        ("submitted", "acknowledged", "Record first that IRCC has received it."),
        ("draft", "approved", "Record first that IRCC has received it."),
        ("draft", "submitted", "Record it first as “ready to submit”."),
        ("submitted", "draft", "Record it first as “ready to submit”."),
        ("in_process", "permit_issued", "Record its approval first."),
        ("permit_issued", "permit_issued", "already in the state “permit issued”."),
        ("received", "withdrawn", "Record its withdrawal instead."),
    ],
)
def test_a_move_that_cannot_be_names_the_step_that_is_missing(
    state: str, to: str, hint: str
) -> None:
    assert hint in messages.error_text(DomainError("illegal_move", state=state, to=to))


def test_a_residence_without_a_start_says_so() -> None:
    text = messages.finding_text(
        a_finding("lives_in_quebec", from_day=None, until_day=None, open_start=True, proof=None)
    )
    assert text == "Lives in Quebec, no start date (holds for earlier days)"
    outside = a_finding(
        "lives_outside_quebec",
        country="COL",
        province=None,
        from_day=date(2015, 3, 1),
        until_day=None,
    )
    said = "Lives outside Quebec: Colombia, since March 1, 2015 (lease)"
    assert messages.finding_text(outside) == said


@pytest.mark.parametrize(
    ("language", "head"), [("en", "Lives outside Quebec"), ("fr", "Réside hors du Québec")]
)
def test_a_finding_can_be_shown_as_a_headline_and_its_detail(language: str, head: str) -> None:
    i18n.use(language)
    outside = a_finding("lives_outside_quebec", country="COL", province=None, open_start=False)
    assert messages.finding_parts(outside)[0] == head
    assert messages.finding_parts(outside)[1].startswith("Colombi")
    assert messages.finding_parts(a_finding("no_permit"))[1] == ""


def test_french_is_written_as_in_quebec() -> None:
    i18n.use("fr")
    ending = a_finding("letter_ending_soon", last_day=date(2024, 1, 5), days_left=44)
    assert (
        messages.finding_text(ending)
        == "Lettre utilisable jusqu’au 5 janvier 2024\u00a0: 44 jours restants"
    )
    decided = an_act("applications.decide", counts=(("approved", 1),))
    assert (
        messages.act_text(decided)
        == "a consigné la décision «\u00a0approuvée\u00a0» au dossier N’Guessan, Aya"
    )
    assert messages.document_names("csq,intent") == "CSQ, preuve d’intention de vivre au Québec"


def test_a_passport_that_cuts_the_permit_says_what_is_lost() -> None:
    months = a_finding(
        "passport_too_short", expiry=date(2026, 2, 12), term_end=date(2026, 12, 14), lost_days=305
    )
    assert messages.finding_text(months).endswith("10 months lost")
    days = a_finding(
        "passport_too_short", expiry=date(2026, 12, 13), term_end=date(2026, 12, 14), lost_days=1
    )
    assert messages.finding_text(days).endswith("1 day lost")


def test_a_year_takes_no_separator_and_a_count_does() -> None:
    from builders import programme

    finding = cap_02(cap_use(2023, 7350, 7000), programme())
    assert messages.finding_text(finding) == "90% of the 2023 cap used: 7,000 of 7,350 places"


def test_every_enum_of_the_domain_has_words() -> None:
    # A flip's sentence says the whole change; how a field changes is for scripts.
    silent = {"ApplicationCode", "How"}
    for module in (codes, findings, deadlines):
        for name, enum in vars(module).items():
            if not (isinstance(enum, type) and issubclass(enum, codes.StrEnum)):
                continue
            if enum is codes.StrEnum or name in silent:
                continue
            for code in enum:
                kind = None
                assert messages.name_of(code, kind) != code.value, (name, code)


def test_words_are_said_in_the_language_of_the_moment() -> None:
    assert messages.name_of(codes.PrState.IN_PROCESS) == "In process"
    assert messages.name_of(None) == "Unknown"
    assert messages.name_of(True) == "Yes"
    assert messages.name_of("IQ", "csq_category") == "IQ"
    assert messages.country_name("CIV").startswith("C")
    i18n.use("fr")
    assert messages.name_of(codes.PrState.IN_PROCESS) == "En traitement"
    assert messages.country_name("COL") == "Colombie"


def test_every_list_of_words_can_be_said() -> None:
    for kind, words in code_names.kinds().items():
        for code in words:
            assert messages.name_of(code, kind)


@pytest.mark.parametrize("code", IMPORT_CODES)
def test_every_issue_has_a_cause_and_a_group(code: str) -> None:
    issue = Issue("Liste 2023", 18, "letter_date", "N18", code, "error", {})
    assert messages.issue_text(issue) != code
    assert messages.issue_group(code) != code


def test_an_issue_says_what_the_picture_says() -> None:
    def text(column: str, code: str, severity: str = "error", **parameters: object) -> str:
        return messages.issue_text(Issue("A", 18, column, "N18", code, severity, parameters))  # type: ignore[arg-type]

    assert text("letter_date", "cell_error") == "Cell N18 holds a spreadsheet error"
    assert text("citizenship", "unknown_country", "warning") == "Unknown country: left empty"
    assert text("family_name", "missing_field") == "Name missing"
    assert text("csq_issue_date", "missing_field") == "Empty, but needed: CSQ issued on"
    assert (
        text("individual_reference", "conflict_in_file", first_row=12)
        == "The same person as in row 12, with other data"
    )
    assert (
        text("family_name", "possible_duplicate", name="Nguyễn, Văn Đức", reference="C1070053")
        == "Looks like Nguyễn, Văn Đức (C1070053)"
    )
    early, late = date(2023, 1, 2), date(2023, 3, 4)
    assert (
        text("csq_expiry_date", "impossible_dates", value=early, other=late)
        == "Impossible: earlier than 2023-03-04"
    )
    assert (
        text("letter_date", "impossible_dates", value=late, other=early)
        == "This date is in the future"
    )
    assert (
        text("letter_date", "letter_after_last_accepted_date", "warning", day=date(2025, 1, 15))
        == "Letter dated after 2025-01-15"
    )


def test_cells_mended_the_same_way_share_a_group() -> None:
    group = messages.issue_group("bad_date", "letter_date")
    assert group == messages.issue_group("cell_error", "letter_date")
    assert group != messages.issue_group("bad_date", "passport_expiry")


@pytest.mark.parametrize("field", IMPORT_FIELDS)
def test_every_field_of_a_list_has_a_label(field: str) -> None:
    assert messages.field_label(field) != field


@pytest.mark.parametrize("kind", sorted(ERRORS))
def test_every_error_that_is_raised_has_its_sentence(kind: str) -> None:
    _type, table = ERRORS[kind]
    assert set() < raised(kind) <= set(table)


def test_errors_that_storage_names_by_hand_have_a_sentence() -> None:
    by_hand = {"locked", "full", "read_only", "damaged", "wrong_key", "passphrase_needed"}
    assert by_hand | {"newer"} <= set(error_sentences.STORAGE)


def test_the_same_code_means_something_else_in_a_register_and_in_a_list() -> None:
    assert "Restore" in messages.error_text(StorageError("damaged"))
    assert "spreadsheet" in messages.error_text(ExchangeError("damaged"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_errors_say_what_to_do_with_their_parameters(language: str) -> None:
    i18n.use(language)
    errors = [
        StorageError("newer", found=9, known=3),
        ExchangeError("ambiguous_dates", column="Date lettre"),
        ExchangeError("sheet_not_found", sheet="Liste"),
        DomainError("illegal_move", state="refused", to="approved"),
        DomainError("identifier_taken", field="uci"),
        DomainError("unknown_field", field="shoesize"),
        DomainError("bad_value", field="birth_date", issue="bad_date"),
        DomainError("unknown_rule", rule="XYZ-01"),
        DomainError("permit_ends_before_issue", issued=date(2023, 8, 2), until=date(2023, 8, 1)),
        DomainError("person_ambiguous", count=2),
        DomainError("blocked", rules="INV-02"),
        Cancelled(),
    ]
    for error in errors:
        text = messages.error_text(error)
        assert text.endswith(".")
        assert "{" not in text
        assert "_" not in text
    assert "strange" in messages.error_text(DomainError("strange"))


def test_acts_are_told_in_words_of_the_office() -> None:
    counts = (("new", 62), ("rejected", 0), ("review", 5))
    imported = an_act("imports.commit", source_name="liste.xlsx", counts=counts, person_name=None)
    assert messages.act_text(imported) == "imported liste.xlsx: 62 new people, 5 rows to check"
    assert messages.act_noun(imported) == "import of liste.xlsx"
    decided = an_act("applications.decide", counts=(("approved", 1),))
    assert messages.act_text(decided) == "recorded the decision “approved” for N’Guessan, Aya"
    undone = an_act("history.undo", undoes=ActId(3), counts=(("kept", 0), ("reverted", 2)))
    assert messages.act_text(undone) == "undid: act no. 3", "it is no longer there"
    undone = replace(undone, about=decided)
    assert messages.act_text(undone) == "undid: decision, N’Guessan, Aya"
    assert messages.act_text(replace(undone, brings_back=True)) == (
        "redid: decision, N’Guessan, Aya"
    )
    assert messages.act_text(an_act("people.add", person_name=None)).endswith("(removed)")


def services_in_use() -> set[str]:
    """Names given to `office.act(...)`, read from the source; computed ones are left out."""
    found: set[str] = set()
    for path in (PACKAGE / "services").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "act" and node.args:
                name = node.args[0]
                if isinstance(name, ast.Constant) and isinstance(name.value, str):
                    found.add(name.value)
    return found


def test_every_act_has_its_words() -> None:
    told = act_texts.TEXTS.keys() | act_texts.SPECIAL.keys()
    assert services_in_use() <= told
    assert told == act_texts.NOUNS.keys()
    for service in told:
        assert messages.act_text(an_act(service)) != service
        assert messages.act_noun(an_act(service)) != service


def test_deadlines_waiting_lines_and_projections_have_words() -> None:
    for reason in deadlines.DEADLINE_REASONS:
        assert messages.deadline_text("letter", reason) in messages.DEADLINES.values()
    assert messages.deadline_text("biometrics") == "Biometrics"
    for refusal in forecast.ForecastRefusal:
        assert messages.projection_text(None, refusal)
    between = Projection(date(2023, 11, 1), date(2023, 12, 1))
    assert "between November 1, 2023 and December 1, 2023" in messages.projection_text(between)
    assert "earliest" in messages.projection_text(Projection(date(2023, 11, 1), None))
    assert messages.projection_text(None) == ""
    assert messages.last_safe_because("csq") == "expiry of the CSQ"
    assert messages.last_safe_because(None) == ""


def test_likeness_reasons_of_the_domain_have_words() -> None:
    from imp_plus_desktop.domain.people import likeness

    listed = (likeness.Likeness.__doc__ or "").replace(";", ",").replace(".", ",").split(",")
    codes = {word.strip() for word in listed if "_" in word and " " not in word.strip()}
    assert codes == set(likeness_texts.LIKENESS)


def test_the_order_of_dates_is_told_with_its_proof() -> None:
    from imp_plus_desktop.domain.values.date_proof import DateProof

    proof = DateProof("dmy", "day_over_12", dates_total=40, dates_over_12=23)
    assert messages.date_proof_text(proof) == "day/month/year: 23 of 40 dates have a day over 12"
    assert messages.date_proof_text(DateProof("mdy", "given")) == "month/day/year, as chosen"


def test_a_folder_without_a_proven_copy_has_no_latest_one() -> None:
    at = datetime(2023, 11, 22, 15, tzinfo=UTC)
    places = [("/a", False, 0, 0, None), ("/b", True, 0, 0, None), ("/c", True, 2, 0, None)]
    said = place_lines([*places, ("/d", True, 2, 1, at)])
    assert said[:3] == ["/a: not there", "/b: no copy yet", "/c: 2 copies, none proven yet"]
    assert said[3].startswith("/d: 2 copies, 1 proven, the latest of Nov")
