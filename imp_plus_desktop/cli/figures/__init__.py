# SPDX-License-Identifier: Apache-2.0
"""The commands about the programme's figures."""
