# SPDX-License-Identifier: Apache-2.0
"""The guides inside the program: what they say, where a page's chapter is, and their window."""
