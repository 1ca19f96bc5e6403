# SPDX-License-Identifier: Apache-2.0
"""The collapsible sections of a person’s page."""
