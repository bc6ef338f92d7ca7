"""``huginn crypto``: lists the cryptography in use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from huginn_cffi.analysis.analyzer import Analyzer
from huginn_cffi.cli.filter_options import TrafficOptions, traffic_options
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.options import max_connections_option, workers_option
from huginn_cffi.cli.output.results import print_text
from huginn_cffi.cli.parameters import FILE, command, format_option, option
from huginn_cffi.cli.signature_options import Signatures, signature_options
from huginn_cffi.cli.standard_error import CaptureErrors, warn_of_drops, warn_of_limit
from huginn_cffi.cli.status import REFUSED

if TYPE_CHECKING:
    from huginn_cffi.applications.crypto.inventory import CryptoInventory


@command(
    ("Which servers and programs still use old cryptography?", "huginn crypto capture.pcap"),
    ("As a bill of materials", "huginn crypto --format cyclonedx capture.pcap"),
)
def crypto(
    captures: tuple[str, ...] = captures_argument("[CAPTURE...]"),
    format_: str = format_option(
        *("text", "json", "cyclonedx"),
        help="cyclonedx: a bill of materials, CycloneDX 1.6 (needs huginn-cffi[cbom]).",
    ),
    db: Signatures = signature_options,
    workers: int = workers_option,
    max_connections: int = max_connections_option,
    traffic: TrafficOptions = traffic_options,
    max_inventory: int = max_inventory_option("Keep at most N uses and hosts of servers and programs"),
    store: str | None = option("--store FILE", "Show the servers of this store.", FILE),
) -> int:
    """List the cryptography that connections chose, by server and by client program.

    It is read from ServerHellos of TLS, QUIC and DTLS, certificates up to TLS 1.2, and key exchanges of
    SSH. A store keeps it by server, without ports, clients or ciphers of SSH. Published rules (NIST,
    RFCs) say what is disallowed or deprecated.

    Exit status: 0 done, 1 a capture could not be read to its end or connections were left out, 2 refused.
    """
    from huginn_cffi.applications.crypto.inventory import PROTOCOLS, CryptoInventory, crypto_of_store

    if (store is None) is not bool(captures):
        raise click.UsageError("name captures, or a store with --store")
    if store is not None:
        if traffic.is_limited:
            raise click.UsageError("--store shows all servers: options on traffic are for captures")
        from huginn_cffi.store.reading import Store

        with Store(store) as opened:
            found = crypto_of_store(opened, max_inventory)
        print_text(_text(found, format_))
        return _warn(found, max_inventory)
    errors = CaptureErrors()
    found = CryptoInventory(max_inventory, max_connections)
    with Analyzer(
        db.open(),
        max_connections=max_connections,
        uptime=False,
        protocols=PROTOCOLS,
        **traffic._asdict(),
    ) as analyzer:
        for batch in analyzer.batches(captures, workers=workers, on_error=errors):
            found.add(batch)
        warn_of_drops(analyzer.stats)
    if errors.status(len(captures)) == REFUSED:
        return REFUSED
    print_text(_text(found, format_))
    limited = _warn(found, max_inventory)
    return errors.status(len(captures)) or limited


def _warn(found: CryptoInventory, max_inventory: int) -> int:
    limited = warn_of_limit(found.left_out, "connection", "servers and programs", max_inventory)
    return limited | warn_of_limit(
        found.certificates_left_out, "certificate", "uses and hosts", max_inventory
    )


def _text(found: CryptoInventory, format_: str) -> str:
    from huginn_cffi.applications.crypto.document import crypto_document, crypto_lines

    if format_ == "text":
        return "\n".join((*crypto_lines(found), ""))
    if format_ == "json":
        return f"{json.dumps(crypto_document(found), indent=2)}\n"
    from huginn_cffi.applications.crypto.cyclonedx import cyclonedx_document

    return f"{cyclonedx_document(found)}\n"
