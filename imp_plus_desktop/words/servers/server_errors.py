# SPDX-License-Identifier: Apache-2.0
"""The sentences of what may fail with a register on a server, by code."""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.i18n import N_

SENTENCES: Mapping[str, str] = {
    "server_unreachable": N_(
        "The server does not answer. Check the network and the server’s name, then try again;"
        " nothing was changed."
    ),
    "server_refused": N_(
        "The server does not let this user in. Check the user’s name and password."
    ),
    "server_password_needed": N_("The server asks for this user’s password."),
    "server_certificate": N_(
        "The connection to the server is not safe: its certificate is missing or is not the one"
        " that is expected. Nothing was sent; tell whoever administers the server."
    ),
    "server_without_register": N_(
        "There is no register of this name on the server. Check the name, or have whoever"
        " administers the server make one."
    ),
    "server_has_register": N_(
        "There is a register of this name on the server already; it stays as it is."
    ),
    "server_pooled": N_(
        "Something stands between this computer and the server and gives each question another"
        " connection (pgbouncer, say). Connect to PostgreSQL itself."
    ),
    "server_too_old": N_("The server runs PostgreSQL {found}; version 15 or later is needed."),
    "server_lost": N_(
        "The connection to the server is lost, and nothing was changed. Wait a moment, then try"
        " again."
    ),
    "server_crowded": N_(
        "The server takes no further connection just now. Close what is not needed, then try again;"
        " whoever administers the server can let more in. Nothing was changed."
    ),
    "server_takes_nothing": N_(
        "This server can only be read: it stands by for another one, or is set so. Nothing was"
        " changed; check the address, or tell whoever administers the server."
    ),
    "server_full": N_(
        "The server’s disk is full. Nothing was changed; tell whoever administers the server."
    ),
    "server_limit": N_(
        "The server stopped this at one of its limits (time, memory or room to work in). Nothing"
        " was changed; try again, and tell whoever administers the server if this happens again."
    ),
    "server_unsure": N_(
        "The server does not say whether this was kept. As soon as it answers, the program looks"
        " for it before it does anything else, and tells you."
    ),
    "kept_after_all": N_(
        "What the server had not confirmed before was kept after all. Look at it in the journal;"
        " what you were about to do now was not done."
    ),
    "server_older": N_(
        "This server lacks what was recorded since: another one has taken its place. Nothing was"
        " changed. Tell whoever administers the server."
    ),
    "older_on_server": N_(
        "The register on the server is of an earlier format ({found}; this program’s is {known})."
        " Whoever administers the server brings it to today’s."
    ),
    "format_changed": N_(
        "The register on the server has a newer format since a moment ago. What is on the screen"
        " can be read and copied, but nothing is recorded from here any more. Update the program"
        " if it asks for it, and open the register anew."
    ),
    "only_of_a_file": N_("This can only be done with a register in a file of its own."),
    "moved": N_(
        "This register was moved to {place}. Open it there; what is here can only be read."
    ),
    "no_copies_folder": N_(
        "No folder is named for the copies of this register. An administrator of the register names"
        " one under How copies are kept."
    ),
    "copies_folder_away": N_(
        "The folder of the copies is not there. Check the drive or the network, then try again."
    ),
    "no_copies_passphrase": N_(
        "This computer does not know the passphrase of the copies. Enter it once under How copies"
        " are kept, or put it into IMP_PLUS_PASSPHRASE."
    ),
    "copies_other_key": N_(
        "The copies in the folder are under another passphrase. Enter theirs; a new passphrase goes"
        " with a new folder."
    ),
    "copy_under_way": N_("Another desk is making a copy just now. Wait until it is done."),
    "no_keyring": N_(
        "This computer has no keyring that keeps the passphrase, so it makes no copies by itself."
        " Let another desk make them."
    ),
    "only_of_a_server": N_(
        "A snapshot is taken of a register on a server. A register in a file is taken along as a"
        " copy of the file."
    ),
    "copy_is_snapshot": N_(
        "This file is a snapshot, which is only read: no register is made of it. Restore a copy of"
        " the register itself."
    ),
    "not_from_snapshot": N_(
        "This is a snapshot: what leaves a register is written in its journal, and nothing can be"
        " written here. Do it in the register itself."
    ),
    "snapshot_passphrase_needed": N_(
        "A snapshot is encrypted, and its passphrase is missing. Put it into IMP_PLUS_PASSPHRASE,"
        " or give the command at a terminal."
    ),
    "register_not_empty": N_(
        "Something was recorded in that register already. Move to an empty one."
    ),
    "not_carried": N_(
        "What arrived is not the same as what was sent. Nothing was kept; try again, and have both"
        " computers checked if this happens again."
    ),
}

NOT_ALLOWED: Mapping[str, str] = {
    "not_allowed": N_(
        "Your role in this register does not allow this. Nothing was changed; ask whoever leads"
        " the office or administers the register."
    ),
    "may_not_make": N_(
        "The server does not let this user make a register: it takes a user who may make roles,"
        " and for whom “createdb” has made an empty place, or who may make it. Nothing was changed."
    ),
    "not_owner": N_(
        "Only whoever made the register on the server may do this, as the same user. Nothing was"
        " changed."
    ),
    "hidden_from_readers": N_(
        "This rests on passport numbers, UCIs and dates of birth, which are hidden from who only"
        " reads in this register."
    ),
    "others_act": N_(
        "Somebody else made this act, and only whoever leads the office takes it back. Nothing was"
        " changed."
    ),
}
"""What a user's role does not allow."""

ADDRESSES: Mapping[str, str] = {
    "demo_is_a_file": N_("Invented people get a file of their own: name one that does not exist."),
    "bad_address": N_("An address is written postgresql://user@host/name."),
    "bad_database": N_("Enter the name of the register, without / ? or #."),
    "address_with_password": N_(
        "Leave the password out of the address: it would be seen by others. It is asked for, or"
        " taken from PGPASSWORD or the file .pgpass."
    ),
    "no_such_folder": N_("There is no such folder. Enter the whole path of one that is there."),
    "copies_folder_closed": N_("Nothing can be written in that folder. Choose another one."),
    "bad_user_name": N_(
        "A user’s name has at most 63 letters, digits and signs, and no blanks around it."
    ),
    "user_is_others": N_(
        "The server has somebody of this name already who is no user of this register. Choose"
        " another name."
    ),
    "not_a_user": N_("Nobody of this name is a user of this register; nothing was changed."),
    "password_weak": N_(
        "This password is too easy to guess. Take one of eight signs or more that is no common"
        " word and no name; nothing was changed."
    ),
    "password_needed": N_(
        "A new user needs a password: type it at a terminal, or give it in IMP_PLUS_USER_PASSWORD."
    ),
}
