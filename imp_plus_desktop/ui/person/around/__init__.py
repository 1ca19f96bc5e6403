# SPDX-License-Identifier: Apache-2.0
"""Who else is at a file."""
