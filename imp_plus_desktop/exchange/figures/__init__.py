# SPDX-License-Identifier: Apache-2.0
"""Files of figures: a text that a person reads, and the signature below it."""
