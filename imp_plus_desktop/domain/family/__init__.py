# SPDX-License-Identifier: Apache-2.0
"""The accompanying family: its ties, its days, and what hangs on the principal."""
