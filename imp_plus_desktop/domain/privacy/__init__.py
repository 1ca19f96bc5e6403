# SPDX-License-Identifier: Apache-2.0
"""Protection of personal information: how long a file is kept, and what an incident must say."""
