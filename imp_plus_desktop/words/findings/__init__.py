# SPDX-License-Identifier: Apache-2.0
"""What the rules found, in sentences: reasons, facts, clocks, and what would turn a finding."""
