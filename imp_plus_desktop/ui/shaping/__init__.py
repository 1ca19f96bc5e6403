# SPDX-License-Identifier: Apache-2.0
"""What one shapes a list with: its columns, the filters on them, the views that keep both."""
