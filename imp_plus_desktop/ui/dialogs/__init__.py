# SPDX-License-Identifier: Apache-2.0
"""The dialogs: each asks for one thing, stores it by a service, and answers what was stored."""
