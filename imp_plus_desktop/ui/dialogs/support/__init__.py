# SPDX-License-Identifier: Apache-2.0
"""The dialogs of help beyond the guide: a report to be read and sent, the libraries' licences."""
