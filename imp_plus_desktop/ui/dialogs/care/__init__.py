# SPDX-License-Identifier: Apache-2.0
"""The dialogs about a register's copies and about how well it is."""
