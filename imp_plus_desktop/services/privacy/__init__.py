# SPDX-License-Identifier: Apache-2.0
"""The desk of whoever is in charge of the protection of personal information."""
