# SPDX-License-Identifier: Apache-2.0
"""What the office's letters say of a file, and what is said of the letters themselves."""
