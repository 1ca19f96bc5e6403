# SPDX-License-Identifier: Apache-2.0
"""Who is entered under a programme or another route."""
