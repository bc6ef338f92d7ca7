"""``huginn database``: shows or updates the default signatures."""

from __future__ import annotations

import click

from huginn_cffi.base.errors import DatabaseError, named
from huginn_cffi.cli.output.results import print_text
from huginn_cffi.cli.parameters import FILE, argument, command, option
from huginn_cffi.cli.signature_options import described, found_in_use
from huginn_cffi.cli.status import DAMAGED, DONE
from huginn_cffi.cli.wording import TEXTS, Commands
from huginn_cffi.database import installed


@click.group(
    cls=Commands,
    module=__name__,
    lines=TEXTS["command", "database"],
    no_args_is_help=False,
)
def database() -> None:
    """Show or update the signatures that are used when --db names none.

    These are the built-in signatures, until a newer database is installed. Nothing is downloaded.
    """


@command()
def show() -> int:
    """Show which signatures are in use, and how old they are."""
    found = found_in_use()
    lines = [f"database: {described(found)}"]
    if found.path is not None:
        lines.append(f"file:     {named(found.path)}, signed with key {named(found.key[:16])}")
    lines.append(f"updates:  installed in {named(installed.folders()[0])}")
    print_text("\n".join(lines) + "\n")
    return DAMAGED if found.ignored else DONE


@command()
def update(
    file: str = argument("FILE", FILE),
    key: str | None = option("--key FILE", type=FILE),
) -> None:
    """Verify a signed database and use it from then on."""
    try:
        found, is_new = installed.install(file, key)
    except DatabaseError as error:
        raise DatabaseError(f"{error}; still in use: {found_in_use()}") from None
    print_text(f"{'in use now' if is_new else 'already in use'}: {described(found)}\n")
