# SPDX-License-Identifier: Apache-2.0
"""Plain rows to typed drafts: header, columns, values, and what is wrong with each."""
