# SPDX-License-Identifier: Apache-2.0
"""What lies beside a register: copies, the engine's own files, folders that a cloud keeps."""
