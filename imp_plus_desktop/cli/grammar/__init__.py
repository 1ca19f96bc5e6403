# SPDX-License-Identifier: Apache-2.0
"""The grammar of the command line: commands, arguments, and what each is for."""
