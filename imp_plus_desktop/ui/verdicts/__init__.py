# SPDX-License-Identifier: Apache-2.0
"""Findings and verdicts as they are seen: the panel, its lines and its words."""
