# SPDX-License-Identifier: Apache-2.0
"""What can be done to a person’s file from their page."""
