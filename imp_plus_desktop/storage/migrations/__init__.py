# SPDX-License-Identifier: Apache-2.0
"""The shape of a register, step by step: one module a step, never edited once released."""
