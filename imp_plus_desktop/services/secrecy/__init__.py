# SPDX-License-Identifier: Apache-2.0
"""Who may read a register: its passphrase and its recovery key."""
