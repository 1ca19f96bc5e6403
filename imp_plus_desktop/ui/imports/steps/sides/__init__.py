# SPDX-License-Identifier: Apache-2.0
"""Step 3 of an import, where list and register say different things: whose value stays."""
