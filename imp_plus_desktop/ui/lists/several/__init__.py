# SPDX-License-Identifier: Apache-2.0
"""What is done to several rows of a list: the strip below it, the menu, copying, mail."""
