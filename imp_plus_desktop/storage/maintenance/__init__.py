# SPDX-License-Identifier: Apache-2.0
"""A register's care: copies, restoring, passphrases."""
