# SPDX-License-Identifier: Apache-2.0
"""The mail addresses of those who are chosen: on the clipboard, or as a draft with blind copies.

    addresses(chosen) -> list[str]
    copy_addresses(chosen), write_to(chosen)
    draft_url(addresses) -> QUrl | None       None where no mail program takes so many

Must not log an address.
"""

from collections.abc import Sequence

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.outward import copying
from imp_plus_desktop.ui.dialogs.correspondence import mail_draft
from imp_plus_desktop.ui.lists.several.rows import ChosenRows


def addresses(chosen: ChosenRows) -> list[str]:
    """The addresses of those who have one, each once."""
    from imp_plus_desktop.services.several import changes

    return changes.emails(chosen.page.shell.office, chosen.people())


def copy_addresses(chosen: ChosenRows) -> None:
    """Put the addresses on the clipboard, as a mail program takes them."""
    found = addresses(chosen)
    copying.copied(chosen.page.shell.office, "addresses", found)
    QGuiApplication.clipboard().setText("; ".join(found))
    words = ngettext("{count} address copied", "{count} addresses copied", len(found))
    chosen.page.shell.say(words.format(count=format_number(len(found))))


def write_to(chosen: ChosenRows) -> None:
    """Open a draft in the system's mail program, with everybody in blind copy; too many for one
    are copied instead."""
    found = addresses(chosen)
    url = draft_url(found)
    if url is not None:
        copying.drafted(chosen.page.shell.office, found)
        if QDesktopServices.openUrl(url):
            return
    copy_addresses(chosen)
    if url is None:
        words = _(
            "{count} addresses are too many for one draft: they are copied. Paste them as Bcc."
        )
    else:
        words = _("No e-mail program has answered: {count} addresses are copied.")
    chosen.page.shell.say(words.format(count=format_number(len(found))))


def draft_url(found: Sequence[str]) -> QUrl | None:
    """What a mail program opens as a draft with these addresses in blind copy."""
    return mail_draft.draft_url(hidden=found)
