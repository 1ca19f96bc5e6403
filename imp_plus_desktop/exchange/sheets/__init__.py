# SPDX-License-Identifier: Apache-2.0
"""A workbook as plain rows, whatever its kind: cells, serials, formats, blocks of rows."""
