"""``huginn explain``: explains the name of a packet."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from huginn_cffi.cli.color import Color, color_option, is_colored, paint_bytes
from huginn_cffi.cli.filter_options import TrafficOptions, traffic_options
from huginn_cffi.cli.output.results import save_file
from huginn_cffi.cli.parameters import argument, command, option, text_or_json_option
from huginn_cffi.cli.signature_options import Signatures, signature_options
from huginn_cffi.formats.rendering import Renderer


@command()
def explain(
    capture: str = argument("FILE"),
    packet: int = option("--packet N", type=click.IntRange(min=1), required=True),
    db: Signatures = signature_options,
    limit: int = option("--limit N", type=click.IntRange(0, (1 << 32) - 1), default=5),
    format_: str = text_or_json_option,
    traffic: TrafficOptions = traffic_options,
    color: Color = color_option,
) -> None:
    """Show the signatures nearest to a packet, and compare them field by field."""
    from huginn_cffi.explain.packet import explain_packet

    found = explain_packet(db.open(), capture, packet, limit=limit, analyzer=traffic.analyzer())
    if format_ == "json":
        part = found.part  # as `pcap` writes the handshake
        pieces = Renderer("json", part._batch.database).pieces(part._batch, part._row, part._row + 1)
        data = _json({"result": json.loads(b"".join(pieces)), **found.explanation.as_dict()})
    else:
        data = f"{found.explanation}\n".encode("utf-8", "replace")
    save_file("-", paint_bytes(data) if format_ == "text" and is_colored(color, sys.stdout) else data)


def _json(value: dict[str, Any]) -> bytes:
    """One line of ASCII; other characters are escaped."""
    return json.dumps(value).replace("\x7f", "\\u007f").encode("ascii") + b"\n"
