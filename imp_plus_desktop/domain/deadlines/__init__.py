# SPDX-License-Identifier: Apache-2.0
"""The days that matter next in a file: IRCC's clocks, orders of dates, the agenda."""
