# SPDX-License-Identifier: Apache-2.0
"""The sentence of each failure that a user can do something about, by its code: what, what to do.

Those whose wording hangs on their parameters are made in `error_texts.py`.
"""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.i18n import N_
from imp_plus_desktop.words.figures import figure_errors
from imp_plus_desktop.words.servers import server_errors
from imp_plus_desktop.words.terms import cell_texts

NOT_ALLOWED = server_errors.NOT_ALLOWED

STORAGE: Mapping[str, str] = {
    **server_errors.SENTENCES,
    "locked": N_("The register is in use elsewhere. Wait a moment, then try again."),
    "full": N_("The disk is full. Free some space, then try again; nothing was changed."),
    "read_only": N_(
        "The register is read-only. Move it to a folder where you may write, or open a copy."
    ),
    "only_read": N_(
        "This register can only be read: nothing can be written where it is. Move it to a folder"
        " where you may write."
    ),
    "written_elsewhere": N_(
        "This register can only be read: {desk} is writing in it at {computer}. Try again when it"
        " is closed there."
    ),
    "no_answer": N_(
        "The disk does not answer as it should, or takes nothing more. Check the drive and the"
        " connection to it, then try again; nothing was changed."
    ),
    "perhaps_kept": N_(
        "The disk failed at the last moment, and this may have been kept all the same. Once the"
        " drive is in order, look in the journal before you do it again."
    ),
    "damaged": N_("The register is damaged. Restore the latest copy."),
    "misread": N_(
        "The disk gave back something else than what the register holds; the register itself is"
        " sound. Try again, and have the drive checked if this happens again."
    ),
    "false_version": N_(
        "This register does not hold what its format number says: another program has changed it."
        " Open one of its copies instead."
    ),
    "not_a_file": N_("This is not a file. Choose a register, a file that ends in .imp."),
    "plain": N_("This register has no passphrase. Open it without one."),
    "acts_by_itself": N_(
        "This file has parts that act by themselves and are not the program’s. It is not opened;"
        " restore a copy from before."
    ),
    "asleep": N_("The window is locked. Unlock it with the passphrase."),
    "not_recorded": N_(
        "Nothing was given out: what leaves the register is written in its journal, and the"
        " register cannot be written to just now. Wait a moment, then try again."
    ),
    "printed_unrecorded": N_(
        "It was printed, but the register could not be written to, and its journal does not say so."
    ),
    "damaged_start": N_(
        "The passphrase is right, but the beginning of the file is damaged. Restore the latest"
        " copy."
    ),
    "wrong_key": N_(
        "This is not the register’s passphrase. Try again, or type its printed recovery key."
    ),
    "wrong_key_today": N_(
        "This passphrase opens the copy {copy}, but not the register: it was changed since, or the"
        " file is damaged."
    ),
    "recovery_key_mistyped": N_(
        "Group {group} of the recovery key is not as it was printed. Check it."
    ),
    "passphrase_needed": N_("The register is encrypted. Enter its passphrase."),
    "new_passphrase_needed": N_(
        "The new passphrase is missing. Put it into IMP_PLUS_NEW_PASSPHRASE, or give the command at"
        " a terminal."
    ),
    "newer": N_(
        "The register was made by a newer version of the program (format {found}; this version"
        " reads up to {known}). Install the newer version."
    ),
    "not_a_register": N_("This file is not a register. Choose another file."),
    "unsafe_place": N_(
        "The register is in a synchronized folder, where it could be damaged. Move it to a local"
        " folder; copies may stay there."
    ),
    "not_found": N_("The file was not found. Check its name and its folder."),
    "cannot_open": N_("The register cannot be opened. Check the folder and your right to use it."),
    "cannot_create": N_("No register can be created there. Choose another folder."),
    "cannot_copy": N_("The copy could not be made. Check the folder and the free space."),
    "beyond_rescue": N_(
        "Nothing of this file can be read, or its passphrase is another one. Restore a copy."
    ),
    "file_exists": N_("There is a file of this name already. Give another name."),
    "journal_altered": N_(
        "The journal does not hold: nothing can be made anew from it alone. See what check says,"
        " and rescue what can be read."
    ),
    "register_missing": N_(
        "The register is gone, but its copies are there; no empty one is made beside them. Restore"
        " the latest good one: {copy}."
    ),
    "register_empty": N_(
        "The register’s file is empty, but its copies are there. Restore the latest good one:"
        " {copy}."
    ),
    "no_good_copy": N_(
        "The register is gone or empty, and none of the copies beside it opens. Restore a copy that"
        " is kept elsewhere."
    ),
    "register_gone": N_(
        "The register was deleted or emptied while it was open: this was not recorded. Restore its"
        " latest copy."
    ),
    "register_replaced": N_(
        "The register was replaced by another file while it was open: this was not recorded. Open"
        " it again."
    ),
    "copy_damaged": N_("This copy is damaged. Choose another one; the register is as it was."),
    "copy_altered": N_(
        "The journal or a ledger of this copy was altered: it is not restored. Choose another one;"
        " the register is as it was."
    ),
    "copy_key_needed": N_(
        "This copy has a passphrase of its own: give it at the prompt, or in"
        " IMP_PLUS_COPY_PASSPHRASE."
    ),
    "copy_key_wrong": N_("This is not the copy’s passphrase. Try again."),
    "copy_gone": N_(
        "The copy of what the restore replaced is no longer there. Restore another copy."
    ),
    "restore_itself": N_("This is the register itself. Choose one of its copies."),
    "gone": N_("This entry no longer exists. Reopen the file and try again."),
    "changed_meanwhile": N_(
        "Another desk has changed this since it was shown: {field}. Nothing was stored. Do it again"
        " to choose, or leave what was put there."
    ),
    "restored_meanwhile": N_(
        "A copy of the register was restored since the form was opened. Nothing was stored: close"
        " the form, and look at what the register holds now."
    ),
}


EXCHANGE: Mapping[str, str] = {
    **figure_errors.OF_FILES,
    "not_a_spreadsheet": N_(
        "This file is not a spreadsheet that can be read. Save it as xlsx or csv, then try again."
    ),
    "encrypted": N_(
        "This file is protected by a password. Enter it (on the command line at the prompt or in"
        " IMP_PLUS_FILE_PASSWORD), or save the file without one."
    ),
    "wrong_password": N_("This is not the file’s password. Try again."),
    "cannot_unlock": N_(
        "This file is protected in a way that cannot be opened here. Save it without a password,"
        " then try again."
    ),
    "too_large": N_("This file is over the limits. Split it into smaller lists, then try again."),
    "damaged": N_("This file is damaged. Open it in a spreadsheet, save it, then try again."),
    "wrong_encoding": N_(
        "This file is not written in the encoding that was asked for. Choose another one, or none."
    ),
    "empty_file": N_("This file is empty. Choose another file."),
    "file_not_found": N_("The file was not found. Check its name and its folder."),
    "unreadable": N_(
        "This file cannot be read. Close it elsewhere and check your right to use it."
    ),
    "no_list": N_(
        "No sheet is a list that can be imported. A list of people needs a name and the date of"
        " the letter; a list of family members needs the principal’s reference."
    ),
    "no_rows": N_(
        "The list has headers and no row under them: there is nobody to import. Check the file."
    ),
    "no_family_name": N_(
        "The column “{column}” holds given names, and no column family names. Name one, or say that"
        " these people have one name only (--one-name)."
    ),
    "ambiguous_dates": N_(
        "Nothing tells day from month in the column “{column}”. Choose the order of the dates."
    ),
    "sheet_not_found": N_("The workbook has no sheet named “{sheet}”. Check the name."),
    "scan_too_large": N_("This file is larger than {limit} MB. Scan it at a lower resolution."),
    "scan_refused": N_(
        "This kind of file is not kept. Choose a PDF, a picture (PNG, JPEG, TIFF, HEIC, WebP), a"
        " Word, Excel or OpenDocument file, a plain text or an e-mail."
    ),
    "scan_program": N_(
        "This file is a program or a script, whatever its name says. It is not kept."
    ),
    "scan_macros": N_(
        "This document holds macros, which run when it is opened. Save it as PDF, then try again."
    ),
    "scan_outside": N_(
        "This document fetches a part of itself from another computer when it is opened. Save it as"
        " PDF, then try again."
    ),
    "scan_objects": N_(
        "This document has other files embedded in it that could be run. Save it as PDF, then try"
        " again."
    ),
    "template_not_docx": N_(
        "This is not a Word document (.docx), or it is damaged. Save it in Word as .docx, then try"
        " again."
    ),
    "template_macros": N_(
        "This document holds macros. Save it in Word as a document without macros (.docx), then try"
        " again."
    ),
    "template_outside": N_(
        "This document fetches a part of itself from another computer. Put its pictures into the"
        " document itself, then try again."
    ),
    "template_objects": N_(
        "This document has other files embedded in it. Take them out, then try again."
    ),
    "template_unreadable": N_(
        "A field of this template cannot be read. Compare its double braces and what stands in them"
        " with the list of fields."
    ),
    "template_fails": N_(
        "The field “{tag}” of this template cannot be filled. Compare it with the list of fields."
    ),
    "template_stalls": N_("Filling this template takes too long. Make it simpler, then try again."),
    "letter_too_large": N_(
        "This template, or what comes of it, is too large. Use smaller pictures, then try again."
    ),
    "timeout": N_("Reading this file takes too long. Split it into smaller lists, then try again."),
    "not_a_file": N_("This is not a file. Choose another one."),
    "register_there": N_(
        "A register stands under this name, and no other file takes its place. Give another name."
    ),
    "full": N_("There is no room left on the disk. Free some space, then try again."),
    "no_answer": N_(
        "The disk does not answer as it should. Check the drive and the connection to it, then try"
        " again."
    ),
    "read_only": N_("Nothing can be written there. Choose another folder."),
    "cannot_write": N_(
        "The file could not be written. Close it elsewhere, check the folder and the free space."
    ),
}


DOMAIN: Mapping[str, str] = {
    **figure_errors.SENTENCES,
    **server_errors.ADDRESSES,
    **cell_texts.REFUSED,
    "template_unknown": N_("There is no such letter. “imp-plus letters list” lists them."),
    "template_exists": N_("Another letter is called so. Choose another name."),
    "name_missing": N_("A name is missing. Type one."),
    "blocked": N_("A rule blocks this: {rules}. Nothing was changed."),
    "nothing_to_undo": N_("There is nothing to undo."),
    "act_not_found": N_("There is no act no. {act}. Check the number in the history."),
    "bad_head": N_(
        "This is no head of a journal: give its digits as they were printed, at least the first"
        " {least}."
    ),
    "written_since": N_(
        "Another desk has written to the register since the copy was looked at: see once more what"
        " would change. Nothing was restored."
    ),
    "list_overtaken": N_(
        "Another desk has written to the register since these rows were shown, and the list would"
        " now do something else. Nothing was imported: look at the rows once more, then import."
    ),
    "restore_not_last": N_(
        "Something was recorded since this restore and would be lost. Undo that first, or restore"
        " the copy made before it."
    ),
    "restore_needs_yes": N_(
        "This copy is of another register: all that this one holds would go. Look at it with"
        " --dry-run, then add --yes."
    ),
    "already_undone": N_("Act no. {act} is already undone."),
    "no_place_to_return": N_("No place is left in {year}: the act cannot be brought back."),
    "person_not_found": N_("Nobody has this reference. Check it, or search by name."),
    "person_unknown_then": N_("The register had no such file yet on {day}."),
    "past_is_past": N_("The file as it was is only looked at. Go back to today to change it."),
    "person_erased": N_("This file was destroyed. Only what counts is left, without a name."),
    "list_erased": N_(
        "The file of this import was destroyed together with somebody’s file. Its other rows stay"
        " in the register."
    ),
    "on_legal_hold": N_("A legal hold keeps this file. Lift it first."),
    "not_on_hold": N_("This file is under no legal hold."),
    "kept_by_law": N_("This file must be kept until {until}. Give a reason if it must go before."),
    "ceiling_under_floor": N_(
        "A recognised consultant keeps closed files for {years} years. Enter as many or more."
    ),
    "bad_years": N_("Enter a number of years, 1 to 100."),
    "bad_day": N_("A day is written YYYY-MM-DD."),
    "incident_not_found": N_("There is no incident with this number. Look at the list."),
    "incident_empty": N_("Nothing is entered yet. Enter at least one of the eight items."),
    "no_such_place": N_("There is no such folder for the second place. Check the drive."),
    "place_beside": N_(
        "The copies stand beside the register already. Choose a folder elsewhere: another disk, a"
        " stick, a share."
    ),
    "place_read_only": N_("Nothing can be written there. Choose another folder."),
    "bad_copy_rule": N_(
        "“{rule}” must be between {least} and {most}, and no shorter than the row before it."
    ),
    "not_in_bin": N_("No file in the bin has this reference. Look at what the bin holds."),
    "file_in_bin": N_("The file {ref} is in the bin. Restore it first."),
    "person_ambiguous": N_("{count} people have this reference. Use the number in the register."),
    "application_not_found": N_("There is no such application. Check its number."),
    "member_not_found": N_("There is no such family member. Check the number."),
    "no_own_permit": N_("No permit is recorded for this person. Record it first."),
    "unknown_way": N_("There is no way called “{way}”. See “way --help”."),
    "way_chosen_already": N_("That is what is recorded already. Nothing was changed."),
    "option_alone": N_("{option} says something about {needed}, which is missing. Name it too."),
    "way_and_none": N_("Choose a way, or take the choice back, not both."),
    "permit_not_found": N_("There is no such permit. Check its number."),
    "not_in_file": N_("This entry is not in this person’s file. Reopen the file and try again."),
    "already_encrypted": N_("The register already has a passphrase. Change it or remove it."),
    "not_encrypted": N_("The register has no passphrase. Set one first."),
    "passphrase_empty": N_("A passphrase is needed. Enter one."),
    "passphrase_weak": N_(
        "This passphrase is too easy to guess. Take four words or more that do not go together."
    ),
    "passphrases_differ": N_("The two passphrases differ. Nothing was changed; begin again."),
    "cannot_erase": N_("This field cannot be emptied alone. Delete the whole entry instead."),
    "missing_name": N_("A name is needed. Enter the family name."),
    "note_empty": N_("The note is empty. Write something, or cancel."),
    "mrz_unreadable": N_(
        "These are not the two lines of a passport: each has 44 letters, digits or “<”."
        " Copy both, whole."
    ),
    "passport_empty": N_("The passport is empty. Enter its number or its expiry."),
    "letter_replaces_itself": N_("A letter cannot replace itself. Choose an earlier letter."),
    "contact_empty": N_("The contact is empty. Write what was said, or cancel."),
    "same_name": N_("This is the name that the file has. Enter the new name."),
    "same_person": N_("A file cannot be merged with itself. Choose two files."),
    "unknown_choice": N_("There is nothing to choose named {name}. Check the word."),
    "unknown_programme": N_("There is no programme {programme}. See the list of programmes."),
    "one_thing_at_a_time": N_("Ask for one thing: a board, a file to take, or one to remove."),
    "programme_shipped": N_("The program brings this programme: only a file of your own goes."),
    "programme_in_use": N_("First take out of the files what is entered under it: {count}."),
    "unknown_route": N_("There is no route {route}. See the list of routes."),
    "bad_offer_number": N_(
        "The number of an offer of employment is an A and seven digits. Check it."
    ),
    "letter_exists": N_("A letter with this date is already in the file."),
    "member_exists": N_("This family member is already in the file."),
    "member_has_application": N_("This family member has an application and cannot be removed."),
    "issued_before_received": N_(
        "The permit cannot be issued before the application was received. Check both days."
    ),
    "issued_before_decided": N_(
        "The permit cannot be issued on {day}, before its approval on {other}. Check both days."
    ),
    "passport_over_at_issue": N_(
        "The passport ended on {day}: no permit is issued on {other} for it. "
        "Record the passport that the permit was issued for."
    ),
    "permit_too_long": N_(
        "The permit cannot end on {day}: its full term ends on {other}. Check both days."
    ),
    "in_the_future": N_("This day is in the future. Check the date."),
    "no_refund_expected": N_("No refund is expected for this application: it is not over the cap."),
    "scan_missing": N_("There is no scan of this document."),
    "scan_kept": N_("This document has a scan. Remove the scan first."),
    "unknown_fee": N_("There is no such fee. Choose one of: {fees}."),
    "bad_amount": N_("This is not an amount. Write for example 155.00."),
    "refund_of_what": N_("Several refunds are open. Say for which application this one is."),
    "unknown_figure": N_("The board has no such figure. Check its name."),
    "unknown_parameter": N_("There is no setting named “{name}”. Check the name."),
    "permit_without_day": N_("A permit needs its first or its last day. Record that day first."),
    "window_needs_value_and_day": N_(
        "A setting takes its value, the day from which it holds and a reason."
    ),
    "not_over_cap": N_("This application is not over the cap: nothing is to be closed."),
    "decide_family_instead": N_(
        "An application of the family is closed by its decision. Record that decision."
    ),
    "no_such_year": N_("Nothing is kept of this year. Choose one from {first} to {last}."),
    "no_such_period": N_("There is no such week or quarter. Check its number."),
    "period_not_over": N_("This period is not over yet. Close it from the day after its last."),
    "unknown_dimension": N_("Rows and columns are two of: {names}."),
    "period_open": N_("This period is not closed. Close it first."),
    "period_closed": N_("This period is closed already. Undo that act to open it again."),
    "taken_out_meanwhile": N_(
        "{who} has taken this out of the register meanwhile ({act}). Nothing was stored; what was"
        " typed can be copied from here."
    ),
    "file_stays": N_("The file stays as another desk has left it. Nothing was changed."),
    "reason_missing": N_("A reason is needed. Write why."),
    "otherwise_now": N_(
        "Another desk has changed something meanwhile. Nothing was kept: look at what would change "
        "now."
    ),
    "no_letter_yet": N_("This file has no letter. Add the letter first."),
    "receipt_known": N_("Another day of receipt is recorded already. Correct it in the file."),
    "nothing_waits": N_("No application of this file waits for a decision."),
    "of_a_member": N_("An application of the family is received in the person’s file."),
    "already_preparing": N_("An application is already being prepared in this file."),
    "not_received_yet": N_("IRCC has not received this application yet. Record the receipt first."),
    "before_receipt": N_("This day is before the application was received. Check it."),
    "reopened_before_decided": N_(
        "The application was refused after this day. Check the day it was reopened."
    ),
    "request_not_found": N_("There is no such request. Check its number."),
    "completed_day_alone": N_("Only a completed line has a day of completion."),
    "deadline_not_found": N_(
        "There is no such deadline, or several on different days. Check the kind and the day."
    ),
    "flag_not_found": N_("This file has no such finding. See what it has with show."),
    "permit_stands": N_(
        "This application has a permit, which goes against that outcome. Take the permit out first"
        " if it is a mistake."
    ),
    "year_full": N_(
        "No place is left in {year}, and an application that was decided is not cancelled over the"
        " cap. Check the day, or the cap."
    ),
    "bad_pair": N_("This is not written as NAME=VALUE ({what})."),
    "unknown_rule": N_("There is no rule {rule}. Check its number."),
    "person_needed": N_("Say which person in the register this row is."),
    "row_not_found": N_("There is no such row to check. Reopen the list."),
    "already_resolved": N_("This row has already been answered. Reopen the list."),
}
