# SPDX-License-Identifier: Apache-2.0
"""Registers on a server: how one is set up, looked at and moved to."""
