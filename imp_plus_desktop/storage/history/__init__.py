# SPDX-License-Identifier: Apache-2.0
"""What the journal tells: acts and changes, mergers, closed periods, and the register replayed."""
