# SPDX-License-Identifier: Apache-2.0
"""What desks of a server know of each other: made here (`making`), and asked (`asking`)."""
