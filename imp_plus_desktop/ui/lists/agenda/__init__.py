# SPDX-License-Identifier: Apache-2.0
"""The agenda's own pieces: its columns and chips, and its face as a calendar."""
