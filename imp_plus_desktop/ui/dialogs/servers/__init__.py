# SPDX-License-Identifier: Apache-2.0
"""Opening the office's register on a server."""
