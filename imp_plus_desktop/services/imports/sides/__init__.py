# SPDX-License-Identifier: Apache-2.0
"""The three sides of a value: the sender's last list, the register, and the list at hand."""
