# SPDX-License-Identifier: Apache-2.0
"""The page of the quota: board, over-cap list, reports."""
