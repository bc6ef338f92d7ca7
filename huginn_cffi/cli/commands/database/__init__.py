"""``huginn database``: the signatures in use when --db names none."""

from __future__ import annotations

import click

from huginn_cffi.cli.wording import Commands

LINES = {
    "show": "Show which signatures are in use, and how old they are.",
    "update": "Verify a signed database and use it from then on.",
}


@click.group(
    cls=Commands,
    modules=__name__,
    lines=LINES,
    no_args_is_help=False,
    examples=(
        ("Which signatures are in use?", "huginn database show"),
        ("Use newer ones", "huginn database update signatures.hgsig --key maintainers.pem"),
    ),
)
def database() -> None:
    """Show or update the signatures that are used when --db names none.

    They are the built-in ones, until a newer database is installed. Nothing is downloaded.
    """
