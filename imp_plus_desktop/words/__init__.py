# SPDX-License-Identifier: Apache-2.0
"""Every sentence that a person reads: codes and parameters in, text of the language in use out.

Must not decide, count or read a register: it imports the domain and the language only.
"""
