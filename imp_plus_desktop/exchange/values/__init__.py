# SPDX-License-Identifier: Apache-2.0
"""One cell's text to one value, and the words that this needs."""
