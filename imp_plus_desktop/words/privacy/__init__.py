# SPDX-License-Identifier: Apache-2.0
"""What is said of personal information: clocks, erasures, incidents, the assessment."""
