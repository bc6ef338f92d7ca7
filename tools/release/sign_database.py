"""Sign a database, for `huginn database update`.

    openssl genpkey -algorithm ed25519 -aes256 -out signing.key      once; keep it offline
    openssl pkey -in signing.key -pubout -out signing.pem            once; give it away
    python -m tools.release.sign_database --key signing.key -o signatures.hgsig [FILE.hgdb]

Without FILE.hgdb the default database of this checkout is signed. The date is now.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import datetime, timezone
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from huginn_cffi import Database, DatabaseError
from huginn_cffi.base.files import replace_file
from huginn_cffi.database.installed import BUILT_IN_DATE, SHIPPED_KEY
from huginn_cffi.database.signed import DATE_FORM, key_name, read_keys, sign, verified
from huginn_cffi.signatures.records import database_image


def private_key(path: Path) -> Ed25519PrivateKey:
    """The key of a PEM file; asks for its password if it has one."""
    data = path.read_bytes()
    try:
        key = load_pem_private_key(data, None)
    except TypeError:  # it is encrypted
        key = load_pem_private_key(data, getpass.getpass(f"password of {path}: ").encode())
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("not an Ed25519 key")
    return key


def signed_file(database: Database, date: str, key: Ed25519PrivateKey) -> bytes:
    """The signed file, verified with the key that the package ships, if any."""
    image = database_image(database._handle, bytes.fromhex(database.source_hash))
    data, shipped = sign(image, date, key), Path(SHIPPED_KEY)
    verified(data, read_keys(shipped.read_bytes()) if shipped.exists() else [key.public_key()])
    return data


def main(arguments: list[str]) -> int:
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    parser.add_argument("--key", type=Path, required=True, metavar="FILE", help="private key, PEM")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.hgsig")
    parser.add_argument("database", type=Path, nargs="?", metavar="FILE.hgdb")
    given = parser.parse_args(arguments)
    now = datetime.now(timezone.utc).strftime(DATE_FORM)
    if now < BUILT_IN_DATE:
        print("this machine's clock is before the date of the built-in database", file=sys.stderr)
        return 1
    try:
        key = private_key(given.key)
        database = Database.load(given.database) if given.database else Database.load_default()
        replace_file(given.output, signed_file(database, now, key))
    except (DatabaseError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    name = key_name(key.public_key())
    print(f"{given.output}: signatures: {len(database):,}, date: {now}, key: {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
