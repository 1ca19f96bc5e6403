# SPDX-License-Identifier: Apache-2.0
"""Lists, quota and reports as workbooks."""
