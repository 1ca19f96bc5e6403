# SPDX-License-Identifier: Apache-2.0
"""Lists as somebody shapes them: what further columns hold, and views kept by name."""
