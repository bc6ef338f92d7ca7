"""``huginn database update``: a signed database takes the place of the built-in one."""

from __future__ import annotations

import click

from huginn_cffi.base.errors import DatabaseError
from huginn_cffi.cli.output.results import print_text
from huginn_cffi.cli.wording import FILE, command


@command(
    (
        "Use newer signatures, if the owner of this key has signed them",
        "huginn database update signatures.hgsig --key maintainers.pem",
    ),
)
@click.argument("file", metavar="FILE", type=FILE)
@click.option(
    "--key",
    metavar="FILE",
    type=FILE,
    help="Ed25519 public keys (PEM), one of which must have signed. [default: the project's]",
)
def update(file: str, key: str | None) -> None:
    """Verify a signed database and use it from then on.

    It must be newer than the one in use, which stays if FILE is refused. Root installs for all users, others
    for themselves. Nothing is downloaded.

    \b
    Exit status: 0 in use, 2 refused.
    """  # noqa: D301 - click reads the backspace
    from huginn_cffi.cli.signature_options import described, found_in_use
    from huginn_cffi.database.installed import install

    try:
        found, is_new = install(file, key)
    except DatabaseError as error:
        raise DatabaseError(f"{error}; still in use: {found_in_use()}") from None
    print_text(f"{'in use now' if is_new else 'already in use'}: {described(found)}\n")
