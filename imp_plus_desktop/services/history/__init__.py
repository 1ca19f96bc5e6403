# SPDX-License-Identifier: Apache-2.0
"""What was done: acts read from the journal, undone and redone."""
