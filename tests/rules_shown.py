# SPDX-License-Identifier: Apache-2.0
"""Every rule of the programme: which function answers it, on which screen and by which command.

The screens are those of `tests/ui/test_rules_on_screen.py`; the commands are run by
`tests/test_rules_shown.py` on one register, which `Story` fills as an office would.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import plain
from imp_plus_desktop.cli.command_table import COMMANDS
from imp_plus_desktop.cli.main import grammar
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.office.rule_overrides import Blocked

TODAY = date(2024, 11, 20)
_D = "imp_plus_desktop.domain"


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a rule is evaluated, and where a person meets its answer."""

    function: str
    screen: str
    command: str


SHOWN: dict[str, Shown] = {
    "PRG-01": Shown(f"{_D}.letters.letters.prg_01", "person", "verdict"),
    "INV-01": Shown(f"{_D}.letters.letters.inv_01", "person", "verdict"),
    "INV-02": Shown(f"{_D}.letters.letters.inv_02", "person", "verdict"),
    "INV-03": Shown(f"{_D}.letters.letters.inv_03", "person", "verdict"),
    "INV-04": Shown(f"{_D}.letters.letters.inv_04", "person", "verdict"),
    "CSQ-01": Shown(f"{_D}.letters.csq.csq_01", "person", "verdict"),
    "CSQ-02": Shown(f"{_D}.letters.csq.csq_02", "person", "verdict"),
    "CSQ-03": Shown(f"{_D}.letters.csq.csq_03", "person", "verdict"),
    "CSQ-04": Shown(f"{_D}.letters.csq.csq_04", "person", "verdict"),
    "CSQ-05": Shown(f"{_D}.letters.csq.csq_05", "person", "verdict"),
    "CSQ-06": Shown(f"{_D}.letters.csq.csq_06", "person", "verdict"),
    "ELG-01": Shown(f"{_D}.residence.residence.elg_01", "person", "verdict"),
    "ELG-02": Shown(f"{_D}.residence.residence.elg_02", "person", "verdict"),
    "ELG-03": Shown(f"{_D}.residence.residence.elg_03", "person", "verdict"),
    "ELG-04": Shown(f"{_D}.letters.csq.elg_04", "person", "verdict"),
    "ELG-05": Shown(f"{_D}.documents.documents.elg_05", "receive", "receive"),
    "ELG-06": Shown(f"{_D}.people.need.elg_06", "person", "verdict"),
    "ELG-07": Shown(f"{_D}.people.need.elg_07", "person", "verdict"),
    "DOC-01": Shown(f"{_D}.documents.documents.doc_01", "person", "verdict"),
    "DOC-02": Shown(f"{_D}.documents.documents.doc_02", "person", "verdict"),
    "DOC-03": Shown(f"{_D}.documents.documents.doc_03", "person", "verdict"),
    "PER-01": Shown(f"{_D}.permits.permits.per_01", "permit", "permit"),
    "PER-02": Shown(f"{_D}.permits.permits.per_02", "person", "permits"),
    "PER-03": Shown(f"{_D}.permits.permits.per_03", "person", "permits"),
    "PER-04": Shown(f"{_D}.permits.permits.per_04", "person", "verdict"),
    "EXT-01": Shown(f"{_D}.permits.permits.ext_01", "extension", "receive"),
    "EXT-02": Shown(f"{_D}.permits.permits.ext_02", "person", "permits"),
    "CAP-01": Shown(f"{_D}.quota.quota.receipt_findings", "receive", "receive"),
    "CAP-02": Shown(f"{_D}.quota.quota.cap_02", "receive", "receive"),
    "CAP-03": Shown(f"{_D}.quota.quota.decision_findings", "decide", "decide"),
    "CAP-04": Shown(f"{_D}.quota.quota.cap_04", "member-receive", "member-receive"),
    "CAP-05": Shown(f"{_D}.quota.quota.decision_findings", "decide", "decide"),
    "CAP-06": Shown(f"{_D}.quota.quota.cap_06", "receive", "receive"),
    "CAP-07": Shown(f"{_D}.quota.quota.cap_07", "quota", "quota"),
    "CAP-08": Shown(f"{_D}.quota.quota.receipt_findings", "receive", "receive"),
    "FAM-01": Shown(f"{_D}.family.family.fam_01", "person", "family"),
    "FAM-02": Shown(f"{_D}.family.family.fam_02", "member-receive", "member-receive"),
    "FAM-03": Shown(f"{_D}.family.family.fam_03", "person", "family"),
    "FAM-04": Shown(f"{_D}.family.family.fam_04", "member-permit", "permit"),
    "FAM-05": Shown(f"{_D}.family.family.fam_05", "member-permit", "permit"),
    "FAM-06": Shown(f"{_D}.family.family.fam_06", "person", "family"),
    "FAM-07": Shown(f"{_D}.family.family.fam_07", "person", "family"),
    "FAM-08": Shown(f"{_D}.family.schooling.fam_08", "person", "family"),
    "FAM-09": Shown(f"{_D}.family.schooling.fam_09", "person", "family"),
    "FAM-10": Shown(f"{_D}.people.need.fam_10", "person", "family"),
    "FAM-11": Shown(f"{_D}.family.own_route.fam_11", "person", "family"),
    "FAM-12": Shown(f"{_D}.family.member_stay.fam_12", "person", "family"),
    "FEE-01": Shown(f"{_D}.fees.fees.fee_01", "person", "fees"),
    "FEE-02": Shown(f"{_D}.fees.fees.fee_02", "decide", "decide"),
    "FEE-03": Shown(f"{_D}.fees.fees.fee_03", "person", "fees"),
    "CLK-01": Shown(f"{_D}.deadlines.clocks.clk_01", "person", "clocks"),
    "CLK-02": Shown(f"{_D}.deadlines.clocks.clk_02", "person", "clocks"),
    "CLK-03": Shown(f"{_D}.deadlines.clocks.clk_03", "person", "clocks"),
    "CLK-04": Shown(f"{_D}.deadlines.clocks.clk_04", "person", "clocks"),
    "ID-01": Shown(f"{_D}.people.identity.id_01", "person", "checks"),
    "ID-02": Shown(f"{_D}.people.identity.id_02", "person", "checks"),
    "ID-03": Shown(f"{_D}.documents.mrz.id_03", "passport", "mrz"),
    "ID-04": Shown(f"{_D}.people.identity.id_04", "person", "checks"),
    "REP-01": Shown(f"{_D}.quota.reports.report_finding", "reports", "report"),
    "REP-02": Shown(f"{_D}.quota.reports.report_finding", "reports", "report"),
}
"""The rules of the programme's table, privacy apart."""

_INVITED = {
    "given_names": "A",
    "citizenship": "MAR",
    "residence_country": "MAR",
    "csq_category": "IQ",
    "csq_issue_date": "2023-11-01",
    "letter_date": "2024-10-01",
    "letter_received_date": "2024-10-03",
    "passport_expiry": "2033-01-01",
    "pr_state": "not_filed",
}
MRZ = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
_LIST = """Réf. individuelle,Nom,Prénom,Date lettre,N° de demande PT,Reçue le,Statut
C7777777,Untel,Jo,2024-02-15,W777777777,2024-03-15,Approuvée
"""


@dataclass
class Story:
    """Commands run on one open register; every finding they answer is kept by command."""

    office: Office
    folder: Path
    seen: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """(command, rule) to the outcomes answered."""
    people: int = 0

    def run(self, *words: object, on: date = TODAY) -> Any:
        """One command's answer; what a rule blocks is an answer too."""
        args = _grammar().parse_args([str(word) for word in words])
        office = replace(self.office, clock=Clock(on))
        try:
            room = COMMANDS[args.command].room
            assert room is not None
            data = plain(room()[args.command](office, args).data)
        except Blocked as blocked:
            data = plain([output.finding(found) for found in blocked.findings])
        for found in _findings(data):
            self.seen.setdefault((args.command, found["rule"]), set()).add(found["outcome"])
        return json.loads(json.dumps(data))

    def invite(self, **changes: str) -> str:
        """Somebody invited; the reference."""
        self.people += 1
        reference = f"C{1000000 + self.people}"
        values = {
            "individual_reference": reference,
            "family_name": f"Person{chr(64 + self.people)}",
            "birth_date": f"19{60 + self.people}-01-01",
            **_INVITED,
            **changes,
        }
        self.run("add", *(f"{name}={text}" for name, text in values.items() if text))
        return reference

    def receive(self, who: str, at: str, *options: str) -> int:
        """An application received; its number."""
        return int(self.run("receive", who, "--at", at, *options)["application"])

    def member(self, who: str, relation: str, name: str, *options: str) -> int:
        """A family member; their number."""
        words = ("member", who, "--relation", relation, "--family-name", name, *options)
        return int(self.run(*words)["member"])


_grammar = cache(grammar)


def _findings(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        if {"rule", "outcome", "severity"} <= data.keys():
            yield data
        for value in data.values():
            yield from _findings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _findings(value)


def tell(story: Story) -> None:
    """A year of an office in short: every rule answers at least twice, and not alike."""
    _verdicts(story)
    holder = _way_to_a_permit(story)
    _family(story, holder)
    _other_endings(story)
    _cap_and_reports(story)


def _verdicts(story: Story) -> None:
    story.run("verdict", story.invite(uci="1234-5678"))
    odd = story.invite(
        uci="12",
        letter_received_date="",
        residence_country="CAN",
        residence_province="QC",
        canada_status="none",
        r206="yes",
        csq_category="family",
        csq_issue_date="2021-01-01",
        pr_state="refused",
        passport_expiry="2025-01-01",
    )
    story.run("verdict", odd)
    story.run("checks", odd)
    story.run("checks", story.invite(passport_number="AB100001"))
    story.run("checks", story.invite(passport_number="ab 100001"))
    old = {"letter_date": "2024-01-05", "letter_received_date": "2024-01-08"}
    story.run("verdict", story.invite(csq_category="IP", csq_issue_date="2022-12-01", **old))
    bare = dict.fromkeys(("letter_date", "letter_received_date", "residence_country"), "")
    bare |= dict.fromkeys(("csq_issue_date", "pr_state", "passport_expiry"), "")
    unknown = story.invite(**bare)
    story.run("verdict", unknown)
    story.run("permits", unknown)
    late = story.invite()
    story.run("set", late, "letter_received_date", "2025-01-22", on=date(2025, 2, 1))
    story.run("set", late, "letter_date", "2025-01-20", on=date(2025, 2, 1))
    story.run("verdict", late, on=date(2025, 2, 1))
    ontario = {"residence_country": "CAN", "residence_province": "ON", "r206": "no"}
    there = story.invite(canada_status="worker", canada_status_until="2025-06-01", **ontario)
    story.run("document", there, "residence_proof", "received")
    story.run("verdict", there)
    ready = story.invite()
    for paper in ("csq", "letter", "intent"):
        story.run("document", ready, paper, "received")
    draft = story.run("prepare", ready)["application"]
    story.run("verdict", ready)
    story.run("wording", draft, "yes")
    story.run("verdict", ready)
    settled = story.invite(citizenship="CAN")
    story.member(settled, "child", "N", "--citizenship", "CAN")
    story.run("death", settled, "--on", "2024-11-19")
    story.run("verdict", settled)
    story.run("family", settled)
    story.run("mrz", MRZ)
    story.run("mrz", MRZ.replace("7408122", "7408132"))


def _way_to_a_permit(story: Story) -> str:
    holder = story.invite(pr_state="in_process", pr_filed_on="2024-05-01", uci="1111-2222")
    story.run("document", holder, "pr_proof", "required")
    story.run("verdict", holder)
    story.run("document", holder, "pr_proof", "received")
    first = story.receive(holder, "2024-11-19T15:00Z", "--number", "W000000001")
    story.run("verdict", holder)
    story.run("checks", holder)
    for kind in ("biometrics", "medical"):
        story.run("request", first, kind, "--letter", "2024-11-19")
    due = ("--letter", "2024-11-19", "--due", "2024-12-20")
    story.run("request", first, "documents", *due)
    story.run("clocks", holder)
    story.run("clocks", holder, on=date(2025, 1, 20))
    story.run("decide", first, "approved", "--on", "2024-11-20")
    story.run(
        *("request", first, "introduction_letter", "--letter", "2024-11-20"),
        *("--valid-until", "2025-02-01"),
    )
    story.run("clocks", holder)
    story.run("clocks", holder, on=date(2025, 3, 20))
    days = ("--issued", "2024-11-20", "--until", "2027-01-01")
    permit = story.run("permit", first, *days)["permit"]
    story.run("permits", holder)
    story.run("permits", holder, on=date(2026, 12, 1))
    printed = ("--location", "Quebec only", "--occupation", "no child care")
    story.run("permit-edit", permit, *printed)
    story.run("work", holder, "CAN-ON", "--from", "2024-11-20")
    story.run("permits", holder)
    story.run("receive", holder, "--at", "2024-11-20T15:00Z", "--kind", "extension")
    extension = ("--kind", "extension", "--override", "EXT-01=known")
    story.receive(story.invite(), "2024-11-20T15:00Z", *extension)
    story.run("fees", holder)
    story.run("pay", holder, "processing", "155", "--on", "2024-11-19")
    story.run("pay", holder, "employer_compliance", "230", "--on", "2024-11-19")
    story.run("fees", holder)
    return holder


def _family(story: Story, holder: str) -> None:
    accompanying = ("--birth-date", "1990-01-01", "--accompanying", "yes")
    spouse = story.member(holder, "spouse", "S", *accompanying)
    child = story.member(holder, "child", "K", "--birth-date", "2012-12-15", "--accompanying", "no")
    grown = story.member(holder, "child", "L", "--birth-date", "1999-12-15")
    story.run("family", holder)
    for name, text in (("wish", "study"), ("school", "primary_secondary"), ("location", "abroad")):
        story.run("member-set", child, name, text)
    story.run("family", holder)
    story.run("member-set", child, "wish", "none")
    story.run("member-set", child, "location", "quebec")
    story.run("family", holder)
    story.run("member-set", child, "birth_date", "2006-12-15")
    story.run("member-set", spouse, "invited", "yes")
    story.run("family", holder)
    story.run("member-set", spouse, "invited", "")
    story.run("member-set", spouse, "uci", "1111-2222")
    story.run("checks", holder)
    story.run("member-set", spouse, "arrived_on", "2024-11-01")
    story.run("set", holder, "arrived_on", "2024-11-18")
    story.run("family", holder)
    early = ("--kind", "work", "--at", "2024-11-20T16:00Z", "--override", "FAM-06=known")
    theirs = story.run("member-receive", spouse, *early)["application"]
    story.run(
        *("member-receive", grown, "--kind", "work", "--at", "2024-11-20T16:10Z"),
        *("--override", "FAM-03=known"),
    )
    story.run("decide", theirs, "approved", "--on", "2024-11-20")
    long = ("--issued", "2024-11-20", "--until", "2028-01-01")
    story.run("permit", theirs, *long)  # blocked: longer than the principal's
    story.run("member-set", spouse, "arrived_on", "2024-11-19")
    within = ("--issued", "2024-11-20", "--until", "2025-11-20", "--location", "Quebec")
    story.run("permit", theirs, *within)
    story.run("member-set", grown, "arrived_on", "2024-11-10")
    story.run("member-set", spouse, "invited", "yes")
    story.run("family", holder)


def _other_endings(story: Story) -> None:
    refused = story.invite()
    number = story.receive(refused, "2024-11-20T10:00Z")
    spouse = story.member(refused, "spouse", "S")
    story.run("member-receive", spouse, "--kind", "work", "--at", "2024-11-20T16:00Z")
    story.run("decide", number, "refused", "--on", "2024-11-20")
    story.run("family", refused)
    returned = story.receive(story.invite(), "2024-11-20T11:00Z")
    story.run("decide", returned, "returned", "--on", "2024-11-20")
    earlier = story.invite(letter_date="2023-04-01", letter_received_date="2023-04-03")
    done = story.receive(earlier, "2023-05-20T09:00Z")
    story.run("decide", done, "approved", "--on", "2023-06-01")
    story.run("permit", done, "--issued", "2023-06-01")
    boundary = ("--override", "INV-02=known")
    story.receive(story.invite(), "2024-01-01T03:00Z", *boundary)
    port = ("--channel", "port_of_entry", "--override", "ELG-05=known")
    story.receive(story.invite(), "2024-11-19T15:00Z", *port)


def _cap_and_reports(story: Story) -> None:
    story.run("quota", 2024)
    for kind in ("weekly", "quarterly"):
        story.run("report", kind)
    limit = ("--from", "2024-01-01", "--reason", "test")
    story.run("cap", 2024, 1, *limit)
    story.run("cap", 2024, 1, *limit, "--ledger", "permits")
    story.run("quota", 2024)
    story.receive(story.invite(), "2024-11-20T12:00Z")
    undated = self_made(story.folder)
    story.run("import", undated)
    for kind in ("weekly", "quarterly"):
        story.run("report", kind)


def self_made(folder: Path) -> Path:
    """A list with a decision that has no day."""
    path = folder / "undated.csv"
    path.write_text(_LIST, encoding="utf-8")
    return path
