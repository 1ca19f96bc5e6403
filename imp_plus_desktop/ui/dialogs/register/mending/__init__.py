# SPDX-License-Identifier: Apache-2.0
"""What a damaged register is mended with."""
