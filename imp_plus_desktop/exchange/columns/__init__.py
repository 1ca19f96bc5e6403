# SPDX-License-Identifier: Apache-2.0
"""Where a sheet's list stands, and which of its columns is what."""
