# SPDX-License-Identifier: Apache-2.0
"""The window’s own pieces, which take plain values and know no page."""
