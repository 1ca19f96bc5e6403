# SPDX-License-Identifier: Apache-2.0
"""The office's letters: its templates, what stands in them of a file, and what was written."""
