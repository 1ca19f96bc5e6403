# SPDX-License-Identifier: Apache-2.0
"""What comes next: deadlines and what the office said of them, and the overview."""
