"""What an archive tells of each address: partial results of partitions, put together in order."""

from __future__ import annotations

import ipaddress
import uuid
import warnings
from collections.abc import Mapping
from typing import Any

import dask.dataframe as dd
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from huginn_cffi.hosts import HostObserver
from huginn_cffi.inventory import MAX_INVENTORY
from sigcompiler.claims.flavors import label_text

_KEY = "src_ip"
_HANDSHAKES = ("syn", "syn_ack")
_UPTIMES = ("client_uptime", "server_uptime")

_LATEST = ("mtu", "link", "uptime_minutes", "modulo_days", "frequency_hz", "reliable", "uptime_ns")
"""Columns of which the latest value counts; the uptime's are all of its latest reading."""

_AT_ONCE = 16
"""Partial results that are put together in one step."""

_TOGETHER = {
    "first_seen": "min",
    "last_seen": "max",
    "first_packet": "min",
    "last_packet": "max",
    "syns": "sum",
    "syn_acks": "sum",
    "distance_min": "min",
    "distance_max": "max",
} | dict.fromkeys(_LATEST, "last")
"""How two partial results of one address become one, the earlier packets first."""


def absorbed(before: HostObserver | None, parts: list[HostObserver], max_inventory: int) -> HostObserver:
    """What partitions saw of the hosts, after what was known before."""
    whole = HostObserver(max_inventory=max_inventory) if before is None else before
    for part in parts:
        whole.absorb(part)
    return whole


def hosts_of(
    events: dd.DataFrame, observers: Mapping[Any, Any], max_inventory: int = MAX_INVENTORY
) -> dd.DataFrame:
    """One row an address (``ip``) that sent something, by address; one partition.

    ``first_seen`` and ``last_seen`` are capture times of events, ``syns`` and ``syn_acks`` numbers of
    handshake packets, ``distance_min`` and ``distance_max`` hops. ``system`` is the verdict of
    ``huginn hosts``, ``confidence`` how sure it is, and ``tools`` what ran there; ``mtu`` (bytes) and
    ``link`` are the latest link. ``uptime_minutes``, ``modulo_days``, ``frequency_hz`` and ``reliable``
    are the latest uptime, read at ``uptime_ns``. What was not seen is null.

    `observers` are tasks by their keys, one a partition, that give what it saw of the hosts.

    The first `max_inventory` addresses have a row. What the others sent is counted in a last row,
    whose ``ip`` is null and which has counts and times only; a `UserWarning` is given then.
    """
    frames, name = events.__dask_keys__(), f"hosts-{uuid.uuid4().hex}"
    graph = dict(events.__dask_graph__()) | dict(observers)
    seen = list(observers)
    known = watched = (
        None  # one step after the other, because which addresses are the first depends on all before
    )
    for begin in range(0, len(frames), _AT_ONCE):
        parts = [(name, "partial", number) for number in range(begin, min(begin + _AT_ONCE, len(frames)))]
        graph.update((part, (partial, frames[part[2]])) for part in parts)
        before, known = known, (name, "known", begin)
        graph[known] = (merged, before, parts, max_inventory)
        earlier, watched = watched, (name, "watched", begin)
        graph[watched] = (absorbed, earlier, seen[begin : begin + _AT_ONCE], max_inventory)
    graph[name] = (with_verdicts, (finished, known), watched)
    meta = with_verdicts(finished(partial(events._meta)), HostObserver())
    return dd.from_graph(graph, meta, (None, None), [name], "hosts")


def with_verdicts(hosts: pd.DataFrame, observer: HostObserver) -> pd.DataFrame:
    """The same with the columns ``system``, ``confidence`` and ``tools``."""
    verdicts = {one.ip: one for one in observer}
    found = [verdicts.get(ip) for ip in hosts["ip"]]
    names = [None if one is None else label_text(one.family, one.flavor) for one in found]
    shares = [None if one is None else one.confidence for one in found]
    tools = [None if one is None else ", ".join(one.tools) or None for one in found]
    at = list(hosts.columns).index("mtu")
    hosts.insert(at, "system", pd.array(names, dtype=pd.ArrowDtype(pa.string())))
    hosts.insert(at + 1, "confidence", pd.array(shares, dtype=pd.ArrowDtype(pa.float64())))
    hosts.insert(at + 2, "tools", pd.array(tools, dtype=pd.ArrowDtype(pa.string())))
    return hosts


def partial(frame: pd.DataFrame) -> pd.DataFrame:
    """What one partition tells."""
    events = pa.Table.from_pandas(frame, preserve_index=False)
    events = events.append_column("time", events["time_ns"].cast(pa.int64()))
    span = [(column, end) for column in ("time", "packet_number") for end in ("min", "max")]
    parts = [_grouped(events, span)]
    parts[0].columns = ["first_seen", "last_seen", "first_packet", "last_packet"]
    for column, kind in zip(("syns", "syn_acks"), _HANDSHAKES, strict=True):
        parts.append(_grouped(_of(events, kind), [([], "count_all")]).set_axis([column], axis=1))
    handshakes = _of(events, *_HANDSHAKES)
    spans = _grouped(handshakes, [("distance", "min"), ("distance", "max")])
    parts.append(spans.set_axis(["distance_min", "distance_max"], axis=1))
    links = _grouped(_of(events, "mtu"), [("mtu", "last"), ("link", "last")])
    parts.append(links.set_axis(["mtu", "link"], axis=1))
    readings = [(name, "last") for name in (*_LATEST[2:-1], "time")]
    parts.append(_grouped(_of(events, *_UPTIMES), readings).set_axis(list(_LATEST[2:]), axis=1))
    found = pd.concat(parts, axis=1)
    for column in ("syns", "syn_acks"):
        found[column] = found[column].fillna(0)
    return found.reset_index()


def _of(events: pa.Table, *kinds: str) -> pa.Table:
    return events.filter(pc.is_in(events["event"], value_set=pa.array(kinds)))


def _grouped(events: pa.Table, measures: list[Any]) -> pd.DataFrame:
    # One thread: only then is "last" that of the last row.
    found = events.group_by([_KEY], use_threads=False).aggregate(measures)
    return found.to_pandas(types_mapper=pd.ArrowDtype).set_index(_KEY)


def merged(before: pd.DataFrame | None, partials: list[pd.DataFrame], max_inventory: int) -> pd.DataFrame:
    """Partial results as one, after what was known before: addresses in the order of their first packets.

    Packets of a partition are all before those of the next, so that the order of the last packets
    is that of the partitions. Addresses beyond the first `max_inventory` become one with a null name.
    """
    together = pd.concat([*([] if before is None else [before]), *partials], ignore_index=True)
    ordered = together.sort_values("last_packet", kind="stable")
    grouped = ordered.groupby(_KEY, sort=False, as_index=False, dropna=False).agg(_TOGETHER)
    found = grouped.sort_values("first_packet", kind="stable", ignore_index=True)
    named = found[_KEY].notna()
    beyond = ~named | (named.cumsum() > max_inventory)
    if not beyond.any():
        return found
    rest = found[beyond].assign(**{_KEY: pd.NA}).astype(found.dtypes)
    rest = rest.groupby(_KEY, as_index=False, dropna=False).agg(_TOGETHER)
    rest[[*_LATEST, "distance_min", "distance_max"]] = pd.NA
    return pd.concat([found[~beyond], rest.astype(found.dtypes)], ignore_index=True)


def finished(found: pd.DataFrame) -> pd.DataFrame:
    """The whole, in readable form."""
    rest = found[found[_KEY].isna()]
    if len(rest):
        packets = int((rest["syns"] + rest["syn_acks"]).sum())
        warnings.warn(
            f"{packets} handshake packets left out, beyond the first {len(found) - 1} hosts; "
            "a larger max_inventory takes them in",
            stacklevel=2,
        )
    found = found.sort_values(_KEY, key=lambda texts: texts.map(_order), na_position="last")
    for column in ("first_seen", "last_seen"):
        found[column] = found[column].astype(pd.ArrowDtype(pa.timestamp("ns", tz="UTC")))
    found = found.drop(columns=["first_packet", "last_packet"])
    return found.rename(columns={_KEY: "ip"}).reset_index(drop=True)


def _order(text: Any) -> bytes:
    """Sorts addresses by version and value, a null one last."""
    if text is pd.NA:
        return b"\xff"
    address = ipaddress.ip_address(text)
    return bytes((address.version,)) + address.packed
