# SPDX-License-Identifier: Apache-2.0
"""Who may be one person: rows matched to files, twins, and two files merged into one."""
