# SPDX-License-Identifier: Apache-2.0
"""What a file is found by, what somebody types to find it, and which of its rows was meant."""
