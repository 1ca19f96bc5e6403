# SPDX-License-Identifier: Apache-2.0
"""Zipped workbooks of Excel: the fast reader, and the scan of what it would drop."""
