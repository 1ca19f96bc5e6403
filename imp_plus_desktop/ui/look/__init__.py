# SPDX-License-Identifier: Apache-2.0
"""How the window looks and writes: themes, signs, icons, days and numbers."""
