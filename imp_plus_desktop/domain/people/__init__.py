# SPDX-License-Identifier: Apache-2.0
"""Who somebody is: numbers, likeness, merging two files, and whether a permit is needed at all."""
