# SPDX-License-Identifier: Apache-2.0
"""The folded sections of a person’s page."""
