# SPDX-License-Identifier: Apache-2.0
"""Programmes: which there are, files of an office's own, and the board of one."""
