# SPDX-License-Identifier: Apache-2.0
"""The dialogs about the programme's figures and the agenda."""
