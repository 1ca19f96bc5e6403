# SPDX-License-Identifier: Apache-2.0
"""What is read of a file that no register opens any more."""
