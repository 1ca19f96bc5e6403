# SPDX-License-Identifier: Apache-2.0
"""The eighteenth step of the register's shape: an index that forgives a slip.

Words of names, of numbers and of notes stand apart, names also written as one word, and each word
of a name under its beginnings with one letter left out. All of it is derived: every line is made
anew with its summary.
"""

from __future__ import annotations

EIGHTEENTH: tuple[str, ...] = (
    "DROP TABLE person_search",
    # Words come folded: all that is no ASCII is a letter, and signs may mark what a word is of.
    "CREATE VIRTUAL TABLE person_search USING fts5 (names, numbers, texts, content = '',"
    " contentless_delete = 1, tokenize = 'ascii', prefix = '2 3', detail = column)",
    "CREATE TABLE person_search_words (person_id INTEGER PRIMARY KEY, words TEXT NOT NULL)",
    """CREATE TABLE person_search_near (
        key TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (key, word)) WITHOUT ROWID""",
    # Lines that rest on no figures are computed anew, and the index lines with them.
    "DELETE FROM standing_figures",
)
