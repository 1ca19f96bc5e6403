# SPDX-License-Identifier: Apache-2.0
"""The bars of the window: the pages at its side, and what is said at its foot."""
