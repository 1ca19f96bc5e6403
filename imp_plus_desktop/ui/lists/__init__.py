# SPDX-License-Identifier: Apache-2.0
"""The lists of the window, with the person’s page beside each."""
