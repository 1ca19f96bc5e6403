# SPDX-License-Identifier: Apache-2.0
"""The numbers by which rows are known, a type for each kind."""

from typing import NewType

PersonId = NewType("PersonId", int)


LetterId = NewType("LetterId", int)


ResidenceId = NewType("ResidenceId", int)


PassportId = NewType("PassportId", int)


ApplicationId = NewType("ApplicationId", int)


PermitId = NewType("PermitId", int)


MemberId = NewType("MemberId", int)


DocumentId = NewType("DocumentId", int)


NoteId = NewType("NoteId", int)


FormerNameId = NewType("FormerNameId", int)


ContactId = NewType("ContactId", int)


EmploymentId = NewType("EmploymentId", int)


FormerNumberId = NewType("FormerNumberId", int)


RequestId = NewType("RequestId", int)


PortalLineId = NewType("PortalLineId", int)


PaymentId = NewType("PaymentId", int)


OtherRouteId = NewType("OtherRouteId", int)


DeadlineMarkId = NewType("DeadlineMarkId", int)


FlagSettlementId = NewType("FlagSettlementId", int)


LegalHoldId = NewType("LegalHoldId", int)


EntryRuleId = NewType("EntryRuleId", int)


ActId = NewType("ActId", int)
