# SPDX-License-Identifier: Apache-2.0
"""Somebody taken out of a register for good, and out of every copy that is restored later."""
