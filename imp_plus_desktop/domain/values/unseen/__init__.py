# SPDX-License-Identifier: Apache-2.0
"""Values that a server hides from who only reads, and what is said of what hangs on them."""
