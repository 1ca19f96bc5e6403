# SPDX-License-Identifier: Apache-2.0
"""Who may do what in a register on a server, and what keeps everybody to the journal.

naming      the names of the roles of a register
roles       makes them, and what each may touch
writing     triggers that note what a transaction writes, and refuse it without its act
closing     what is looked at when an act is written: the chain, the changes, the places
many        the same of a long list: what it brought and what its act tells, compared as sets
users       users of a register: made, changed, taken out and listed
desk        who a connection is
"""
