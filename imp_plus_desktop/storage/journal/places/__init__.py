# SPDX-License-Identifier: Apache-2.0
"""Where a register may lie besides in a file of its own, and what tells that it was moved."""
