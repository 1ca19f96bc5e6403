# SPDX-License-Identifier: Apache-2.0
"""Letters from Word templates: what a template says, filled, and laid out as pages."""
