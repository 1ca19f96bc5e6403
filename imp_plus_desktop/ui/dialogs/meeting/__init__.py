# SPDX-License-Identifier: Apache-2.0
"""What is asked where two desks have changed the same."""
