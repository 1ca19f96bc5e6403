# SPDX-License-Identifier: Apache-2.0
"""A draft in the system's mail program: to somebody, or to several in blind copy.

    draft_url(to, hidden, subject, body) -> QUrl | None     None where it is too long

Must not log an address.
"""

from collections.abc import Sequence
from urllib.parse import quote

from PySide6.QtCore import QUrl

_LONGEST = 2000
"""Windows hands no longer address over to a mail program."""


def draft_url(
    to: str = "", hidden: Sequence[str] = (), subject: str = "", body: str = ""
) -> QUrl | None:
    """What a mail program opens as a draft."""
    said = {"subject": subject, "body": body.replace("\n", "\r\n")}
    parts = [f"{name}={quote(text, safe='')}" for name, text in said.items() if text]
    if hidden:
        parts.insert(0, "bcc=" + ",".join(quote(address, safe="@") for address in hidden))
    text = f"mailto:{quote(to, safe='@')}{'?' if parts else ''}{'&'.join(parts)}"
    return QUrl(text) if len(text) <= _LONGEST else None
