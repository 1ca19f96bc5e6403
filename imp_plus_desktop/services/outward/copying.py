# SPDX-License-Identifier: Apache-2.0
"""What is copied in the program and pasted elsewhere leaves the register too.

    copied(office, paper, people)       rows of a list about these people, or their addresses
    drafted(office, people)             a draft of a message to them

One row or one value is what the screen shows and a hand would copy out; rows of several people are
a list that leaves. Must not know what is on the clipboard.
"""

from __future__ import annotations

from collections.abc import Sized

from imp_plus_desktop.domain.reads.outward import Out, OutForm, OutKind, OutPaper
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.outward import leaving


def copied(office: Office, paper: str, people: Sized) -> None:
    """Record that rows of several people are copied. Errors: StorageError not_recorded."""
    if len(people) > 1:
        out = Out(OutKind.EXPORT, OutPaper(paper), OutForm.CLIPBOARD, len(people))
        leaving.note(office, out)


def drafted(office: Office, people: Sized) -> None:
    """Record that the addresses of several people go into a draft. Errors: as `copied`."""
    if len(people) > 1:
        leaving.note(office, Out(OutKind.EXPORT, OutPaper.ADDRESSES, OutForm.MAIL, len(people)))
