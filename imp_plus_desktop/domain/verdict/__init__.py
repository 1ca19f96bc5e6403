# SPDX-License-Identifier: Apache-2.0
"""Who may apply, until when, what is missing, and what else is open: the subjects joined."""
