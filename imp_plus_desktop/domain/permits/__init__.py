# SPDX-License-Identifier: Apache-2.0
"""Permits: their last day, what shortens them, and how they follow one another."""
