# SPDX-License-Identifier: Apache-2.0
"""The cap of a year: its board, the over-cap list, the reports and their closing."""
