# SPDX-License-Identifier: Apache-2.0
"""What pages and dialogs are handed: the office, long tasks, actions, failures."""
