# SPDX-License-Identifier: Apache-2.0
"""The person’s page that stands beside every list."""
