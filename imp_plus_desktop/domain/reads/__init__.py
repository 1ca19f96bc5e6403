# SPDX-License-Identifier: Apache-2.0
"""What is read of a register and told of it: rows of lists, their filters, what an act touched."""
