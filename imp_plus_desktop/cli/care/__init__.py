# SPDX-License-Identifier: Apache-2.0
"""The commands about a register’s copies, and about how well it is."""
