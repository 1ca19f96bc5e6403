# SPDX-License-Identifier: Apache-2.0
"""Workbooks and calendars out: lists, templates, rejected rows."""
