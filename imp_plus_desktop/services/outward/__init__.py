# SPDX-License-Identifier: Apache-2.0
"""What leaves the register, and the acts that say so."""
