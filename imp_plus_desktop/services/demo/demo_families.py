# SPDX-License-Identifier: Apache-2.0
"""What the demo's families have paid and brought: fees, documents, a scan.

Recorded through the services as people would. Must not write anything but by a service.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from imp_plus_desktop import private
from imp_plus_desktop.domain.fees.refunds import HOLDER, PROCESSING
from imp_plus_desktop.domain.records.ids import MemberId
from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType
from imp_plus_desktop.services.applications import fees
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import attachments, documents

_PAGE = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 420 595]>> endobj
trailer <</Root 1 0 R>>
%%EOF
"""
"""An empty page: nobody's passport."""


def pay(office: Office, person_id: int, on: date) -> None:
    """Pay the permits of a family, and leave the biometrics open."""
    account = fees.account(office, person_id)
    for fee in (PROCESSING, HOLDER):
        owed = sum(line.cents for line in account.lines if line.fee == fee)
        if owed:
            fees.pay(office, person_id, fee, owed, on)


def bring_papers(office: Office, person_id: int, member_id: MemberId) -> None:
    """A member's passport as a scan, the photo looked at, the forms still to come."""
    with private.scratch_folder() as folder:
        scan = Path(folder, "passeport.pdf")
        private.write(scan, _PAGE)
        attachments.attach(office, person_id, DocumentType.PASSPORT, scan, member_id)
    wanted: dict[documents.Which, documents.Stands] = {
        (DocumentType.PHOTO, member_id): (DocumentState.REVIEWED, None),
        (DocumentType.FORMS, member_id): (DocumentState.REQUIRED, None),
    }
    documents.set_documents(office, person_id, wanted)
