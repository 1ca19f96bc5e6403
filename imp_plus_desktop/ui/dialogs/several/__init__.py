# SPDX-License-Identifier: Apache-2.0
"""The sheets of what is done to many at once: what, to how many, and who is left out and why."""
