# SPDX-License-Identifier: Apache-2.0
"""The programme's nouns, codes and dated parameters as values, and the calendar they live in."""
