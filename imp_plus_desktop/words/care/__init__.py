# SPDX-License-Identifier: Apache-2.0
"""What is said of how well a register is, and of the care that it gets."""
