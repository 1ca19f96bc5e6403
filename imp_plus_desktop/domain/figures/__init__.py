# SPDX-License-Identifier: Apache-2.0
"""The figures that an office sets itself, each dated and with a source."""
