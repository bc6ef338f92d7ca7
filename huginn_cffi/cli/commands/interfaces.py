"""``huginn interfaces``: lists the interfaces of this machine."""

from __future__ import annotations

from huginn_cffi.base.installation import as_root
from huginn_cffi.base.text_tables import aligned
from huginn_cffi.cli.output.results import print_text
from huginn_cffi.cli.parameters import command
from huginn_cffi.cli.standard_error import complain

HEADINGS = ("NAME", "LINK TYPE", "STATE", "ADDRESSES")
UNKNOWN = "?"


@command(name="interfaces")
def interfaces() -> None:
    """List the interfaces of this machine with link type, state and addresses."""
    from huginn_cffi.sources.interfaces import link_type, list_interfaces
    from sigcompiler.diagnostics import visible

    found = list_interfaces()
    types = [link_type(item.name) for item in found]
    rows = [
        (visible(item.name), kind or UNKNOWN, item.state, ", ".join(item.addresses) or "-")
        for item, kind in zip(found, types, strict=True)
    ]
    print_text("\n".join((*aligned([HEADINGS, *rows]), "")))
    if any(item.up and not kind for item, kind in zip(found, types, strict=True)):
        complain(f"link types marked ? need the capability CAP_NET_RAW (run: {as_root('huginn interfaces')})")
