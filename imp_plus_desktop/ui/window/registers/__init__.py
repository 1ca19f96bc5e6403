# SPDX-License-Identifier: Apache-2.0
"""Which register a window works on, and whether it still answers."""
