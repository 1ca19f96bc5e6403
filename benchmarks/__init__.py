# SPDX-License-Identifier: Apache-2.0
"""How fast the program is beside what its libraries can do at best: ratios, never bare seconds."""
