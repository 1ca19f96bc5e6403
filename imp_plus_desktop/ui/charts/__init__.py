# SPDX-License-Identifier: Apache-2.0
"""Pictures of plain values: gauges, axes of time, columns, curves."""
