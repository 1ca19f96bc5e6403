# SPDX-License-Identifier: Apache-2.0
"""Words for single things: codes, fields, and the values that a field may hold."""
