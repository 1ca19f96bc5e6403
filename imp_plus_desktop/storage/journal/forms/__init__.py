# SPDX-License-Identifier: Apache-2.0
"""What forms rest on, and what an act does where others have changed the same since."""
