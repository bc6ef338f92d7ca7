"""``huginn explain``: explains the name of a packet."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING, Any

import click

from huginn_cffi.base.errors import named
from huginn_cffi.cli.color import Color, color_option, is_colored, paint_bytes
from huginn_cffi.cli.filter_options import TrafficOptions, traffic_options
from huginn_cffi.cli.output.results import save_file
from huginn_cffi.cli.parameters import OneOf, argument, command, option, text_or_json_option
from huginn_cffi.cli.signature_options import Signatures, signature_options
from huginn_cffi.formats.rendering import Renderer

if TYPE_CHECKING:
    from huginn_cffi.database.database import Database
    from huginn_cffi.explain.explanation import Explanation
    from huginn_cffi.signatures.signatures import Direction


@command()
def explain(
    subject: str | None = argument("[SIG|FILE]", required=False),
    packet: int | None = option("--packet N", type=click.IntRange(min=1)),
    direction: Direction | None = option("--direction", type=OneOf(["request", "response"])),
    db: Signatures = signature_options,
    limit: int = option("--limit N", type=click.IntRange(0, (1 << 32) - 1), default=5),
    format_: str = text_or_json_option,
    traffic: TrafficOptions = traffic_options,
    color: Color = color_option,
) -> None:
    """Show the signatures nearest to a packet, and compare them field by field."""
    if subject is None:
        raise click.UsageError("name what to explain: SIG, or --packet N FILE")
    if packet is None and os.path.isfile(subject):  # noqa: PTH113 - must not raise for any text
        shown = named(subject)
        raise click.UsageError(f"{shown} is a file; to explain a packet of it: --packet N {shown}")
    if packet is not None and direction is not None:
        raise click.UsageError("--direction applies to SIG; a packet has its own direction")
    if packet is None and traffic.is_limited:
        raise click.UsageError("filters and times apply to packets of a capture, and cannot be used with SIG")
    database = db.open()
    if packet is not None:
        data = _packet(database, subject, packet, limit, format_, traffic)
    else:
        found = _explained(database, subject, direction, limit)
        data = _json(found.as_dict()) if format_ == "json" else f"{found}\n".encode()
    save_file("-", paint_bytes(data) if format_ == "text" and is_colored(color, sys.stdout) else data)


_MAY_BE_TCP = re.compile(r"\s*((sig|raw_sig)\s*=|Sig:)?\s*([\d*]+\s*(:|$)|$)")
_NO_FORM = (
    "is not one of: the signature of a SYN or SYN+ACK (4:64:0:1460:...) or of an HTTP message (1:Host,...), "
    "a JA4 (t13d1516h2_...)"
)


def _explained(
    database: Database, signature: str, direction: Direction | None, limit: int
) -> Explanation[Any]:
    from huginn_cffi.explain.clients import is_ja4
    from huginn_cffi.explain.messages import is_message

    if is_message(signature):
        return database.explain_message(signature, direction or "request", limit=limit)
    if not is_ja4(signature):
        if not _MAY_BE_TCP.match(signature):
            raise click.UsageError(f"{named(signature)} {_NO_FORM}")
        return database.explain(signature, direction, limit=limit)
    if direction is not None:
        raise click.UsageError("--direction belongs to TCP and HTTP; a JA4 is a client's")
    return database.explain_client(signature, limit=limit)


def _packet(
    database: Database, pcap: str, number: int, limit: int, format_: str, traffic: TrafficOptions
) -> bytes:
    from huginn_cffi.explain.packet import explain_packet

    found = explain_packet(database, pcap, number, limit=limit, analyzer=traffic.analyzer())
    if format_ == "json":
        part = found.part  # as `pcap` writes the handshake
        pieces = Renderer("json", part._batch.database).pieces(part._batch, part._row, part._row + 1)
        return _json({"result": json.loads(b"".join(pieces)), **found.explanation.as_dict()})
    return f"{found.part}\n{found.explanation}\n".encode("utf-8", "replace")


def _json(value: dict[str, Any]) -> bytes:
    """One line of ASCII; other characters are escaped."""
    return json.dumps(value).replace("\x7f", "\\u007f").encode("ascii") + b"\n"
