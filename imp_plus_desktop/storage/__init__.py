# SPDX-License-Identifier: Apache-2.0
"""The register: one SQLite file, its schema, its journal and its queries.

The only package that knows peewee and SQL. Must not know spreadsheets, services or any screen.
"""
