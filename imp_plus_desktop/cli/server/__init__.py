# SPDX-License-Identifier: Apache-2.0
"""The commands about registers on a server, and about moving one."""
