# SPDX-License-Identifier: Apache-2.0
"""What opens a file, and what is said of one that does not open."""
