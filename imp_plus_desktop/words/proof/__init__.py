# SPDX-License-Identifier: Apache-2.0
"""What is said of the check of a register, of its journal outside of it, and of its rescue."""
