# SPDX-License-Identifier: Apache-2.0
"""Finding anything: what is in the register by what is typed, and who may have been meant."""
