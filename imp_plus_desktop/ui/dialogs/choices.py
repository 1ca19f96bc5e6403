# SPDX-License-Identifier: Apache-2.0
"""Codes and words to choose from in forms, in the language in use. Must not hold a rule."""

from collections.abc import Iterable
from enum import StrEnum

from imp_plus_desktop.i18n import _, current_language
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.look.format import DASH
from imp_plus_desktop.words.messages import name_of

Choices = list[tuple[str, str]]

_PROVINCES = ("QC", "ON", "AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "PE", "SK", "YT")


def of_codes(codes: Iterable[StrEnum | str], kind: str | None = None) -> Choices:
    """One choice a code."""
    return [(str(code), name_of(code, kind)) for code in codes]


def with_none(choices: Choices) -> Choices:
    """The choices after an empty one, which says that nothing is recorded."""
    return [("", DASH), *choices]


def yes_no() -> Choices:
    """Yes, no, or not recorded."""
    return [("", DASH), ("yes", _("Yes")), ("no", _("No"))]


def countries(office: Office, *, places: bool = False) -> Choices:
    """Every country by name, after an empty choice; with `places` those where one can live."""
    return [("", ""), *office.vocabulary.countries(current_language(), places=places)]


def provinces() -> Choices:
    """Every province, Quebec first since it is the one that matters."""
    return with_none(of_codes(_PROVINCES, "province"))


def csq_categories(office: Office) -> Choices:
    """Every CSQ category that the programme's vocabulary knows."""
    codes = [code for code, _word in office.vocabulary.words("csq_category", "en")]
    return with_none(of_codes(codes, "csq_category"))


def answer(text: str) -> bool | None:
    """What a yes-no choice says."""
    return {"yes": True, "no": False}.get(text)


def yes_or_no(value: bool | None) -> str:
    """The code of an answer for a yes-no choice."""
    return "" if value is None else "yes" if value else "no"
