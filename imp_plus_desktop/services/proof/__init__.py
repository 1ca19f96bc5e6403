# SPDX-License-Identifier: Apache-2.0
"""What proves that a register is whole, and what is made anew from its journal."""
