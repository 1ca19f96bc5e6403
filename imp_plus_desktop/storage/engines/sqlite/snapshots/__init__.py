# SPDX-License-Identifier: Apache-2.0
"""What is read of a register where nothing can be written."""
