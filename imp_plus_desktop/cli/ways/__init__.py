# SPDX-License-Identifier: Apache-2.0
"""The commands about permits that end: their grammar, and what they do."""
