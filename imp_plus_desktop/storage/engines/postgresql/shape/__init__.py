# SPDX-License-Identifier: Apache-2.0
"""What a register is made of on a server: functions, tables, indexes and triggers."""
