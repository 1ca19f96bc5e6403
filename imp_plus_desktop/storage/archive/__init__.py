# SPDX-License-Identifier: Apache-2.0
"""What the office was given: imported files and their rows, unfinished lists, scans."""
