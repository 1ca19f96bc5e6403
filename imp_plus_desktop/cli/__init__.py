# SPDX-License-Identifier: Apache-2.0
"""The command line: arguments in, JSON or text out.

Must not hold a rule, open a register or a workbook itself, or import the window.
"""
