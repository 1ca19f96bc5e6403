# SPDX-License-Identifier: Apache-2.0
"""The accompanying family: recorded, their applications, their board."""
