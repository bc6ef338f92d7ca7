"""``huginn mcp``: answers assistants' questions about captures or a store."""

from __future__ import annotations

from pathlib import Path

import click

from huginn_cffi.base.errors import named
from huginn_cffi.base.installation import to_add
from huginn_cffi.cli.options import host_names_option
from huginn_cffi.cli.parameters import FILE, argument, command
from huginn_cffi.cli.signature_options import Signatures, signature_options

INSTALL = f"huginn mcp needs the SDK of the Model Context Protocol: {to_add('mcp')}"


@command()
def mcp(
    source: str = argument("[FOLDER|STORE]", FILE, default="."),
    host_names: bool = host_names_option,
    db: Signatures = signature_options,
) -> None:
    """Answer assistants over standard input and output, by the Model Context Protocol."""
    try:
        from huginn_cffi.applications.assistants.server import server_of
    except ModuleNotFoundError:
        raise click.UsageError(INSTALL) from None
    from huginn_cffi.applications.assistants.tools import Tools
    from huginn_cffi.store.reading import Store

    path = Path(source)
    if not path.exists():
        raise click.UsageError(f"{named(source)}: no such folder or store")
    if not path.is_dir():
        Store(source).close()  # raises an error for any other file
    server_of(Tools(source, db.open(), host_names=host_names)).run()
