"""``huginn database``: shows or updates the default signatures."""

from __future__ import annotations

import click

from huginn_cffi.base.errors import DatabaseError, named
from huginn_cffi.cli.output.results import print_text
from huginn_cffi.cli.parameters import FILE, argument, command, option
from huginn_cffi.cli.signature_options import described, found_in_use
from huginn_cffi.cli.status import DAMAGED, DONE
from huginn_cffi.cli.wording import Commands
from huginn_cffi.database import installed

LINES = {
    "show": "Show which signatures are in use, and how old they are.",
    "update": "Verify a signed database and use it from then on.",
}


@click.group(
    cls=Commands,
    module=__name__,
    lines=LINES,
    no_args_is_help=False,
    examples=(
        ("Which signatures are in use?", "huginn database show"),
        ("Use newer ones", "huginn database update signatures.hgsig --key maintainers.pem"),
    ),
)
def database() -> None:
    """Show or update the signatures that are used when --db names none.

    These are the built-in signatures, until a newer database is installed. Nothing is downloaded.
    """


@command(("Signatures, date and age", "huginn database show"))
def show() -> int:
    """Show which signatures are in use, and how old they are.

    \b
    Exit status: 0 shown, 1 an installed database cannot be used.
    """  # noqa: D301 - click reads the backspace
    found = found_in_use()
    lines = [f"database: {described(found)}"]
    if found.path is not None:
        lines.append(f"file:     {named(found.path)}, signed with key {named(found.key[:16])}")
    lines.append(f"updates:  installed in {named(installed.folders()[0])}")
    print_text("\n".join(lines) + "\n")
    return DAMAGED if found.ignored else DONE


@command(
    (
        "Use newer signatures, if the owner of this key has signed them",
        "huginn database update signatures.hgsig --key maintainers.pem",
    ),
)
def update(
    file: str = argument("FILE", FILE),
    key: str | None = option(
        "--key FILE",
        "Ed25519 public keys (PEM), one of which must have signed. [default: the project's]",
        FILE,
    ),
) -> None:
    """Verify a signed database and use it from then on.

    It must be newer than the database in use, which stays if FILE is refused. Root installs it for all users,
    other users only for themselves. Nothing is downloaded.

    \b
    Exit status: 0 in use, 2 refused.
    """  # noqa: D301 - click reads the backspace
    try:
        found, is_new = installed.install(file, key)
    except DatabaseError as error:
        raise DatabaseError(f"{error}; still in use: {found_in_use()}") from None
    print_text(f"{'in use now' if is_new else 'already in use'}: {described(found)}\n")
