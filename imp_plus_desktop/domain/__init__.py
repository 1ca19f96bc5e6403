# SPDX-License-Identifier: Apache-2.0
"""The programme's values and rules as pure functions of their arguments.

Must not import anything but the standard library, and must not read the clock, files or catalogues.
"""
