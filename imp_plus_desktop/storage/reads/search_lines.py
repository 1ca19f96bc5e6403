# SPDX-License-Identifier: Apache-2.0
"""What a person is found by: folded names and every number one may type. Knows no index."""

from __future__ import annotations

import re

from imp_plus_desktop.domain.values.names import fold, search_form
from imp_plus_desktop.domain.values.records import PersonFile

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Return the words of what was typed: each must begin a word of the line."""
    return _WORD.findall(fold(text))


def line_of(file: PersonFile) -> str:
    """Return a person's line: names, references, numbers (also without hyphens), e-mail."""
    person = file.person
    numbers = [person.individual_reference, person.uci, person.file_number, person.pr_number]
    numbers += [passport.number for passport in file.passports]
    numbers += [application.application_number for application in file.applications]
    numbers += [permit.permit_number for permit in file.permits]
    names = [person.family_name, person.given_names, person.email, person.phone]
    names += [name for member in file.members for name in (member.family_name, member.given_names)]
    names += [n for former in file.former_names for n in (former.family_name, former.given_names)]
    words = [search_form(*names), *_WORD.findall(" ".join(n for n in numbers if n).lower())]
    words += [number.replace("-", "").lower() for number in numbers if number and "-" in number]
    return " ".join(words)
