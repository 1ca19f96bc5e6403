# SPDX-License-Identifier: Apache-2.0
"""The face of programmes on the page of routes: one programme, its people, its file."""
