# SPDX-License-Identifier: Apache-2.0
"""The ways on for somebody whose permit ends."""
