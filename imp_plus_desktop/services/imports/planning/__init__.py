# SPDX-License-Identifier: Apache-2.0
"""What each row of a list will do to the register, before anything is stored."""
