# SPDX-License-Identifier: Apache-2.0
"""The values of a file where they stand on its page, changed in place."""
