# SPDX-License-Identifier: Apache-2.0
"""Values of fields as typed or listed: read, checked, and planned into a file."""
