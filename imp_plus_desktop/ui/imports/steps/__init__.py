# SPDX-License-Identifier: Apache-2.0
"""The four steps of an import: file, columns, check, summary."""
