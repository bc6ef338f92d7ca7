"""``huginn unknown``: ranks traffic that no signature names."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from huginn_cffi.cli.filter_options import TrafficOptions, traffic_options
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.output.results import save_file
from huginn_cffi.cli.parameters import command, format_option, option
from huginn_cffi.cli.signature_options import Signatures, signature_options
from huginn_cffi.cli.standard_error import CaptureErrors, warn_of_limit
from huginn_workbench.wording import counted, visible_lines

if TYPE_CHECKING:
    from huginn_workbench.learning.results import UnknownRow


@command(("Traffic without a name, with the nearest signatures", "huginn unknown capture.pcap"))
def unknown(
    captures: tuple[str, ...] = captures_argument("CAPTURE..."),
    weak: bool = option("--weak", "Also show traffic that only a generic or fuzzy match names."),
    db: Signatures = signature_options,
    limit: int = option("--limit N", "Show the first N signatures.", click.IntRange(min=1), default=20),
    relatives: int = option(
        "--relatives N", "Show the N nearest signatures of each.", click.IntRange(0, 1000), default=3
    ),
    format_: str = format_option("text", "json"),
    host_names: bool = option("--host-names", "Show names of hosts and owners, serial numbers and the like."),
    traffic: TrafficOptions = traffic_options,
    max_inventory: int = max_inventory_option("Keep at most N pairs of signature and sender"),
) -> int:
    """Show traffic without a name: SYNs, SYN+ACKs, TLS clients, HTTP messages and announcements.

    Traffic of most hosts comes first.

    Each entry has the nearest signatures and their differences, and lines for a signature file that need only
    a name. If you know the system, `huginn learn` writes them for you. Packets that one line can describe
    count as one signature, whatever their MSS; `pcap --summary` and `report` count each MSS and window
    separately.

    Exit status: 0 done, 1 a capture could not be read to its end or packets were left out, 2 refused.
    """
    from huginn_workbench.learning.inventories import (
        AnnouncementInventory,
        HelloInventory,
        MessageInventory,
        unknown_announcements,
        unknown_clients,
        unknown_messages,
    )
    from huginn_workbench.learning.unknown import ranked

    errors = CaptureErrors()
    left_out: list[int] = []
    database, hellos = db.open(), HelloInventory(max_inventory)
    messages = MessageInventory(database, max_inventory, weak=weak)
    announced = AnnouncementInventory(max_inventory)
    total, found = ranked(
        captures,
        database=database,
        weak=weak,
        relatives=relatives,
        max_inventory=max_inventory,
        on_error=errors,
        on_left_out=left_out.append,
        analyzer=traffic.analyzer(uptime=False, host_names=host_names),
        others=(hellos, messages, announced),
        most=limit,
    )
    clients = unknown_clients(hellos, database, weak=weak, relatives=relatives)
    shown_messages = unknown_messages(messages, database, relatives=relatives, most=limit)
    texts, announcements = unknown_announcements(announced, database, weak=weak, most=limit)
    left_out += [hellos.left_out, messages.left_out]
    kinds: tuple[tuple[str, int, Iterable[UnknownRow], str, str], ...] = (
        ("", total, found, "signature", "without a name, by hosts"),
        ("client", len(clients), clients[:limit], "TLS client", "without a name, by hosts"),
        ("message", len(messages.counts), shown_messages, "signature", "of HTTP without a name, by hosts"),
        ("announcement", texts, announcements, "announcement", "without a name, by devices"),
    )
    if format_ == "json":
        plain: dict[str, object] = {f"{kind}_count".lstrip("_"): number for kind, number, *_ in kinds}
        plain["left_out"] = sum(left_out) + announced.left_out
        for kind, _, rows, *_ in kinds:
            plain[f"unknown_{kind}s" if kind else "unknown"] = [row.as_dict() for row in rows]
        text = json.dumps(plain, indent=2)
    else:
        parts = []
        for kind, number, rows, thing, how in kinds:
            if number or not kind:
                parts.append(f"{counted(number, thing)} {how}")
                parts += [f"{place}. {row}" for place, row in enumerate(rows, 1)]
        text = visible_lines("\n\n".join(parts))
    save_file("-", f"{text}\n")
    limited = warn_of_limit(sum(left_out), "packet", "signatures and their senders", max_inventory)
    most = min(max_inventory, announced.MOST)
    is_fixed = max_inventory > announced.MOST
    short = warn_of_limit(announced.left_out, "text", "texts and their senders", most, is_fixed=is_fixed)
    return errors.status() or limited or short
