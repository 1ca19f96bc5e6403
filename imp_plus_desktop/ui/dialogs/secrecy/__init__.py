# SPDX-License-Identifier: Apache-2.0
"""The passphrase of the open register: set, changed, removed, its key on paper."""
