# SPDX-License-Identifier: Apache-2.0
"""The people of the register: their file, what hangs on it, and who answers for it."""
