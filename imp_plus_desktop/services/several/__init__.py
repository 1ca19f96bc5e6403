# SPDX-License-Identifier: Apache-2.0
"""The same thing done to many at once: who it would concern, who not and why, then as one act."""
