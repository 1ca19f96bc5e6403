# SPDX-License-Identifier: Apache-2.0
"""Find anything: one box over the window, with what it lists and who answers it."""
