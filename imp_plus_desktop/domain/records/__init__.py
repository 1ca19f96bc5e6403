# SPDX-License-Identifier: Apache-2.0
"""The programme's nouns as records: what a register holds about people, applications, permits.

Plain frozen dataclasses, the only things that cross from one layer to another. They hold no
rule, no text for people and no clock. Dates are `date`, instants are aware UTC `datetime`, codes
are those of `domain/values/codes.py`, countries are ISO 3166-1 alpha-3, an absent value is None.

A line of a class is the one place where a field is defined: its name is the column's and the
journal's, its type says what it holds, and what stands behind the type (`fields.py`) the rest.
Tables, lists, forms, answers, checks and the search are made from it (`catalogue.py`).
"""
