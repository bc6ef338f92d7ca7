"""``huginn hosts merge``: the stores of several sensors in one."""

from __future__ import annotations

import click

from huginn_cffi.cli.standard_error import counted, say
from huginn_cffi.cli.wording import FILE, ExampleCommand, command


class HostsCommand(ExampleCommand):
    """``hosts``, whose first word may be ``merge``; a file of that name is ./merge."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        """The context of what is meant."""
        if args and args[0] == "merge":
            return merge.make_context(f"{info_name} merge", args[1:], parent)
        return super().make_context(info_name, args, parent, **extra)


@command(
    ("The stores of two sensors in one", "huginn hosts merge all.sqlite gate.sqlite office.sqlite"),
    (
        "One of another site, whose addresses are its own",
        "huginn hosts merge --site Oslo all.sqlite oslo.sqlite",
    ),
)
@click.argument("out", metavar="OUT", type=FILE)
@click.argument("stores", metavar="IN...", nargs=-1, required=True, type=FILE)
@click.option("--site", metavar="NAME", help="Site of the sensors that have none yet.")
def merge(out: str, stores: tuple[str, ...], site: str | None) -> None:
    """Copy the hosts of each sensor of the stores IN to the store OUT.

    What OUT had of such a sensor is replaced, so doing it again changes nothing. Addresses of one
    site are one host, those of two sites are two.
    """
    from huginn_cffi.store.merging import merge

    found = merge(out, stores, site)
    say(f"merged {counted(found, 'sensor')}")
