# SPDX-License-Identifier: Apache-2.0
"""The dialogs about an application: its way, its decision, its permit."""
