# SPDX-License-Identifier: Apache-2.0
"""The write side: an open register, the unit of work, the journal and what every act books."""
