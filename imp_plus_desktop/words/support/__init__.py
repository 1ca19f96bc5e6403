# SPDX-License-Identifier: Apache-2.0
"""What is said around a report for whoever looks after the program."""
