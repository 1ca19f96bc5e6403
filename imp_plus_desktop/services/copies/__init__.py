# SPDX-License-Identifier: Apache-2.0
"""Copies that prove themselves, where they stand and how long, and how well a register is."""
