# SPDX-License-Identifier: Apache-2.0
"""Reading and writing workbooks and text tables.

The only package that knows spreadsheet libraries. Must not store anything or know any screen.
"""
