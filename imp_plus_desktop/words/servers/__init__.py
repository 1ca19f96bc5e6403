# SPDX-License-Identifier: Apache-2.0
"""What is said of registers on a server."""
