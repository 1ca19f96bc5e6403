# SPDX-License-Identifier: Apache-2.0
"""The invitation letter and the CSQ, with their windows."""
