# SPDX-License-Identifier: Apache-2.0
"""Columns of lists as SQL: where each is read from, what is filtered by it, what it holds."""
