"""The hosts of a store as ``huginn hosts --store`` shows them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from huginn_cffi.base.names import in_tunnel
from huginn_cffi.base.times import parse_time
from huginn_cffi.cli.host_output import ending, write_table
from huginn_cffi.cli.standard_error import counted
from huginn_cffi.cli.summary_text import summary_text
from huginn_cffi.hosts.lines import DEVICE_VALUES, device_text, mac_text
from huginn_cffi.hosts.objects import Ended, Evidence
from huginn_cffi.hosts.record import confidence_text, made
from huginn_cffi.hosts.table import PIECE_HOSTS
from sigcompiler.claims.flavors import label_text
from sigcompiler.schema.hosts import Host

if TYPE_CHECKING:
    from huginn_cffi.cli.output.results import ResultOutput
    from huginn_cffi.store.reading import Store


def write_stored_summary(store: Store, format_: str, out: ResultOutput) -> None:
    """Write the summary of a store."""
    from huginn_cffi.store.summary import document

    found = document(store)
    if format_ == "json":
        text = json.dumps(found, separators=(",", ":"))
    else:
        # Omit empty lists: a store does not keep their values, so "none" would be wrong.
        text = re.sub(r"\n\n[^\n]+\n  none(?=\n|$)", "", summary_text(found))
    out.write(f"{text}\n".encode("utf-8", "backslashreplace"))


def write_stored(
    hosts: Iterator[dict[str, Any]], store: Store, format_: str, out: ResultOutput, *, are_chosen: bool
) -> None:
    """Write chosen hosts of a store (`are_chosen`), or all, with what follows them."""
    if format_ in ("text", "json"):
        from huginn_cffi.store.summary import about_all

        for piece in _joined(map(_json if format_ == "json" else _text, hosts)):
            out.write(piece)
        out.write(ending(about_all(store), format_, are_chosen=are_chosen))
    elif format_ == "ecs":
        from huginn_cffi.formats.hosts_ecs import ecs_lines
        from huginn_cffi.store.reading import record

        for line in ecs_lines(map(record, hosts)):
            out.write(line)
    else:
        from huginn_cffi.store.reading import KEYS

        write_table(_rows(hosts, are_texts=format_ == "csv"), format_, out, KEYS)


def _joined(texts: Iterator[str]) -> Iterator[bytes]:
    while piece := [*islice(texts, PIECE_HOSTS)]:
        yield "".join(piece).encode("utf-8", "backslashreplace")


def _json(one: dict[str, Any]) -> str:
    return f"{json.dumps({'event': Host.event, **one}, separators=(',', ':'))}\n"


def _rows(hosts: Iterator[dict[str, Any]], *, are_texts: bool) -> Iterator[list[tuple[Any, ...]]]:
    """Rows of a table. For CSV (`are_texts`) objects become texts; for other formats times become ns."""
    while piece := [*islice(hosts, PIECE_HOSTS)]:
        yield [tuple((_lines_of if are_texts else _numbers)(one).values()) for one in piece]


def _lines_of(one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "evidence": _evidence(one), "ended": [Ended(**each) for each in one["ended"]]}


def _numbers(one: dict[str, Any]) -> dict[str, Any]:
    from huginn_cffi.store.reading import KEYS

    times = (key.name for key in KEYS if key.kind == "time")
    return {**one, **{name: one[name] and parse_time(one[name]) for name in times}}


def _evidence(one: dict[str, Any]) -> list[Evidence]:
    return [made(Evidence, each) for each in one["evidence"]]


NAMES = (("Tool:", ("tools",)), ("App:", ("tls_clients", "http_clients")), ("Server:", ("http_servers",)))
PORTS = (("connects to", "client_ports"), ("answers from", "server_ports"))


def _text(one: dict[str, Any]) -> str:
    from sigcompiler.diagnostics import visible

    return "".join(f"{visible(line)}\n" for line in _lines(one))


def _lines(one: dict[str, Any]) -> Iterator[str]:
    """The lines of a host, in the form of ``huginn hosts`` for captures."""
    yield f"[Host] {one['ip'] or one['mac']}{' at ' + one['site'] if one['site'] else ''}"
    if one["tunnel"]:
        yield f"  {'Tunnel: ' if in_tunnel(one['tunnel']) else 'In:     '}{one['tunnel']}"
    device = device_text(*(one[f"device_{name}"] for name in DEVICE_VALUES))
    if device:
        yield f"  Device: {device}"
    if one["mac"]:
        claimant = f", also claimed by {one['claimed_by']}" if one["claimed_by"] else ""
        yield f"  MAC:    {mac_text(one['mac'])}{claimant}"
    if one["related"]:
        yield f"  Also:   the same DHCP client as {', '.join(one['related'])}"
    yield f"  OS:     {'???' if one['family'] is None else label_text(one['family'], one['flavor'])}"
    if sure := confidence_text(one["family"], one["confidence"], one["version_confidence"]):
        yield f"  Sure:   {sure}"
    evidence = _evidence(one)
    why = [str(each) for each in evidence if each.relation not in ("contradicts", "earlier")]
    yield from _listed("Why:", [*why, *filter(None, (one["device_evidence"] or "").split("; "))])
    yield from _listed("But:", [str(each) for each in evidence if each.relation == "contradicts"])
    yield from _listed("Before:", [str(each) for each in evidence if each.relation == "earlier"])
    yield from (f"  Ended:  support of {each['product']} on {each['ended']}" for each in one["ended"])
    for title, columns in NAMES:
        if names := dict.fromkeys(text for column in columns for text in one[column]):
            yield f"  {title:<8}{', '.join(names)}"
    ports = [f"{words} {', '.join(map(str, one[column]))}" for words, column in PORTS if one[column]]
    if ports:
        yield f"  Ports:  {'; '.join(ports)}"
    if one["findings"]:
        yield f"  Found:  {', '.join(one['findings']).replace('_', ' ')}"
    seen = f"{counted(one['syns'], 'SYN')}, {counted(one['syn_acks'], 'SYN+ACK')}, "
    first, last = (one[name][:19].replace("T", " ") for name in ("first_seen", "last_seen"))
    yield f"  Seen:   {seen if one['syns'] + one['syn_acks'] else ''}{first} to {last} UTC"
    yield ""


def _listed(title: str, texts: list[str]) -> Iterator[str]:
    yield from (f"  {'' if at else title:<8}{text}" for at, text in enumerate(texts))
