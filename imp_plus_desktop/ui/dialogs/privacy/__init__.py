# SPDX-License-Identifier: Apache-2.0
"""The dialogs of whoever is in charge of the protection of personal information."""
