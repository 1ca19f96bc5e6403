# SPDX-License-Identifier: Apache-2.0
"""Applications from their preparation to their decision, with their fees."""
