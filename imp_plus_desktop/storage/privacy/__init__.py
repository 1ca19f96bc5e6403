# SPDX-License-Identifier: Apache-2.0
"""What a register holds of a person wherever it is, and how it is made to hold it no more."""
