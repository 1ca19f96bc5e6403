# SPDX-License-Identifier: Apache-2.0
"""The window itself: its bars and pages, its commands, undo, and other desks."""
