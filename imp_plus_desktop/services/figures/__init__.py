# SPDX-License-Identifier: Apache-2.0
"""The figures that the office sets itself, one at a time or by a file of many."""
