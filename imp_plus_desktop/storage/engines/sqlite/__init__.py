# SPDX-License-Identifier: Apache-2.0
"""SQLite, by way of SQLCipher: one file a register, encrypted under a passphrase or plain."""
