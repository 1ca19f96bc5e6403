# SPDX-License-Identifier: Apache-2.0
"""The pages of the window, and the person’s page that stands beside every list."""
