#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the keys of files of figures, and signs such a file for a release.

`tools/sign_figures.py --new-key KEY.pem` makes a pair: the private key goes into that file, which
only its owner can read, and stays out of the repository; the public key is printed, for
`resources/keys/figures.txt`. `tools/sign_figures.py KEY.pem FILE.toml` signs the file in its place,
and says which key did.
"""

from __future__ import annotations

import argparse
import base64
import os
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from imp_plus_desktop.domain.figures.many import entries_of  # noqa: E402
from imp_plus_desktop.exchange.figures import signed  # noqa: E402


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def new_key(path: Path) -> str:
    """Make a private key in a file of its own; the public one in base64."""
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise SystemExit(f"{path}: there already, and a key is never written over") from None
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    return base64.b64encode(public_bytes(key)).decode()


def sign(key_path: Path, path: Path) -> str:
    """Sign a file that can be read in its place; the public key in base64."""
    key = load_pem_private_key(key_path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise SystemExit(f"{key_path}: not an Ed25519 key")
    made = signed.with_signature(path.read_bytes(), public_bytes(key), key.sign)
    found = signed.parted(made)
    entries_of(signed.table(found))
    path.write_bytes(made)
    return str(found.key)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--new-key", action="store_true", help="make a pair of keys")
    parser.add_argument("key", type=Path, metavar="KEY.pem")
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE.toml")
    args = parser.parse_args(argv)
    if args.new_key == (args.file is not None):
        parser.error("either --new-key KEY.pem, or KEY.pem FILE.toml")
    print(new_key(args.key) if args.new_key else sign(args.key, args.file))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
