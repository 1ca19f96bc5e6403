# SPDX-License-Identifier: Apache-2.0
"""PostgreSQL, 15 or later: one register for several desks. Only `engines` imports what is here."""
