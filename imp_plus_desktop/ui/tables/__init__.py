# SPDX-License-Identifier: Apache-2.0
"""Lists of any length: one model, one view, and how cells are painted."""
