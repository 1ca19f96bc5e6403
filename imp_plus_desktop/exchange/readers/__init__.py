# SPDX-License-Identifier: Apache-2.0
"""Files to plain rows: told by their bytes, bounded, read in a process of their own."""
