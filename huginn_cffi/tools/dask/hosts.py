"""What an archive tells of each address: partial results of partitions, put together in order."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    import dask.dataframe as dd

_KEY = "src_ip"
_HANDSHAKES = ("syn", "syn_ack")
_UPTIMES = ("client_uptime", "server_uptime")

_LATEST = ("system", "mtu", "link", "uptime_minutes", "modulo_days", "frequency_hz", "reliable", "uptime_ns")
"""Columns of which the latest value counts; the uptime's are all of its latest reading."""

_TOGETHER = {
    "first_seen": "min",
    "last_seen": "max",
    "last_packet": "max",
    "syns": "sum",
    "syn_acks": "sum",
    "distance_min": "min",
    "distance_max": "max",
} | dict.fromkeys(_LATEST, "last")
"""How two partial results of one address become one, the earlier packets first."""


def hosts_of(events: dd.DataFrame) -> dd.DataFrame:
    """One row an address (``ip``) that sent something, by address; one partition.

    ``first_seen`` and ``last_seen`` are capture times of events, ``syns`` and ``syn_acks`` numbers of
    handshake packets, ``distance_min`` and ``distance_max`` hops. ``system`` is the latest name, ``mtu``
    (bytes) and ``link`` the latest link. ``uptime_minutes``, ``modulo_days``, ``frequency_hz`` and
    ``reliable`` are the latest uptime, read at ``uptime_ns``. What was not seen is null.
    """
    meta = finished(partial(events._meta))
    return events.reduction(chunk=partial, combine=merged, aggregate=finished, meta=meta, split_every=16)


def partial(frame: pd.DataFrame) -> pd.DataFrame:
    """What one partition tells."""
    events = pa.Table.from_pandas(frame, preserve_index=False)
    events = events.append_column("time", events["time_ns"].cast(pa.int64()))
    parts = [_grouped(events, [("time", "min"), ("time", "max"), ("packet_number", "max")])]
    parts[0].columns = ["first_seen", "last_seen", "last_packet"]
    for column, kind in zip(("syns", "syn_acks"), _HANDSHAKES, strict=True):
        parts.append(_grouped(_of(events, kind), [([], "count_all")]).set_axis([column], axis=1))
    handshakes = _of(events, *_HANDSHAKES)
    spans = _grouped(handshakes, [("distance", "min"), ("distance", "max")])
    parts.append(spans.set_axis(["distance_min", "distance_max"], axis=1))
    parts.append(_systems(handshakes))
    links = _grouped(_of(events, "mtu"), [("mtu", "last"), ("link", "last")])
    parts.append(links.set_axis(["mtu", "link"], axis=1))
    readings = [(name, "last") for name in (*_LATEST[3:-1], "time")]
    parts.append(_grouped(_of(events, *_UPTIMES), readings).set_axis(list(_LATEST[3:]), axis=1))
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


def _systems(handshakes: pa.Table) -> pd.DataFrame:
    named = handshakes.filter(pc.is_valid(handshakes["match_name"]))
    label = pc.binary_join_element_wise(named["match_name"], named["match_flavor"], " ")
    label = pc.utf8_rtrim_whitespace(label)
    return _grouped(named.append_column("label", label), [("label", "last")]).set_axis(["system"], axis=1)


def merged(partials: pd.DataFrame) -> pd.DataFrame:
    """Partial results of several partitions as one.

    Packets of a partition are all before those of the next, so that the order of the last packets
    is that of the partitions.
    """
    ordered = partials.sort_values("last_packet", kind="stable")
    return ordered.groupby(_KEY, sort=False, as_index=False, dropna=False).agg(_TOGETHER)


def finished(partials: pd.DataFrame) -> pd.DataFrame:
    """The whole, in readable form."""
    found = merged(partials).sort_values(_KEY, key=lambda texts: texts.map(_order))
    for column in ("first_seen", "last_seen"):
        found[column] = found[column].astype(pd.ArrowDtype(pa.timestamp("ns", tz="UTC")))
    return found.drop(columns="last_packet").rename(columns={_KEY: "ip"}).reset_index(drop=True)


def _order(text: str) -> bytes:
    """Sorts addresses by version and value."""
    address = ipaddress.ip_address(text)
    return bytes((address.version,)) + address.packed
