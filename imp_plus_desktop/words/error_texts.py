# SPDX-License-Identifier: Apache-2.0
"""One plain sentence for each failure that a user can do something about: what, and what to do.

Storage and exchange share some codes with another meaning, so each type has its own table
in `error_sentences.py`. Must
not show a path, a name or a value of the register: sentences may be copied into a message.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from imp_plus_desktop.domain.applications.status import PREPARING, WAITING, may_move
from imp_plus_desktop.domain.privacy.retention import Open
from imp_plus_desktop.domain.reads.meetings import Overtaken, TakenOut
from imp_plus_desktop.domain.values.codes import ApplicationState, PortalItem
from imp_plus_desktop.domain.values.errors import (
    AppError,
    Cancelled,
    DomainError,
    ExchangeError,
    NotAllowed,
    StorageError,
)
from imp_plus_desktop.i18n import _, format_day, format_number
from imp_plus_desktop.plain_files import trouble
from imp_plus_desktop.words import act_texts
from imp_plus_desktop.words.correspondence.letter_words import mistake_text
from imp_plus_desktop.words.error_sentences import DOMAIN, EXCHANGE, NOT_ALLOWED, STORAGE
from imp_plus_desktop.words.figures.file_texts import file_mistake_text
from imp_plus_desktop.words.import_texts import problem_text
from imp_plus_desktop.words.privacy.privacy_texts import item_label, open_text
from imp_plus_desktop.words.report_texts import PARAMETERS, parameter_label
from imp_plus_desktop.words.terms.code_names import name_of, word_in_sentence
from imp_plus_desktop.words.terms.entity_names import entity_label
from imp_plus_desktop.words.terms.field_texts import field_label

_AFTER_APPROVAL = (ApplicationState.PERMIT_ISSUED, ApplicationState.LETTER_LAPSED)


def error_text(error: AppError) -> str:
    """What went wrong and what to do, in one or two sentences."""
    special = _specials(error).get(error.code)
    if special is not None:
        return special(error.parameters)
    for wrong in getattr(error, "wrong", ()):
        # Few ever see one: what it needs is loaded then.
        from imp_plus_desktop.words.programmes import mistake_texts

        return mistake_texts.mistake_text(wrong)
    for one in getattr(error, "mistakes", ()):
        return mistake_text(one.code, one.tag, one.line, one.like)
    if error.code == "bad_figures":
        return file_mistake_text(error.parameters, error_text)
    if isinstance(error, Cancelled):
        return _("Stopped. Nothing was changed.")
    template = _table(error).get(error.code)
    if isinstance(error, Overtaken | TakenOut):
        return _other_desk(error)
    if template is None:
        return _("This could not be done (code: {code}).").format(code=error.code)
    return _(template).format(**{name: _word(v) for name, v in error.parameters.items()})


def _other_desk(error: Overtaken | TakenOut) -> str:
    if isinstance(error, TakenOut):
        act = act_texts.act_kind(error.by.service)
        return _(DOMAIN[error.code]).format(who=error.by.who, act=act)
    names = str(error.parameters["field"]).split(",")
    return _(STORAGE[error.code]).format(field=", ".join(map(field_or_line, names)))


def _specials(error: AppError) -> Mapping[str, Callable[[Mapping[str, object]], str]]:
    if isinstance(error, DomainError):
        return SPECIAL
    return OF_STORAGE if isinstance(error, StorageError) else {}


def _snapshot(parameters: Mapping[str, object]) -> str:
    from imp_plus_desktop.words.servers.snapshot_texts import refused_text

    return refused_text(parameters)


def environment_error(error: BaseException) -> StorageError | None:
    """What a failure of the machine is that nothing has looked for: its disk is full, does not
    answer or may only be read. None for a bug."""
    code = trouble(error, "") if isinstance(error, OSError) else ""
    return StorageError(code) if code else None


def _table(error: AppError) -> Mapping[str, str]:
    if isinstance(error, StorageError):
        return STORAGE
    if isinstance(error, NotAllowed):
        return NOT_ALLOWED
    return EXCHANGE if isinstance(error, ExchangeError) else DOMAIN


def _word(value: object) -> str:
    if isinstance(value, date):
        return _day(value)
    return str(value) if value is not None else "—"


def _illegal_move(parameters: Mapping[str, object]) -> str:
    """What cannot be, and the step that is missing, if any would make it possible."""
    state, to = (ApplicationState(str(parameters[name])) for name in ("state", "to"))
    words = {
        "state": word_in_sentence(state, "application_state"),
        "to": word_in_sentence(to, "application_state"),
    }
    if may_move(state, to):
        # Only dropping asks for a move that is possible: IRCC has the application by then.
        return _("IRCC has received this application. Record its withdrawal instead.")
    if state is to:
        return _("The application is already in the state “{state}”.").format(**words)
    template = _(
        "An application in the state “{state}” cannot become “{to}”. Undo the earlier decision"
        " first if it was a mistake."
    )
    if state in PREPARING and to in PREPARING:
        template = _(
            "An application in the state “{state}” cannot become “{to}”. Record it first as"
            " “{between}”."
        )
        words["between"] = word_in_sentence(ApplicationState.READY, "application_state")
    elif state in PREPARING:
        template = _(
            "An application in the state “{state}” cannot become “{to}”. Record first that IRCC"
            " has received it."
        )
    elif state in WAITING and to in _AFTER_APPROVAL:
        template = _(
            "An application in the state “{state}” cannot become “{to}”. Record its approval first."
        )
    return template.format(**words)


def _identifier_taken(parameters: Mapping[str, object]) -> str:
    return _("Another file already has this number ({field}). Check it.").format(
        field=field_label(str(parameters["field"]))
    )


def _number_taken_since(parameters: Mapping[str, object]) -> str:
    return _(
        "The file {ref} has this number by now ({field}). Nothing was restored: correct the number"
        " there first."
    ).format(ref=parameters["ref"], field=field_label(str(parameters["field"])))


def _person_twice(parameters: Mapping[str, object]) -> str:
    first = str(_several(parameters["persons"])[0])
    return _(
        "{same} in the file {ref}. Nobody was added: open that file, or add all the same."
    ).format(same=same_as_text(_several(parameters["because"])), ref=f"#{first}")


def same_as_text(because: Sequence[object]) -> str:
    """What a person about to be added has in common with one of the register."""
    if "individual_reference" in because:
        return _("The same reference")
    if "uci" in because:
        return _("The same UCI")
    if "passport_number" in because and "name_and_birth" in because:
        return _("The same name, birth date and passport number")
    if "passport_number" in because:
        return _("The same passport number")
    return _("The same name and birth date")


def _choice_needed(parameters: Mapping[str, object]) -> str:
    """Which choices are open: fields by their labels, entries by the key that names them."""
    names = [str(name) for name in _several(parameters["names"])]
    shown = ", ".join(name if ":" in name else f"{field_label(name)} ({name})" for name in names)
    return _("The two files say different things. Choose a side for each: {names}.").format(
        names=shown
    )


def _two_people(parameters: Mapping[str, object]) -> str:
    fields = ", ".join(field_label(str(name)) for name in _several(parameters["fields"]))
    return _(
        "These look like two people, not one: they differ in {fields}. Merge them only if you are"
        " sure, and say so."
    ).format(fields=fields)


def field_or_line(name: str) -> str:
    """A field by its label, a line of the portal or a figure of the programme by its name."""
    if name in {item.value for item in PortalItem}:
        return name_of(PortalItem(name))
    if name in PARAMETERS:
        return parameter_label(name)
    return entity_label(name) if name in ("official_count", "person") else field_label(name)


def _several(value: object) -> Sequence[object]:
    return value if isinstance(value, tuple) else (value,)


def _unknown_field(parameters: Mapping[str, object]) -> str:
    return _("There is no field named “{field}”. Check the name.").format(field=parameters["field"])


def _bad_value(parameters: Mapping[str, object]) -> str:
    field = str(parameters["field"])
    problem = problem_text(
        str(parameters.get("issue", "bad_value")), field, parameters, severity="error"
    )
    return _("{field}: {problem}.").format(field=field_label(field), problem=problem)


def _comes_before(parameters: Mapping[str, object]) -> str:
    """What happens after something else, dated before it: both days are named."""
    day, other = _day(parameters["value"]), _day(parameters["other"])
    return _("“{field}” ({day}) cannot be before “{beside}” ({other}). Check both days.").format(
        field=field_label(str(parameters["field"])),
        day=day,
        beside=field_label(str(parameters["beside"])),
        other=other,
    )


def _reason_needed(parameters: Mapping[str, object]) -> str:
    """What is recorded already, and would be corrected."""
    fields = ", ".join(field_label(str(name)) for name in _several(parameters["fields"]))
    return _(
        "This is recorded already ({fields}): say why it is corrected. Nothing was changed."
    ).format(fields=fields)


def _permit_ends_before_issue(parameters: Mapping[str, object]) -> str:
    issued, until = parameters["issued"], parameters["until"]
    return _(
        "The permit cannot end on {until}, before it is issued on {issued}. Check both days."
    ).format(issued=_day(issued), until=_day(until))


def _file_still_open(parameters: Mapping[str, object]) -> str:
    why = [Open(str(one)) for one in _several(parameters["why"])]
    return _("This file is still open: {why}. Close it first.").format(why=open_text(why))


def _incident_incomplete(parameters: Mapping[str, object]) -> str:
    items = ", ".join(item_label(str(item)) for item in _several(parameters["items"]))
    return _("The incident cannot be closed yet. Still missing: {items}.").format(items=items)


def _day(value: object) -> str:
    return format_day(value) if isinstance(value, date) else str(value)


def _bad_length(parameters: Mapping[str, object]) -> str:
    words = {name: format_number(int(str(parameters[name]))) for name in ("least", "most")}
    sentence = DOMAIN["bad_length"]
    return _(sentence).format(**words)


SPECIAL: Mapping[str, Callable[[Mapping[str, object]], str]] = {
    "bad_length": _bad_length,
    "illegal_move": _illegal_move,
    "choice_needed": _choice_needed,
    "two_people": _two_people,
    "identifier_taken": _identifier_taken,
    "number_taken_since": _number_taken_since,
    "person_twice": _person_twice,
    "unknown_field": _unknown_field,
    "bad_value": _bad_value,
    "comes_before": _comes_before,
    "permit_ends_before_issue": _permit_ends_before_issue,
    "reason_needed": _reason_needed,
    "file_still_open": _file_still_open,
    "incident_incomplete": _incident_incomplete,
}
OF_STORAGE: Mapping[str, Callable[[Mapping[str, object]], str]] = {"snapshot": _snapshot}
"""The same of a register that cannot be used as asked."""
