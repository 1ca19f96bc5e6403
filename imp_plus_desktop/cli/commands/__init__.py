# SPDX-License-Identifier: Apache-2.0
"""The commands: each calls one service and shapes its answer."""
