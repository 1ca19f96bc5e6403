# SPDX-License-Identifier: Apache-2.0
"""Days as people write them and as a calendar shows them."""
