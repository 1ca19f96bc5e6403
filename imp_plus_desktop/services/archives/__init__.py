# SPDX-License-Identifier: Apache-2.0
"""What an office puts away of a year that is over."""
