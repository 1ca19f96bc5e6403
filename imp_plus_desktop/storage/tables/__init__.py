# SPDX-License-Identifier: Apache-2.0
"""The tables: models, kinds of columns, and values as they are stored. Knows no register."""
