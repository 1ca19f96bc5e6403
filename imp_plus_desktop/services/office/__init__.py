# SPDX-License-Identifier: Apache-2.0
"""The office that every service is given, and the care of its register.

Its settings, copies and checks, the summary that lists read, and what every act has in common.
"""
