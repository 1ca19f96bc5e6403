# SPDX-License-Identifier: Apache-2.0
"""What the program can do: one call an act, shared by the window and the command line.

Must not know Qt, peewee or spreadsheet libraries; those live behind storage and exchange.
"""
