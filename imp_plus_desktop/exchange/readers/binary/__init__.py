# SPDX-License-Identifier: Apache-2.0
"""Binary workbooks of Excel: xls and xlsb, and the wrapping of xls."""
