# SPDX-License-Identifier: Apache-2.0
"""The words of programmes: what a check asks, what is wrong with a file."""
