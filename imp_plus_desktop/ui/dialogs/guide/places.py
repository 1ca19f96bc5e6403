# SPDX-License-Identifier: Apache-2.0
"""Which chapter tells of a page or a dialog: where F1 opens the guide.

    chapter_of_page(place)      of what a page of the window shows; else the first chapter
    chapter_of_dialog(class)    by the name of a dialog's class; empty where none is named

Must not know a page or a dialog but by name.
"""

FIRST = "user/01-first-list"
_LISTS, _AGAIN = "user/02-lists-as-they-come", "user/03-lists-again"
_WHO, _APPLICATIONS = "user/04-who-may-apply", "user/06-applications"
_PERMITS, _FAMILY = "user/07-permits", "user/08-family"
_DOCUMENTS, _DEADLINES = "user/09-documents-fees", "user/10-deadlines"
_SEVERAL = "user/11-several-files"
_LETTERS, _UNDO = "user/12-letters", "user/12-undo"
_FILES, _QUOTA, _YEAR = "user/11-files", "user/13-quota", "user/14-year-end"
_TROUBLE, _KEYS = "user/15-trouble", "user/16-keyboard"
_PAST = "user/12-earlier-day"
_COPIES = "administrator/03-copies"
_PASSPHRASE = "administrator/04-passphrase"
_SERVER = "administrator/05-the-offices-server"
_REQUESTS, _INCIDENTS = "privacy/03-requests", "privacy/04-incidents"

PAGES = {
    "overview": FIRST,
    "people": _WHO,
    "people-past": _PAST,
    "applications": _APPLICATIONS,
    "permits": _PERMITS,
    "family": _FAMILY,
    "deadlines": _DEADLINES,
    "quota": _QUOTA,
    "quota-past": _PAST,
    "quota-reports": _YEAR,
    "imports": _LISTS,
    "routes": _WHO,
    "bin": _FILES,
}

_BY_CHAPTER = {
    FIRST: "AboutDialog LicencesDialog SettingsDialog TourDialog WelcomeDialog",
    _LISTS: "OriginsDialog",
    _AGAIN: "ComparedDialog",
    _WHO: "EntryRuleDialog LetterDialog OtherRouteDialog PersonDialog ResidenceDialog",
    _APPLICATIONS: (
        "CorrectDialog DecideDialog NumberDialog PermitDialog PortalDialog PrepareDialog "
        "PrStageDialog ReceiveDialog RequestDialog RequestDoneDialog StateDialog WordingDialog"
    ),
    _PERMITS: "ArrivalDialog PassportDialog PermitConditionsDialog RemovePermitDialog WorkDialog",
    _FAMILY: "MemberArrivalDialog MemberDialog MemberReceiveDialog",
    _DOCUMENTS: "DocumentsDialog PaymentDialog RefundDialog",
    _DEADLINES: "CalendarDialog MoveDeadlineDialog",
    _FILES: (
        "ClerkDialog ContactDialog DeathDialog DuplicatesDialog FieldHistoryDialog MergeDialog "
        "NoteDialog PastFileDialog RemoveFileDialog RenameDialog SettleDialog"
    ),
    _SEVERAL: (
        "ClerkSheet ContactSheet DecideSheet DocumentSheet LetterSheet MoveDeadlinesSheet "
        "NoteSheet PresentSheet ReceiveSheet ResidenceSheet SeenDeadlinesSheet SeenSheet "
        "SettledDeadlinesSheet StateSheet TagSheet"
    ),
    _LETTERS: "LetterTemplatesDialog LetterheadDialog TemplateDialog WriteLettersDialog",
    _YEAR: "YearArchiveDialog",
    _QUOTA: (
        "CapDialog CloseItemDialog FigureDialog FigureFileDialog FiguresDialog "
        "HolidaysDialog LookedUpDialog OfficeDayDialog OfficialDialog SwitchDialog "
        "TryYearDialog WindowDialog"
    ),
    _PAST: "AsOfDialog",
    _UNDO: "JournalDialog MeetingDialog",
    _TROUBLE: (
        "ChooseCopyDialog DamagedDialog HealthDialog RestoreDialog SupportDialog VerifyDialog"
    ),
    _KEYS: "GuideDialog ShortcutsDialog",
    _REQUESTS: "DeskDialog EraseDialog HoldDialog RetentionDialog",
    _INCIDENTS: "IncidentDialog IncidentsDialog",
    _PASSPHRASE: (
        "ChosenPassphraseDialog LockedDialog NewPassphraseDialog PassphraseDialog "
        "PassphraseToldDialog"
    ),
    _COPIES: "CopiesDialog",
    _SERVER: "OpenServerDialog ReachingDialog ServerCopiesDialog",
}
DIALOGS = {name: chapter for chapter, names in _BY_CHAPTER.items() for name in names.split()}


def chapter_of_page(place: str) -> str:
    """The key of the chapter that tells of a page's place, as the page itself says it."""
    return PAGES.get(place, FIRST)


def chapter_of_dialog(name: str) -> str:
    """The key of the chapter that tells of a dialog, by the name of its class; or empty."""
    return DIALOGS.get(name, "")
