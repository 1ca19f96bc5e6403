# SPDX-License-Identifier: Apache-2.0
"""The dialogs about the register as a file: opening, copies, exports, help."""
