# SPDX-License-Identifier: Apache-2.0
"""What one database engine alone knows, a package an engine."""
