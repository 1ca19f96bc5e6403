# SPDX-License-Identifier: Apache-2.0
"""A list's rows to typed drafts, and what is wrong with each."""
