# SPDX-License-Identifier: Apache-2.0
"""The page of imports: what was imported, an import under way, held rows."""
