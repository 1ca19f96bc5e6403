# SPDX-License-Identifier: Apache-2.0
"""The arithmetic of the cap: places, pace, over cap, and the figures of reports."""
