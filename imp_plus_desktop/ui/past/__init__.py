# SPDX-License-Identifier: Apache-2.0
"""The register as it was at the end of a past day, looked at in the window."""
