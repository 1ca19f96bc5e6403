# SPDX-License-Identifier: Apache-2.0
"""Letters: written to one or to many, their templates and what stands at their head."""
