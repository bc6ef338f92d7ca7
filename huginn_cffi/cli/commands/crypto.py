"""``huginn crypto``: lists the cryptography in use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from huginn_cffi.analysis.analyzer import Analyzer
from huginn_cffi.base.times import parse_time
from huginn_cffi.cli import parameters
from huginn_cffi.cli.filter_options import TrafficOptions, traffic_options
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.options import max_connections_option, workers_option
from huginn_cffi.cli.output.results import print_text
from huginn_cffi.cli.signature_options import Signatures, signature_options
from huginn_cffi.cli.standard_error import CaptureErrors, warn_of_drops, warn_of_limit
from huginn_cffi.cli.status import REFUSED
from sigcompiler.claims.crypto import POLICIES

if TYPE_CHECKING:
    from huginn_cffi.applications.crypto.document import Choice
    from huginn_cffi.applications.crypto.inventory import CryptoInventory
    from huginn_cffi.store.reading import Store


@parameters.command()
def crypto(
    captures: tuple[str, ...] = captures_argument("[CAPTURE...]"),
    format_: str = parameters.format_option("text", "json", "csv", "cyclonedx"),
    policy: str | None = parameters.option("--policy", type=parameters.OneOf(POLICIES)),
    only: str | None = parameters.option("--only", type=parameters.OneOf(("weak",))),
    within: int | None = parameters.option(
        "--within TIME", callback=parameters.quantity(parameters.TIME_UNITS, 0, 1 << 40)
    ),
    spec_version: str = parameters.option(
        "--spec-version", type=parameters.OneOf(("1.7", "1.6")), default="1.7", show_default=True
    ),
    host_names: bool = parameters.option("--host-names"),
    db: Signatures = signature_options,
    workers: int = workers_option,
    max_connections: int = max_connections_option,
    traffic: TrafficOptions = traffic_options,
    max_inventory: int = max_inventory_option("Keep at most N uses and hosts of servers and programs"),
    store: str | None = parameters.option("--store FILE", type=parameters.FILE),
    changes_since: int | None = parameters.option(
        "--changes-since TIME", callback=parameters.parsed(parse_time, None)
    ),
) -> int:
    """List the cryptography that connections chose, by server and by client program."""
    from huginn_cffi.applications.crypto.document import Choice
    from huginn_cffi.applications.crypto.inventory import PROTOCOLS, CryptoInventory

    choice = Choice(policy or "", only == "weak", within)
    if (store is None) is not bool(captures):
        raise click.UsageError("name captures, or a store with --store")
    if changes_since is not None and (store is None or format_ not in ("text", "json")):
        raise click.UsageError("--changes-since needs a store, and text or JSON")
    if store is not None:
        if traffic.is_limited:
            raise click.UsageError("--store shows all servers: options on traffic are for captures")
        from huginn_cffi.applications.crypto.kept import crypto_of_store
        from huginn_cffi.store.reading import Store

        with Store(store) as opened:
            if changes_since is not None:
                print_text(_changes(opened, changes_since, choice, format_))
                return 0
            found = crypto_of_store(opened, max_inventory)
        print_text(_text(found, choice, format_, spec_version))
        return _warn(found, max_inventory)
    errors = CaptureErrors()
    found = CryptoInventory(max_inventory, max_connections)
    with Analyzer(
        db.open(),
        max_connections=max_connections,
        uptime=False,
        protocols=PROTOCOLS,
        host_names=host_names,
        **traffic._asdict(),
    ) as analyzer:
        for batch in analyzer.batches(captures, workers=workers, on_error=errors):
            found.add(batch)
        warn_of_drops(analyzer.stats)
    if errors.status(len(captures)) == REFUSED:
        return REFUSED
    print_text(_text(found, choice, format_, spec_version))
    limited = _warn(found, max_inventory)
    return errors.status(len(captures)) or limited


def _warn(found: CryptoInventory, max_inventory: int) -> int:
    limited = warn_of_limit(found.left_out, "connection", "servers and programs", max_inventory)
    return limited | warn_of_limit(
        found.certificates_left_out, "certificate", "uses and hosts", max_inventory
    )


def _changes(store: Store, since_ns: int, choice: Choice, format_: str) -> str:
    from huginn_cffi.applications.crypto import kept
    from huginn_cffi.applications.crypto.document import Presentation

    changes = kept.changes_since(store, since_ns)
    if format_ == "text":
        return "\n".join((*kept.change_lines(changes), ""))
    shown = Presentation(kept.crypto_of_store(store, 0), choice)
    return f"{json.dumps(kept.changes_document(changes, shown), indent=2)}\n"


def _text(found: CryptoInventory, choice: Choice, format_: str, spec_version: str) -> str:
    from huginn_cffi.applications.crypto.document import Presentation

    shown = Presentation(found, choice)
    if format_ == "text":
        return "\n".join((*shown.lines(), ""))
    if format_ == "json":
        return f"{json.dumps(shown.document(), indent=2)}\n"
    if format_ == "csv":
        return b"".join(shown.csv()).decode()
    from huginn_cffi.applications.crypto.cyclonedx import cyclonedx_document

    return f"{cyclonedx_document(shown, spec_version)}\n"
