# SPDX-License-Identifier: Apache-2.0
"""Step 3 of an import: what it will do, every row of it, and the mending of cells."""
