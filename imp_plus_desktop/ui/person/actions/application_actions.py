# SPDX-License-Identifier: Apache-2.0
"""What can be done about an application and its permit, from the draft to the last day.

    prepare, receive, decide_latest, permit_latest, state_of_latest, request, portal    on a file
    APPLICATION, REQUEST_ENTRY, PERMIT_ENTRY      what can be done to one entry of it

Must not hold a rule: dialogs and services do the work.
"""

from imp_plus_desktop.domain.applications.status import (
    PREPARING,
    WAITING,
    latest_application,
    next_states,
    preparation,
)
from imp_plus_desktop.domain.records.applications import Application, Permit, Request
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.codes import ApplicationCode, ApplicationState
from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.ui.look.format import day_long, number
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.shell.actions import EntryAction
from imp_plus_desktop.words.messages import name_of, word_in_sentence


def prepare(at: OpenFile) -> None:
    """Begin an application."""
    from imp_plus_desktop.ui.dialogs.applications.path import PrepareDialog

    at.tell(_("Application begun"), PrepareDialog(at.form_office(), at.person, at.window()).ask())


def receive(at: OpenFile) -> None:
    """Record what IRCC has received, and say whether it takes a place."""
    from imp_plus_desktop.ui.dialogs.applications.receive import ReceiveDialog

    done = ReceiveDialog(at.form_office(), at.person, at.window()).ask()
    if done is None:
        return
    if done.outcome is not None:
        text = _("Recorded as cancelled over the cap of {year}").format(year=done.cap_year)
    elif done.place is None:
        text = _("Application recorded; it uses no place")
    else:
        text = _("Application recorded: place {place} of {year}").format(
            place=number(done.place), year=done.cap_year
        )
    at.tell(text, done)


def decide_latest(at: OpenFile) -> None:
    """Record the decision on the latest application, if one waits for it."""
    latest = latest_application(at.read())
    if latest is not None and latest.state in WAITING:
        decide(at, latest)


def permit_latest(at: OpenFile) -> None:
    """Record the permit of the latest application, if it is approved."""
    latest = latest_application(at.read())
    if latest is not None and latest.state is ApplicationState.APPROVED:
        issue(at, latest)


def state_of_latest(at: OpenFile) -> None:
    """Move what is prepared, else the latest application, to another state."""
    application = _on_its_way(at.read())
    if application is None:
        at.shell.say(_("No application of this file can be moved to another state."))
        return
    state(at, application)


def request(at: OpenFile) -> None:
    """Record a letter of IRCC."""
    from imp_plus_desktop.ui.dialogs.applications.requests import RequestDialog

    if not _received(at.read()):
        at.shell.say(_("IRCC asks for nothing before it has received an application."))
        return
    done = RequestDialog(at.form_office(), at.person, parent=at.window()).ask()
    at.tell(_("Request recorded"), done)


def portal(at: OpenFile) -> None:
    """Note what IRCC's portal shows."""
    from imp_plus_desktop.ui.dialogs.applications.portal import PortalDialog

    received = _received(at.read())
    if not received:
        at.shell.say(_("The portal shows nothing before IRCC has received an application."))
        return
    act = PortalDialog(at.form_office(), received[-1].id, at.window()).ask()
    at.tell(_("Portal noted"), act)


def stage(at: OpenFile) -> None:
    """Record a stage of permanent residence."""
    from imp_plus_desktop.ui.dialogs.applications.pr_stage import PrStageDialog

    done = PrStageDialog(at.form_office(), at.person, at.window()).ask()
    if done is not None:
        at.tell(_("Stage recorded: {stage}").format(stage=name_of(done.stage)), done)


def decide(at: OpenFile, application: Application) -> None:
    """Record a decision."""
    from imp_plus_desktop.ui.dialogs.applications.decide import DecideDialog

    done = DecideDialog(at.form_office(), application.id, at.window()).ask()
    if done is not None:
        text = _("Decision recorded: {outcome}").format(outcome=name_of(done.outcome))
        at.tell(text, done)


def issue(at: OpenFile, application: Application) -> None:
    """Record a permit."""
    from imp_plus_desktop.ui.dialogs.applications.permit import PermitDialog

    done = PermitDialog(at.form_office(), application.id, at.window()).ask()
    if done is not None:
        text = _("Permit recorded, valid until {day}").format(day=day_long(done.valid_until))
        at.tell(text, done)


def state(at: OpenFile, application: Application) -> None:
    """Move an application to another state."""
    from imp_plus_desktop.ui.dialogs.applications.path import StateDialog

    done = StateDialog(at.form_office(), application.id, at.window()).ask()
    if done is not None:
        text = _("Application: {state}").format(state=word_in_sentence(done.state))
        at.tell(text, done)


def discard(at: OpenFile, application: Application) -> None:
    """Drop a draft."""
    from imp_plus_desktop.services.applications import preparing

    at.tell(_("Draft dropped"), preparing.discard(at.office(), application.id))


def application_number(at: OpenFile, application: Application) -> None:
    """Record or correct an application's number."""
    from imp_plus_desktop.ui.dialogs.single import NumberDialog

    act = NumberDialog(at.form_office(), application.id, at.window()).ask()
    at.tell(_("Application number changed"), act)


def refund(at: OpenFile, application: Application) -> None:
    """Log the refund of an application over the cap."""
    from imp_plus_desktop.ui.dialogs.single import RefundDialog

    act = RefundDialog(at.form_office(), application.id, at.window()).ask()
    at.tell(_("Refund logged"), act)


def wording(at: OpenFile, application: Application) -> None:
    """Record whether the form says under what code the file goes."""
    from imp_plus_desktop.ui.dialogs.applications.wording import WordingDialog

    act = WordingDialog(at.form_office(), application.id, at.window()).ask()
    at.tell(_("Wording of the form recorded"), act)


def edit_request(at: OpenFile, asked: Request) -> None:
    """Correct a letter of IRCC."""
    from imp_plus_desktop.ui.dialogs.applications.requests import RequestDialog

    done = RequestDialog(at.form_office(), at.person, asked.id, at.window()).ask()
    at.tell(_("Request recorded"), done)


def request_met(at: OpenFile, asked: Request) -> None:
    """Record that a request was met."""
    from imp_plus_desktop.ui.dialogs.applications.requests import RequestDoneDialog

    at.tell(_("Request met"), RequestDoneDialog(at.form_office(), asked.id, at.window()).ask())


def delete_request(at: OpenFile, asked: Request) -> None:
    """Take a letter of IRCC out of the file."""
    from imp_plus_desktop.services.applications import requests

    at.tell(_("Request removed"), requests.delete(at.office(), asked.id))


def edit_permit(at: OpenFile, permit: Permit) -> None:
    """Correct what is printed on a permit."""
    from imp_plus_desktop.ui.dialogs.applications.permit_conditions import PermitConditionsDialog

    act = PermitConditionsDialog(at.form_office(), permit.id, at.window()).ask()
    at.tell(_("Permit changed"), act)


def _is_refused(application: Application) -> bool:
    return application.state is ApplicationState.REFUSED and bool(next_states(application.state))


def _moves(application: Application) -> bool:
    others = (ApplicationState.APPROVED, ApplicationState.REFUSED)
    return application.state not in others and bool(next_states(application.state))


def _is_prepared(application: Application) -> bool:
    return application.state in PREPARING


def _waits(application: Application) -> bool:
    return application.state in WAITING


def _is_approved(application: Application) -> bool:
    return application.state is ApplicationState.APPROVED


def _awaits_refund(application: Application) -> bool:
    over = application.state is ApplicationState.CANCELLED_OVER_CAP
    return over and application.refund_logged_on is None


def _has_wording(application: Application) -> bool:
    own = application.code is ApplicationCode.A76
    return own and application.state in {*PREPARING, *WAITING}


def _is_open(asked: Request) -> bool:
    return asked.done_on is None


WORDING = EntryAction("application.wording", N_("Wording of the form…"), wording, _has_wording)
DECISION = EntryAction("application.decide", N_("Decision…"), decide, _waits)
STATE_ENTRY = EntryAction("application.state", N_("State…"), state, _moves)

APPLICATION = (
    EntryAction("application.reopen", N_("Reopened after review…"), state, _is_refused),
    STATE_ENTRY,
    EntryAction("application.discard", N_("Drop the draft"), discard, _is_prepared, "trash"),
    DECISION,
    EntryAction("application.permit", N_("Permit…"), issue, _is_approved),
    EntryAction("application.withdrawn", N_("Withdrawn…"), decide, _is_approved),
    EntryAction("application.lapsed", N_("Letter lapsed…"), state, _is_approved),
    EntryAction("application.refund", N_("Refund…"), refund, _awaits_refund),
    WORDING,
    EntryAction("application.number", N_("Number…"), application_number, icon="edit"),
)
"""What can be recorded of an application in its state."""

REQUEST_ENTRY = (
    EntryAction("request.done", N_("Done…"), request_met, _is_open),
    EntryAction("request.edit", N_("Edit…"), edit_request, icon="edit"),
    EntryAction("request.delete", N_("Delete"), delete_request, icon="trash"),
)
PERMIT_ENTRY = (EntryAction("permit.edit", N_("Edit…"), edit_permit, icon="edit"),)


def _on_its_way(file: PersonFile) -> Application | None:
    """The application that a state can be given to: what is prepared, else the latest one."""
    begun = preparation(file)
    if begun is not None:
        return begun
    latest = latest_application(file)
    return latest if latest is not None and next_states(latest.state) else None


def _received(file: PersonFile) -> tuple[Application, ...]:
    return tuple(a for a in file.own_applications if a.state not in PREPARING)
