# SPDX-License-Identifier: Apache-2.0
"""What a file owes, what was paid, and what comes back."""
