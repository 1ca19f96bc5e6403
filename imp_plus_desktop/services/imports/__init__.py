# SPDX-License-Identifier: Apache-2.0
"""Imports of lists: read, previewed, mended, committed as one act, looked up afterwards."""
