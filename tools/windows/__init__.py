# SPDX-License-Identifier: Apache-2.0
"""The Windows program, made and tried on Linux (under Wine) or on Windows itself.

    windows_python.py  Windows' Python with the locked libraries
    wine.py            a prefix of Wine, its help, and programs run in it
    building.py        the folder, the installer, the portable zip: `dev.py build --windows`
    trying.py          all of it installed and used: `dev.py test --windows`

What is downloaded stays in a cache outside the checkout.
"""
