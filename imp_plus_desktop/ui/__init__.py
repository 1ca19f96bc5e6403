# SPDX-License-Identifier: Apache-2.0
"""The window: the only package that knows Qt.

Must not hold a rule, run a query or open a workbook; it calls services.
"""
