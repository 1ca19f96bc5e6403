# SPDX-License-Identifier: Apache-2.0
"""How answers leave the command line."""
