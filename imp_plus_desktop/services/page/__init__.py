# SPDX-License-Identifier: Apache-2.0
"""What the page of a file does by itself: one value at a time, its history, drafts, reminders."""
