# SPDX-License-Identifier: Apache-2.0
"""The read side: whole files, lists, the agenda, figures. What it keeps is derived."""
