# SPDX-License-Identifier: Apache-2.0
"""Every failure that a user can do something about, with the exit code that scripts rely on.

The table is written by hand and compared with the sources: a new code needs its row here, and a
code that changes its class changes what a script sees.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from imp_plus_desktop.cli import main
from imp_plus_desktop.domain.values import errors
from imp_plus_desktop.services.office import rule_overrides
from imp_plus_desktop.words import error_sentences, error_texts

PACKAGE = Path(main.__file__).parents[1]
TABLE: dict[type[errors.AppError], tuple[int, str]] = {
    errors.InvalidInput: (
        2,
        """
        act_not_found application_not_found bad_amount bad_offer_number bad_pair bad_value
        bad_copy_rule copies_folder_closed no_such_folder
        bad_choice bad_day bad_length bad_reading bad_window bad_years
        figure_incomplete no_own_figure source_missing year_not_asked year_out_of_range
        cannot_erase choice_needed completed_day_alone contact_empty
        deadline_not_found file_in_bin
        flag_not_found incident_empty incident_not_found person_erased
        letter_exists letter_replaces_itself member_has_application member_not_found
        missing_name mrz_unreadable no_refund_expected no_such_period no_such_year
        not_in_bin not_in_file
        note_empty nothing_to_undo passphrase_empty passphrase_weak passphrases_differ
        passport_empty no_such_place place_beside place_read_only
        period_open permit_not_found
        permit_without_day person_ambiguous person_needed person_not_found
        person_unknown_then reason_missing
        request_not_found row_not_found same_name same_person scan_missing unknown_choice
        name_missing template_exists template_unknown
        unknown_dimension
        unknown_fee unknown_field unknown_figure unknown_parameter unknown_route
        unknown_rule too_long unwritable_text window_needs_value_and_day bad_head
        address_with_password bad_address bad_database
        bad_user_name not_a_user password_needed password_weak user_is_others
        unknown_way way_and_none option_alone demo_is_a_file one_thing_at_a_time unknown_programme
        """,
    ),
    errors.ExchangeError: (
        3,
        """
        ambiguous_dates cannot_unlock cannot_write damaged empty_file encrypted
        file_not_found full no_answer no_family_name no_list no_rows not_a_file
        not_a_spreadsheet read_only scan_macros
        scan_objects scan_outside scan_program scan_refused scan_too_large sheet_not_found timeout
        register_there
        bad_figures figures_format figures_too_large figures_unreadable signature_broken
        letter_too_large template_fails template_macros template_not_docx template_objects
        template_outside template_stalls template_unreadable
        too_large unreadable wrong_encoding wrong_password
        """,
    ),
    errors.StorageError: (
        4,
        """
        acts_by_itself asleep cannot_copy cannot_create cannot_open changed_meanwhile copy_altered
        copy_damaged
        copy_gone copy_key_needed copy_key_wrong damaged damaged_start false_version full gone
        locked recovery_key_mistyped wrong_key_today
        not_recorded printed_unrecorded
        misread new_passphrase_needed newer no_answer no_good_copy perhaps_kept not_a_file
        not_a_register not_found passphrase_needed plain read_only register_empty register_gone
        only_read written_elsewhere
        beyond_rescue file_exists journal_altered
        register_missing register_replaced restore_itself unsafe_place wrong_key
        copies_folder_away copies_other_key copy_under_way no_copies_folder no_copies_passphrase
        no_keyring copy_is_snapshot not_from_snapshot only_of_a_server
        snapshot snapshot_passphrase_needed
        format_changed moved not_carried older_on_server only_of_a_file register_not_empty
        kept_after_all server_older server_unsure
        server_certificate server_has_register server_lost server_password_needed
        server_crowded server_full server_limit server_takes_nothing
        server_pooled server_refused server_too_old server_unreachable server_without_register
        restored_meanwhile
        """,
    ),
    errors.NotAllowed: (6, "hidden_from_readers may_not_make not_allowed not_owner others_act"),
    errors.Refused: (
        5,
        """
        already_encrypted file_not_trusted ceiling_under_floor file_still_open incident_incomplete
        kept_by_law list_erased not_on_hold on_legal_hold
        already_preparing already_resolved already_undone before_receipt
        blocked comes_before decide_family_instead
        identifier_taken illegal_move in_the_future issued_before_decided
        issued_before_received list_overtaken member_exists no_place_to_return not_encrypted
        no_letter_yet not_over_cap not_received_yet nothing_waits number_taken_since of_a_member
        otherwise_now passport_over_at_issue past_is_past period_closed
        period_not_over permit_ends_before_issue permit_stands permit_too_long person_twice
        reason_needed receipt_known
        refund_of_what reopened_before_decided restore_needs_yes restore_not_last scan_kept
        two_people written_since year_full no_own_permit way_chosen_already
        programme_shipped programme_in_use file_stays taken_out_meanwhile
        """,
    ),
}
EXITS = {(kind, code): exit_ for kind, (exit_, codes) in TABLE.items() for code in codes.split()}
SENTENCES = {
    errors.ExchangeError: error_sentences.EXCHANGE.keys(),
    errors.StorageError: error_sentences.STORAGE.keys() | error_texts.OF_STORAGE.keys(),
    errors.NotAllowed: error_sentences.NOT_ALLOWED.keys(),
    errors.DomainError: error_sentences.DOMAIN.keys() | error_texts.SPECIAL.keys(),
}
RAISED_BY_NAME = {"InvalidInput", "ExchangeError", "StorageError", "Refused", "NotAllowed"}


def literals(code: ast.expr) -> Iterator[str]:
    """The codes that an expression may give; none for a name that is filled elsewhere."""
    match code:
        case ast.Constant(value=str(value)):
            yield value
        case ast.IfExp(body=one, orelse=other):
            yield from literals(one)
            yield from literals(other)
        case ast.Call(func=ast.Name(id="trouble") | ast.Attribute(attr="trouble"), args=[_, other]):
            yield from literals(other)


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Each call of the sources, with the bare name of what is called."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else None
                yield name or getattr(node.func, "id", ""), node


@cache
def raised() -> dict[str, set[str]]:
    """The codes that the sources raise in so many words, by the name of what is called."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, call in calls():
        codes = literals(call.args[0]) if name in RAISED_BY_NAME and call.args else ()
        found[name].update(codes)
    return found


@pytest.mark.parametrize("kind", TABLE, ids=lambda kind: kind.__name__)
def test_every_code_that_is_raised_has_its_row(kind: type[errors.AppError]) -> None:
    codes = raised()[kind.__name__]
    assert len(codes) > 10 or (kind is errors.NotAllowed and len(codes) > 1)
    assert codes - {code for of, code in EXITS if of is kind} == set()


def test_every_code_that_has_a_sentence_has_one_row_and_every_row_a_sentence() -> None:
    told = [(kind, code) for kind, codes in SENTENCES.items() for code in codes]
    rows = [
        (errors.DomainError if issubclass(kind, errors.DomainError) else kind, code)
        for kind, code in EXITS
    ]
    assert sorted(rows, key=str) == sorted(told, key=str)


@pytest.mark.parametrize(("kind", "code"), EXITS, ids=lambda part: getattr(part, "__name__", part))
def test_a_failure_ends_with_the_exit_code_of_its_row(
    kind: type[errors.AppError], code: str
) -> None:
    assert main.exit_code(kind(code)) == EXITS[kind, code]


def test_what_stops_a_command_otherwise_has_its_exit_code_too() -> None:
    assert main.exit_code(errors.Cancelled()) == 130
    assert main.exit_code(rule_overrides.Blocked(())) == 5


def test_nothing_is_raised_that_is_neither_refused_nor_mistyped() -> None:
    names = raised().keys()
    assert names >= RAISED_BY_NAME
    assert not names & {"AppError", "DomainError"}


def test_what_is_typed_wrongly_is_said_in_the_language_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Python's own parser of arguments has sentences too."""
    base = ["--register", str(tmp_path / "r.imp"), "--lang"]
    assert main.main([*base, "fr", "set"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("utilisation\u00a0: imp-plus set ")
    assert "imp-plus set\u00a0: erreur\u00a0: il manque\u00a0: REF, FIELD, VALUE" in said
    assert main.main([*base, "fr", "import", "x", "--letters", "z"]) == 2
    said = capsys.readouterr().err.replace("'", "")  # since Python 3.12 what there is has no quotes
    assert "choix inconnu\u00a0: z (choisir parmi ask, correct, second)" in said
    assert main.main([*base, "en", "set"]) == 2
    said = capsys.readouterr().err
    assert "imp-plus set: error: the following arguments are required: REF, FIELD, VALUE" in said


def test_a_warning_writes_its_day_out_as_other_sentences_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = ["--register", str(tmp_path / "r.imp"), "--lang", "fr", "--today", "2023-11-22"]
    assert main.main([*base, "add", "family_name=Sow", "letter_date=2023-09-01"]) == 0
    main.main([*base, "set", "#1", "letter_received_date", "2023-08-01"])
    assert "Avant «\u00a0Date de la lettre\u00a0» (1er septembre 2023)" in capsys.readouterr().out
