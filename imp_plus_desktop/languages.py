# SPDX-License-Identifier: Apache-2.0
"""The languages that the program speaks: the one place that names them all."""

LANGUAGES = ("fr", "en")
"""ISO 639-1, the first language first."""
