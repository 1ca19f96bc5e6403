# SPDX-License-Identifier: Apache-2.0
"""Programmes as files to read: what one asks, what it gives, and where somebody stands in it."""
