# SPDX-License-Identifier: Apache-2.0
"""Documents for the printer: what stands on them, and how they are paged."""
