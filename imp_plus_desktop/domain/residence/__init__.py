# SPDX-License-Identifier: Apache-2.0
"""Where people live and lived, and the status of those who are in Canada."""
