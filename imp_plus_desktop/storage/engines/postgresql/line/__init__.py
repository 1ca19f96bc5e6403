# SPDX-License-Identifier: Apache-2.0
"""What passes on the line to a server: its connections, what is sent together, and what becomes of
an act whose answer never came."""
