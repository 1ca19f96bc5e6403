# SPDX-License-Identifier: Apache-2.0
"""IMP+ Desktop: keeps an office's register of people invited to apply under IMP+.

Holds the one version number of the project. Must not import anything or do work at import time.
"""

__version__ = "1.0.0"
