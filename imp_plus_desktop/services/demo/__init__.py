# SPDX-License-Identifier: Apache-2.0
"""The demo register, and the self-test that does the main job on a shipped list."""
