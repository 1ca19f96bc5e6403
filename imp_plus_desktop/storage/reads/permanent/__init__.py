# SPDX-License-Identifier: Apache-2.0
"""Reads about the applications for permanent residence."""
