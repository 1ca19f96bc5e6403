# SPDX-License-Identifier: Apache-2.0
"""Acts that go to a server whole, in one statement: nobody else waits for a desk meanwhile."""
