# SPDX-License-Identifier: Apache-2.0
"""An application's states and moves, and what IRCC's portal shows of it."""
