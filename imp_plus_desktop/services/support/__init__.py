# SPDX-License-Identifier: Apache-2.0
"""What helps whoever helps: the state of program and register, and what the program is made of."""
