"""``huginn hosts --store FILE``: what a store holds, in the forms of tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from huginn_cffi.base.errors import named
from huginn_cffi.base.interrupts import held
from huginn_cffi.cli.output.destination import ReaderLeftError
from huginn_cffi.cli.output.results import ResultOutput, results_file
from huginn_cffi.cli.signals import interrupted_by_sigterm
from huginn_cffi.cli.standard_error import complain, counted
from huginn_cffi.cli.status import DAMAGED, DONE, INTERRUPTED
from huginn_cffi.hosts.record import DEVICE_VALUES, confidence_text, device_text, mac_text
from sigcompiler.claims.flavors import label_text
from sigcompiler.schema.hosts import Host

if TYPE_CHECKING:
    from huginn_cffi.cli.host_selection import Selection
    from huginn_cffi.cli.options import AnalysisArguments
    from huginn_cffi.cli.store_options import StoreOptions
    from huginn_cffi.store.reading import Store

FORMATS = ("text", "json", "csv")


where_option = click.option(
    "--where",
    metavar="CONDITION",
    help="Show only these hosts of the store: an SQL condition (docs/store.md).",
)


def show(options: StoreOptions, where: str | None, analysis: AnalysisArguments, selection: Selection) -> int:
    """Write the hosts of a store; a usage error for a condition or a form that cannot be."""
    from huginn_cffi.store.reading import Store

    path, format_, output = options.store, analysis.format_, analysis.output
    if path is None:
        raise click.UsageError("name captures, or a store with --store")
    if (options.sensor, options.keep, options.max_stored) != (None, None, None):
        raise click.UsageError("--sensor, --keep and --max-stored are for writing: name captures")
    if format_ not in FORMATS:
        raise click.UsageError(f"a store is shown as {', '.join(FORMATS)}")
    if selection.asks_for_ends:
        raise click.UsageError("a store does not keep who opened connections: omit --src-only and --dst-only")
    with (
        interrupted_by_sigterm(),
        suppress(ReaderLeftError),
        Store(path) as store,
        results_file(output, [path]) as out,
    ):
        try:
            _write(store, where, format_, out, selection)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--where") from None
        except KeyboardInterrupt:
            return INTERRUPTED
        if store.cut:
            complain(
                f"warning: {named(path)}: cut {counted(store.cut, 'text')} longer than any that huginn writes"
            )
            return DAMAGED
    return DONE


def _write(store: Store, where: str | None, format_: str, out: ResultOutput, selection: Selection) -> None:
    from huginn_cffi.formats.cells import csv_line
    from huginn_cffi.store.reading import COLUMNS

    if format_ == "csv":
        out.write(csv_line(COLUMNS))
    address, local = COLUMNS.index("ip"), COLUMNS.index("local")
    for rows in store.pieces(where):
        piece = [
            row for row in rows if not selection or selection.chooses(row[address], is_local=bool(row[local]))
        ]
        with held():
            if format_ == "csv":
                out.write(b"".join(map(csv_line, piece)))
            else:
                out.write("".join(_texts(piece, format_)).encode("utf-8", "backslashreplace"))


def _texts(rows: Sequence[tuple[Any, ...]], format_: str) -> Iterator[str]:
    from huginn_cffi.store.reading import COLUMNS
    from sigcompiler.diagnostics import visible

    for row in rows:
        one = dict(zip(COLUMNS, row, strict=True))
        if format_ == "json":
            yield f"{json.dumps({'event': Host.event, **_values(one)}, separators=(',', ':'))}\n"
        else:
            yield "".join(f"{visible(line)}\n" for line in _lines(one))


NAMES = (("Tool:", ("tools",)), ("App:", ("tls_clients", "http_clients")), ("Server:", ("http_servers",)))
PORTS = (("connects to", "client_ports"), ("answers from", "server_ports"))
LISTS = (*(column for _, columns in NAMES for column in columns), "findings", "ended", "why")


def _listed(text: str | None) -> list[str]:
    """What a column has beside one another."""
    return text.split(" | ") if text else []


def _values(one: dict[str, Any]) -> dict[str, Any]:
    """Flags and lists as such, where the view has numbers and texts."""
    texts = {name: _listed(one[name]) for name in LISTS}
    ports = {
        name: [int(port) if port.isdecimal() else port for port in _listed(one[name])] for _, name in PORTS
    }
    return {**one, "local": bool(one["local"]), **texts, **ports}


def _lines(one: dict[str, Any]) -> Iterator[str]:
    """As ``hosts`` has them of captures."""
    yield f"[Host] {one['ip']}{' at ' + one['site'] if one['site'] else ''}"
    if one["tunnel"]:
        yield f"  Tunnel: {one['tunnel']}"
    device = device_text(*(one[f"device_{name}"] for name in DEVICE_VALUES))
    if device:
        yield f"  Device: {device}"
    if one["mac"]:
        yield f"  MAC:    {mac_text(one['mac'])}"
    yield f"  OS:     {'???' if one['family'] is None else label_text(one['family'], one['flavor'])}"
    sure = confidence_text(one["family"], one["confidence"])
    if sure:
        yield f"  Sure:   {sure}"
    yield from (f"  {'' if at else 'Why:':<8}{text}" for at, text in enumerate(_listed(one["why"])))
    yield from (f"  Ended:  support of {text}" for text in _listed(one["ended"]))
    for title, columns in NAMES:
        names = dict.fromkeys(text for column in columns for text in _listed(one[column]))
        if names:
            yield f"  {title:<8}{', '.join(names)}"
    ports = [f"{words} {', '.join(_listed(one[column]))}" for words, column in PORTS if _listed(one[column])]
    if ports:
        yield f"  Ports:  {'; '.join(ports)}"
    if one["findings"]:
        yield f"  Found:  {', '.join(_listed(one['findings'])).replace('_', ' ')}"
    yield (
        f"  Seen:   {counted(one['syns'], 'SYN')}, {counted(one['syn_acks'], 'SYN+ACK')}, "
        f"{one['first_seen'][:19]} to {one['last_seen'][:19]} UTC"
    )
    yield ""
