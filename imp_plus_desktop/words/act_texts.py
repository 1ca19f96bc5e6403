# SPDX-License-Identifier: Apache-2.0
"""What an act of the journal did, in words of the office, to follow the name of who did it.

`act_text` is a verb (`recorded the decision …`), `act_noun` names the act (`import of …`) for
undo. Must not read the journal: everything comes with the row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from imp_plus_desktop.domain.applications.status import NAMED
from imp_plus_desktop.domain.reads.outward import PEOPLE
from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.i18n import N_, _, format_number, ngettext
from imp_plus_desktop.words.import_texts import counts_text
from imp_plus_desktop.words.proof.out_texts import OUT_NOUNS, out_text
from imp_plus_desktop.words.terms.code_names import word_in_sentence

TEXTS: Mapping[str, str] = {
    "people.add": N_("added the file of {name}"),
    "people.edit": N_("changed the file of {name}"),
    "people.letter": N_("changed the letter of {name}"),
    "people.residence": N_("changed the residence of {name}"),
    "people.passport": N_("changed the passport of {name}"),
    "people.document": N_("changed the documents of {name}"),
    "people.scan": N_("changed a scan of {name}"),
    "people.tags": N_("changed the tags of {name}"),
    "people.note": N_("changed the notes of {name}"),
    "people.rename": N_("recorded the change of name of {name}"),
    "people.former_name": N_("changed the former names of {name}"),
    "people.death": N_("recorded or corrected the death of {name}"),
    "people.merge": N_("merged two files into one"),
    "people.delete": N_("moved the file of {name} to the bin"),
    "people.restore_file": N_("restored the file of {name} from the bin"),
    "contacts.save": N_("logged a contact with {name}"),
    "contacts.delete": N_("removed a contact with {name}"),
    "routes.save": N_("changed the other routes of {name}"),
    "routes.delete": N_("removed an other route of {name}"),
    "routes.entry": N_("changed the entry requirements by nationality"),
    "programmes.take": N_("took the file of a programme"),
    "programmes.remove": N_("removed the file of a programme"),
    "letters.make": N_("wrote a letter to {name}"),
    "letters.template": N_("changed the templates of letters"),
    "letters.template_removed": N_("removed a template of letters"),
    "letters.letterhead": N_("changed the letterhead"),
    "views.save": N_("saved a view of a list"),
    "views.change": N_("changed a view of a list"),
    "views.delete": N_("deleted a view of a list"),
    "pivots.save": N_("saved a cross table"),
    "pivots.change": N_("changed a saved cross table"),
    "pivots.delete": N_("deleted a saved cross table"),
    "applications.edit": N_("changed the application of {name}"),
    "applications.refund": N_("logged the refund for {name}"),
    "applications.wording": N_("checked the form of {name}"),
    "applications.prepare": N_("began an application for {name}"),
    "applications.discard": N_("dropped the draft of {name}"),
    "requests.record": N_("recorded a request of IRCC for {name}"),
    "requests.delete": N_("took out a request of IRCC for {name}"),
    "portal.observe": N_("noted the portal’s lines for {name}"),
    "people.employment": N_("changed the work of {name}"),
    "permits.edit": N_("changed the permit of {name}"),
    "deadlines.seen": N_("saw a deadline of {name}"),
    "deadlines.settle": N_("settled a deadline of {name}"),
    "deadlines.move": N_("moved a deadline of {name}"),
    "deadlines.clear": N_("took back a mark on a deadline of {name}"),
    "flags.settle": N_("settled a finding of {name}"),
    "flags.unsettle": N_("opened a settled finding of {name} again"),
    "permits.remove": N_("took out a permit of {name}"),
    "permits.way": N_("chose the way on of {name}"),
    "permits.pr_stage": N_("recorded or corrected a stage of permanent residence of {name}"),
    "people.correct": N_("corrected what is recorded of {name}"),
    "permits.issue": N_("recorded the permit of {name}"),
    "family.add": N_("added a family member to the file of {name}"),
    "family.edit": N_("changed a family member of {name}"),
    "family.delete": N_("removed a family member of {name}"),
    "family.receive": N_("recorded a family application for {name}"),
    "fees.pay": N_("recorded a payment for {name}"),
    "fees.refund": N_("recorded a refund for {name}"),
    "fees.delete": N_("removed a payment of {name}"),
    "imports.resolve": N_("answered a row to check: {name}"),
    "quota.switch": N_("chose what uses a place of the cap"),
    "copies.rules": N_("set how copies are kept"),
    "copies.folder": N_("named the folder of the copies"),
    "programme.window": N_("changed a date or a term of the programme"),
    "figures.set": N_("set a figure of the programme"),
    "figures.read": N_("looked up a figure of the programme at its source"),
    "figures.take_out": N_("took out a figure that the office had set"),
    "overcap.close": N_("closed items of the over-cap list"),
    "maintenance.restore": N_("restored a copy of the register"),
    "maintenance.restore_undone": N_("took back the restoring of a copy"),
    "maintenance.passphrase": N_("changed the passphrase of the register"),
    "maintenance.recovery_key": N_("printed the recovery key of the register"),
    "registers.move": N_("moved the register to another place"),
    "privacy.erase": N_("destroyed a file for good"),
    "privacy.access": N_("gave a person what is held of them"),
    "privacy.hold": N_("put the file of {name} under a legal hold"),
    "privacy.hold_lifted": N_("lifted the legal hold of the file of {name}"),
    "privacy.desk": N_("changed how personal information is protected"),
    "privacy.incident": N_("entered or changed a confidentiality incident"),
    "privacy.incident_closed": N_("closed a confidentiality incident"),
    "demo": N_("loaded the demonstration lists"),
}

NOUNS: Mapping[str, str] = {
    "people.add": N_("new file, {name}"),
    "people.edit": N_("change to the file, {name}"),
    "people.letter": N_("change to the letter, {name}"),
    "people.residence": N_("change to the residence, {name}"),
    "people.passport": N_("change to the passport, {name}"),
    "people.document": N_("change to the documents, {name}"),
    "people.scan": N_("scan of a document, {name}"),
    "people.tags": N_("tags, {name}"),
    "people.note": N_("change to the notes, {name}"),
    "people.rename": N_("change of name, {name}"),
    "people.former_name": N_("change to the former names, {name}"),
    "people.death": N_("death, {name}"),
    "people.merge": N_("merger of two files"),
    "people.delete": N_("file moved to the bin, {name}"),
    "people.restore_file": N_("file restored from the bin, {name}"),
    "clerks.assign": N_("responsible for files"),
    "contacts.save": N_("contact, {name}"),
    "contacts.delete": N_("removal of a contact, {name}"),
    "routes.save": N_("other route, {name}"),
    "routes.delete": N_("removal of an other route, {name}"),
    "routes.entry": N_("entry requirements"),
    "programmes.take": N_("file of a programme"),
    "programmes.remove": N_("removal of the file of a programme"),
    "letters.make": N_("letter, {name}"),
    "letters.template": N_("template of letters"),
    "letters.template_removed": N_("removal of a template of letters"),
    "letters.letterhead": N_("letterhead"),
    "views.save": N_("view saved"),
    "views.change": N_("view changed"),
    "views.delete": N_("view deleted"),
    "pivots.save": N_("cross table saved"),
    "pivots.change": N_("saved cross table changed"),
    "pivots.delete": N_("saved cross table deleted"),
    "applications.receive": N_("application received, {name}"),
    "applications.decide": N_("decision, {name}"),
    "applications.edit": N_("change to the application, {name}"),
    "applications.refund": N_("refund, {name}"),
    "applications.wording": N_("wording of the form, {name}"),
    "applications.prepare": N_("application begun, {name}"),
    "applications.state": N_("state of the application, {name}"),
    "applications.discard": N_("draft dropped, {name}"),
    "requests.record": N_("request of IRCC, {name}"),
    "requests.delete": N_("removal of a request, {name}"),
    "portal.observe": N_("portal lines, {name}"),
    "people.employment": N_("work, {name}"),
    "permits.edit": N_("change to the permit, {name}"),
    "deadlines.seen": N_("deadline seen, {name}"),
    "deadlines.settle": N_("deadline settled, {name}"),
    "deadlines.move": N_("deadline moved, {name}"),
    "deadlines.clear": N_("mark on a deadline, {name}"),
    "flags.settle": N_("finding settled, {name}"),
    "flags.unsettle": N_("finding opened again, {name}"),
    "permits.remove": N_("removal of a permit, {name}"),
    "permits.way": N_("way on, {name}"),
    "permits.pr_stage": N_("stage of permanent residence, {name}"),
    "people.correct": N_("correction of the file, {name}"),
    "permits.issue": N_("permit, {name}"),
    "family.add": N_("new family member, {name}"),
    "family.edit": N_("change to a family member, {name}"),
    "family.delete": N_("removal of a family member, {name}"),
    "family.receive": N_("family application, {name}"),
    "fees.pay": N_("payment, {name}"),
    "fees.refund": N_("refund, {name}"),
    "fees.delete": N_("removal of a payment, {name}"),
    "quota.cap": N_("change of a cap"),
    "quota.official": N_("official count"),
    "quota.switch": N_("choice of what uses a place"),
    "copies.rules": N_("how copies are kept"),
    "copies.folder": N_("folder of the copies"),
    "programme.window": N_("change to the programme"),
    "figures.set": N_("figure of the programme"),
    "figures.file": N_("figures of {source}"),
    "figures.read": N_("figure looked up"),
    "figures.take_out": N_("removal of a figure"),
    "overcap.close": N_("items of the over-cap list"),
    "periods.close": N_("closing of a period"),
    "imports.commit": N_("import of {source}"),
    "imports.resolve": N_("answer to a row to check, {name}"),
    "history.undo": N_("undo"),
    "maintenance.restore": N_("restored copy"),
    "maintenance.restore_undone": N_("restored copy"),
    "maintenance.passphrase": N_("change of passphrase"),
    "maintenance.recovery_key": N_("printed recovery key"),
    "registers.move": N_("move of the register"),
    "privacy.erase": N_("file destroyed"),
    "privacy.access": N_("personal information handed over"),
    "privacy.hold": N_("legal hold, {name}"),
    "privacy.hold_lifted": N_("legal hold lifted, {name}"),
    "privacy.desk": N_("protection of personal information"),
    "privacy.incident": N_("confidentiality incident"),
    "privacy.incident_closed": N_("incident closed"),
    "demo": N_("demonstration lists"),
    **OUT_NOUNS,
}

SEVERAL: Mapping[str, str] = {
    "people.note": N_("added a note to {count} files"),
    "people.letter": N_("changed the letters of {count} files"),
    "people.tags": N_("changed the tags of {count} files"),
    "people.residence": N_("changed the residence in {count} files"),
    "people.document": N_("changed a document of {count} files"),
    "contacts.save": N_("logged a contact in {count} files"),
    "letters.make": N_("wrote a letter in {count} files"),
    "applications.receive": N_("recorded the applications received of {count} files"),
    "applications.decide": N_("recorded a decision in {count} files"),
    "applications.state": N_("changed the state of the applications of {count} files"),
    "deadlines.seen": N_("saw {count} deadlines"),
    "deadlines.settle": N_("settled {count} deadlines"),
    "deadlines.move": N_("moved {count} deadlines"),
}
"""What one act did to several."""

_OUTCOMES = ("approved", "refused", "withdrawn", "returned", "cancelled_over_cap")


def act_text(row: ActRow) -> str:
    """What was done: `imported liste.xlsx: 62 new people, 5 rows to check`."""
    count = _several(row)
    if count and row.service in SEVERAL:
        return _done_to_several(row, count)
    special = SPECIAL.get(row.service)
    if special is not None:
        return special(row)
    template = TEXTS.get(row.service)
    return _(template).format(name=_name(row)) if template else row.service


def meanwhile_text(row: ActRow) -> str:
    """What another desk did since something was shown, as a sentence of its own."""
    return _("Done at another desk meanwhile – {who}: {act}.").format(
        who=row.who, act=act_text(row)
    )


def act_noun(row: ActRow) -> str:
    """The act's name, to follow `Undo:`."""
    template = NOUNS.get(row.service)
    if template is None:
        return row.service
    return _(template).format(name=_name(row), source=_source(row))


def act_kind(service: str) -> str:
    """What acts of a kind are called, whoever's file it is: `payment`."""
    named = _(NOUNS.get(service, service)).format(name="", source=_("a list"))
    return named.strip().rstrip(",").rstrip()


def _name(row: ActRow) -> str:
    """Whose file it was, or how many an act on several was about, to follow a comma; a file that
    an undo took away has no name left."""
    if count := _several(row):
        words = ngettext("{count} file", "{count} files", count)
        if row.service.startswith("deadlines."):
            words = ngettext("{count} deadline", "{count} deadlines", count)
        return words.format(count=format_number(count))
    return row.person_name or _("(removed)")


def _several(row: ActRow) -> int:
    """How many files an act on several was about, 0 for an act on one."""
    count = dict(row.counts).get("files", 0)
    return count if row.person_name is None and count > 1 else 0


def _done_to_several(row: ActRow, count: int) -> str:
    counts, number = dict(row.counts), format_number(count)
    if over := counts.get("over_cap"):
        words = ngettext(
            "recorded the applications received of {count} files, {over} over the cap",
            "recorded the applications received of {count} files, {over} over the cap",
            over,
        )
        return words.format(count=number, over=format_number(over))
    outcome = next((code for code in _OUTCOMES if counts.get(code)), None)
    if row.service == "applications.decide" and outcome is not None:
        words = _("recorded the decision “{outcome}” in {count} files")
        return words.format(outcome=word_in_sentence(outcome, "outcome"), count=number)
    state = _state_of(row)
    if row.service == "applications.state" and state is not None:
        words = _("set the applications of {count} files to “{state}”")
        return words.format(state=word_in_sentence(state, "application_state"), count=number)
    return _(SEVERAL[row.service]).format(count=number)


def _source(row: ActRow) -> str:
    return row.source_name or _("a list")


def _imported(row: ActRow) -> str:
    counts = counts_text(dict(row.counts))
    if not counts:
        return _("imported {source}: nothing changed").format(source=_source(row))
    return _("imported {source}: {counts}").format(source=_source(row), counts=counts)


def _received(row: ActRow) -> str:
    if dict(row.counts).get("over_cap"):
        return _("recorded an application over the cap for {name}").format(name=_name(row))
    return _("recorded the application received for {name}").format(name=_name(row))


def _decided(row: ActRow) -> str:
    counts = dict(row.counts)
    outcome = next((code for code in _OUTCOMES if counts.get(code)), None)
    if outcome is None:
        return _("recorded a decision for {name}").format(name=_name(row))
    return _("recorded the decision “{outcome}” for {name}").format(
        outcome=word_in_sentence(outcome, "outcome"), name=_name(row)
    )


def _moved_state(row: ActRow) -> str:
    state = _state_of(row)
    if state is None:
        return _("changed the state of the application of {name}").format(name=_name(row))
    return _("set the application of {name} to “{state}”").format(
        name=_name(row), state=word_in_sentence(state, "application_state")
    )


def _state_of(row: ActRow) -> str | None:
    """The state that an act has led to: what it begins and presents went through others."""
    counts = dict(row.counts)
    return next((state.value for state in reversed(NAMED) if counts.get(state.value)), None)


def _cap(row: ActRow) -> str:
    counts = dict(row.counts)
    if "year" not in counts or "limit" not in counts:
        return _("changed a cap")
    return _("set a cap of {limit} for {year}").format(
        limit=format_number(counts["limit"]), year=counts["year"]
    )


def _official(row: ActRow) -> str:
    counts = dict(row.counts)
    if "year" not in counts or "received" not in counts:
        return _("recorded an official count")
    return _("recorded the official count of {year}: {received} received").format(
        received=format_number(counts["received"]), year=counts["year"]
    )


def _figures(row: ActRow) -> str:
    count = dict(row.counts).get("figures", 0)
    words = ngettext("took {count} figure of {source}", "took {count} figures of {source}", count)
    return words.format(count=format_number(count), source=_source(row))


def _assigned(row: ActRow) -> str:
    count = dict(row.counts).get("files", 0)
    if count == 1:
        return _("changed who answers for the file of {name}").format(name=_name(row))
    return ngettext(
        "changed who answers for {count} file", "changed who answers for {count} files", count
    ).format(count=format_number(count))


def _closed(row: ActRow) -> str:
    counts = dict(row.counts)
    if counts.get("quarter"):
        return _("closed quarter {quarter} of {year}").format(
            quarter=counts["quarter"], year=counts.get("year")
        )
    return _("closed the year {year}").format(year=counts.get("year", "—"))


def _undone(row: ActRow) -> str:
    noun = (
        act_noun(row.about) if row.about is not None else _("act no. {act}").format(act=row.undoes)
    )
    if row.brings_back:
        return _("redid: {act}").format(act=noun)
    if kept := dict(row.counts).get("kept", 0):
        return ngettext(
            "undid: {act}; {kept} later value was kept",
            "undid: {act}; {kept} later values were kept",
            kept,
        ).format(act=noun, kept=format_number(kept))
    return _("undid: {act}").format(act=noun)


def _passphrase(row: ActRow) -> str:
    counts = dict(row.counts)
    if counts.get("set"):
        return _("gave the register a passphrase")
    if counts.get("remove"):
        return _("removed the passphrase of the register")
    changed = TEXTS["maintenance.passphrase"]
    return _(changed)


def _left(row: ActRow) -> str:
    count = dict(row.counts).get(PEOPLE, 0)
    if row.person_name is None and count > 1:
        words = ngettext("{count} person", "{count} people", count)
        return out_text(row, words.format(count=format_number(count)))
    return out_text(row, _name(row))


SPECIAL: Mapping[str, Callable[[ActRow], str]] = {
    "clerks.assign": _assigned,
    "imports.commit": _imported,
    "applications.receive": _received,
    "applications.decide": _decided,
    "applications.state": _moved_state,
    "figures.file": _figures,
    "quota.cap": _cap,
    "quota.official": _official,
    "periods.close": _closed,
    "history.undo": _undone,
    "maintenance.passphrase": _passphrase,
    **dict.fromkeys(OUT_NOUNS, _left),
}
