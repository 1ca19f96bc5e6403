# SPDX-License-Identifier: Apache-2.0
"""Work and study permits: issued, corrected, listed."""
