# SPDX-License-Identifier: Apache-2.0
"""The face of the permits that end: who, and the ways on side by side."""
