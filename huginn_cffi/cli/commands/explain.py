"""``huginn explain``: why a packet is named as it is."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from huginn_cffi.cli.color import Color, color_option, is_colored
from huginn_cffi.cli.options import open_database
from huginn_cffi.cli.output.destination import ReaderLeftError
from huginn_cffi.cli.output.results import results_file
from huginn_cffi.cli.status import DONE
from huginn_cffi.cli.wording import ExampleCommand, OneOf
from huginn_cffi.formats.rendering import Renderer

if TYPE_CHECKING:
    from huginn_cffi.database import Database
    from huginn_cffi.database.signatures import Direction
    from huginn_cffi.explain.packet import ExplainedPacket


@click.command(
    cls=ExampleCommand,
    short_help="Explain how a packet is named.",
    examples=(
        ("Why is packet 18 named so?", "huginn explain --pcap capture.pcap --packet 18"),
        ("What sends such a SYN?", "huginn explain 4:57+7:0:1460:mss*20,7:mss,sok,ts,nop,ws:df,id+:0"),
        (
            "And such a SYN+ACK?",
            "huginn explain --direction response 4:64:0:1460:mss*10,0:mss,nop,nop,sok:df:0",
        ),
    ),
)
@click.argument("signature", metavar="[SIG]", required=False)
@click.option(
    "--pcap", metavar="FILE", type=click.Path(allow_dash=True), help="Explain a packet of this capture."
)
@click.option("--packet", metavar="N", type=click.IntRange(min=1), help="Its number, counted from 1.")
@click.option(
    "--direction",
    type=OneOf(["request", "response"]),
    help="SIG is that of a SYN (request) or of a SYN+ACK.  [default: request]",
)
@click.option(
    "--db", metavar="FILE", type=click.Path(), help="Signatures: a .fp or .hgdb file. [default: built in]"
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(0, (1 << 32) - 1),
    default=5,
    show_default=True,
    help="Show the N nearest signatures.",
)
@click.option("--format", "format_", type=OneOf(["text", "json"]), default="text", show_default=True)
@color_option
def explain(
    signature: str | None,
    pcap: str | None,
    packet: int | None,
    direction: Direction | None,
    db: str | None,
    limit: int,
    format_: str,
    color: Color,
) -> int:
    """Show the signatures nearest to a handshake packet, and field by field why they fit or not.

    SIG is a raw signature as results show it. A packet of a capture is explained as "huginn pcap"
    names it, together with all packets before it.
    """
    _check_usage(signature, pcap, packet, direction)
    database = open_database(db)
    if pcap is not None and packet is not None:
        data = _packet(database, pcap, packet, limit, format_)
    else:
        found = database.explain(signature or "", direction, limit=limit)
        data = _json(found.as_dict()) if format_ == "json" else f"{found}\n".encode()
    try:
        with results_file(None, [], format_ == "text" and is_colored(color, sys.stdout)) as out:
            out.write(data)
    except ReaderLeftError:
        pass
    return DONE


def _check_usage(
    signature: str | None, pcap: str | None, packet: int | None, direction: Direction | None
) -> None:
    if (pcap is None) != (packet is None):
        missing = "--packet" if packet is None else "--pcap"
        raise click.UsageError(f"--pcap FILE and --packet N belong together; {missing} is missing")
    if (signature is None) == (pcap is None):
        raise click.UsageError("name what to explain: SIG, or --pcap FILE --packet N, and not both")
    if pcap is not None and direction is not None:
        raise click.UsageError("--direction belongs to SIG; a packet tells its own")


def _packet(database: Database, pcap: str, number: int, limit: int, format_: str) -> bytes:
    from huginn_cffi.explain.packet import explain_packet

    found = explain_packet(database, pcap, number, limit=limit)
    if format_ == "json":
        return _json({"result": _event(found), **found.explanation.as_dict()})
    return f"{found.part}\n{found.explanation}\n".encode("utf-8", "replace")


def _event(found: ExplainedPacket) -> Any:
    """The packet's handshake as ``--format json`` of `pcap` has it."""
    part = found.part
    renderer = Renderer("json", part._batch.database)
    return json.loads(b"".join(renderer.pieces(part._batch, part._row, part._row + 1)))


def _json(value: dict[str, Any]) -> bytes:
    """One line of ASCII; what does not print is escaped."""
    return json.dumps(value).replace("\x7f", "\\u007f").encode("ascii") + b"\n"
