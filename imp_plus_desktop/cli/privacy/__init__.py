# SPDX-License-Identifier: Apache-2.0
"""The commands about personal information: their grammar, and what they do."""
