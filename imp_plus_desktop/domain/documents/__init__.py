# SPDX-License-Identifier: Apache-2.0
"""Documents of a file: what it needs on paper, scans by their bytes, passport lines."""
