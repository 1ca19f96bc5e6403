# SPDX-License-Identifier: Apache-2.0
"""The command about the office's letters: its grammar, and what it does."""
