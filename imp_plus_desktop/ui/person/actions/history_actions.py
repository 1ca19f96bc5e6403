# SPDX-License-Identifier: Apache-2.0
"""What can be done about the flags of a file's history, and to what is recorded already.

    FLAG                     what can be done to one flag
    CORRECT, REMOVE_PERMIT   what can be done to a recorded application and its permit

Must not hold a rule: dialogs and services do the work.
"""

from imp_plus_desktop.domain.applications.status import PREPARING
from imp_plus_desktop.domain.records.applications import Application, Permit
from imp_plus_desktop.domain.verdict.history_flags import HistoryFlag
from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.services.office.person_file import application_of
from imp_plus_desktop.services.servers import claims
from imp_plus_desktop.ui.dialogs.servers import claiming
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.shell.actions import EntryAction


def settle(at: OpenFile, flag: HistoryFlag) -> None:
    """Let a finding on the history stand, with why."""
    from imp_plus_desktop.ui.dialogs.applications.recorded import SettleDialog

    if not claiming.may_do(at.shell, at.window(), claims.of_finding(at.person, flag)):
        return
    done = SettleDialog(at.form_office(), at.person, flag, at.window()).ask()
    at.tell(_("Finding settled"), done)


def take_on(at: OpenFile, flag: HistoryFlag) -> None:
    """Take a finding on, or let it go."""
    claiming.toggle(at.shell, at.window(), claims.of_finding(at.person, flag))
    at.page.open_section("flags")  # the link that was pressed is gone: the keys stay there


def open_again(at: OpenFile, flag: HistoryFlag) -> None:
    """Open a settled finding again."""
    from imp_plus_desktop.services.applications import flags
    from imp_plus_desktop.services.applications.flags import Wanted

    wanted = Wanted(flag.code, flag.application, flag.rule)
    act, _count = flags.unsettle(at.office(), at.person, wanted)
    at.tell(_("Finding opened again"), act)


def correct(at: OpenFile, application: Application) -> None:
    """Correct what is recorded of an application."""
    from imp_plus_desktop.ui.dialogs.applications.recorded import CorrectDialog

    done = CorrectDialog(at.form_office(), application.id, at.window()).ask()
    if done is None:
        return
    text = _("Recorded as cancelled over the cap") if done.over_cap else _("Correction recorded")
    at.tell(text, done)


def correct_flagged(at: OpenFile, flag: HistoryFlag) -> None:
    """Correct what a finding on the history is about."""
    correct(at, application_of(at.office(), flag.application))


def remove_permit(at: OpenFile, permit: Permit) -> None:
    """Take out a permit that is a mistake."""
    from imp_plus_desktop.ui.dialogs.applications.recorded import RemovePermitDialog

    done = RemovePermitDialog(at.form_office(), permit.id, at.window()).ask()
    at.tell(_("Permit taken out"), done)


def show(at: OpenFile, _flag: HistoryFlag) -> None:
    """Go to the findings on the history, where each is settled or corrected."""
    at.page.open_section("flags")


def _is_recorded(application: Application) -> bool:
    return application.member_id is None and application.state not in PREPARING


def _is_open(flag: HistoryFlag) -> bool:
    return flag.is_open


def _is_settled(flag: HistoryFlag) -> bool:
    return not flag.is_open


FLAGS = EntryAction("flag.show", N_("Findings on the history"), show)
TAKE_ON = EntryAction("flag.claim", N_("Take it on"), take_on, _is_open)
LET_GO = EntryAction("flag.let_go", N_("Let it go"), take_on, _is_open)
TAKE_OVER = EntryAction("flag.take_over", N_("Take it over…"), take_on, _is_open)
SETTLE = EntryAction("flag.settle", N_("Settle…"), settle, _is_open)
FLAG_CORRECT = EntryAction("flag.correct", N_("Correct…"), correct_flagged, _is_open)
FLAG = (EntryAction("flag.open", N_("Open again"), open_again, _is_settled), SETTLE)
"""What can be done to a flag, but for correcting what it is about, and for taking it on, which is
of a server alone."""

CORRECT = EntryAction("application.correct", N_("Correct…"), correct, _is_recorded)
REMOVE_PERMIT = EntryAction("permit.remove", N_("Remove…"), remove_permit, icon="trash")
