# SPDX-License-Identifier: Apache-2.0
"""The command for whoever is asked for help."""
