# SPDX-License-Identifier: Apache-2.0
"""The table of rules, and findings as values: how they are made, added up and turned."""
