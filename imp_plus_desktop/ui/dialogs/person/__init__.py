# SPDX-License-Identifier: Apache-2.0
"""The dialogs about a person and what hangs on their file."""
