# SPDX-License-Identifier: Apache-2.0
"""The words of the programme's figures and of the sources that they come from."""
