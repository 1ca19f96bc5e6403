# SPDX-License-Identifier: Apache-2.0
"""The list of people, today's and that of an earlier day."""
