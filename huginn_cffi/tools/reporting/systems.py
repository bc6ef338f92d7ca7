"""What systems speak, by name, by subnet and by address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from huginn_cffi._native import lib
from huginn_cffi.results.observables import address_text
from huginn_cffi.tools.reporting.charts import Chart, Role, Series
from huginn_cffi.tools.reporting.naming import Fit, Key, Named
from huginn_cffi.tools.reporting.tables import (
    NOTHING,
    Cell,
    Column,
    Table,
    counted,
    number,
    percent,
    table,
    text,
)

UNNAMED = "not named"
SHOWN_SUBNETS = 300
SHOWN_SYSTEMS = 300
CHARTED_SYSTEMS = 7
"""As many as the palette tells apart; the rest is "others"."""

FITS: tuple[Fit, ...] = ("specific", "generic", "fuzzy")


class Systems:
    """Who sent handshakes, one row a sender, name and distance: columns of `Gathered.systems`.

    Further columns: ``host`` (address and version), ``name`` (index in `names`), ``label`` and
    ``system`` (indices in `labels` and `systems`); the three are null where nothing fits.
    """

    def __init__(self, rows: Any, names: dict[Key, Named]) -> None:
        self.names = list(names.values())
        self.labels = list(dict.fromkeys(name.label for name in self.names))
        self.systems = list(dict.fromkeys(name.system for name in self.names))
        codes = [key.signature << 2 | key.fuzzy << 1 | key.event for key in names]
        found = pc.index_in(_codes(rows), value_set=pa.array(codes, pa.int64()))
        labels = pa.array([self.labels.index(name.label) for name in self.names], pa.int32())
        systems = pa.array([self.systems.index(name.system) for name in self.names], pa.int32())
        rows = rows.append_column("host", host_column(rows)).append_column("name", found)
        rows = rows.append_column("label", labels.take(found.combine_chunks()))
        self.rows = rows.append_column("system", systems.take(found.combine_chunks()))

    def only(self, mask: Any) -> Systems:
        """The same of the rows for which `mask` is true."""
        new = copy(self)
        new.rows = self.rows.filter(mask)
        return new

    def hosts_by(self, *columns: str) -> dict[Any, int]:
        """Different addresses by the values of columns."""
        pairs = self.rows.group_by([*columns, "host"]).aggregate([])
        counts = pairs.group_by(list(columns)).aggregate([([], "count_all")])
        return _by_key(counts, columns, "count_all")

    def events_by(self, *columns: str) -> dict[Any, int]:
        """Handshakes by the values of columns."""
        sums = self.rows.group_by(list(columns)).aggregate([("count", "sum")])
        return _by_key(sums, columns, "count_sum")

    @property
    def host_count(self) -> int:
        """Different addresses."""
        return int(pc.count_distinct(self.rows["host"]).as_py())

    @property
    def named_host_count(self) -> int:
        """Addresses of which at least one handshake was named."""
        return int(pc.count_distinct(self.rows.filter(pc.is_valid(self.rows["name"]))["host"]).as_py())


def host_column(rows: Any) -> Any:
    """Address and version as one value."""
    addresses = pc.cast(rows["src_ip"], pa.binary())
    versions = pc.cast(pc.cast(rows["version"], pa.string()), pa.binary())
    return pc.binary_join_element_wise(addresses, versions, b"")


def host_text(host: bytes) -> str:
    """The address in a value of `host_column`."""
    return address_text(int(host[16:]), host[:16])


def host_cell(host: bytes) -> Cell:
    """The same as a cell, sorted by version and value."""
    return Cell(host_text(host), f"{host[16:].decode()}{host[:16].hex()}")


def _codes(rows: Any) -> Any:
    signature, fuzzy, event = (pc.cast(rows[name], pa.int64()) for name in ("signature", "fuzzy", "event"))
    two, one = pa.scalar(2, pa.int64()), pa.scalar(1, pa.int64())
    return pc.bit_wise_or(pc.bit_wise_or(pc.shift_left(signature, two), pc.shift_left(fuzzy, one)), event)


def _by_key(grouped: Any, columns: Sequence[str], measure: str) -> dict[Any, int]:
    keys = [grouped[name].to_pylist() for name in columns]
    values = grouped[measure].to_pylist()
    return dict(zip(keys[0] if len(keys) == 1 else zip(*keys, strict=True), values, strict=True))


class _Sureness(NamedTuple):
    """How the handshakes of a label were named."""

    confidence: float
    fits: tuple[int, ...]


def _sureness(found: Systems) -> dict[int, _Sureness]:
    weights: dict[int, Counter[Named]] = {}
    for index, count in found.events_by("name").items():
        if index is not None:
            name = found.names[index]
            weights.setdefault(found.labels.index(name.label), Counter())[name] += count
    return {label: _weighed(counts) for label, counts in weights.items()}


def _weighed(counts: Counter[Named]) -> _Sureness:
    mean = sum(name.confidence * count for name, count in counts.items()) / counts.total()
    fits = tuple(sum(count for name, count in counts.items() if name.fit == fit) for fit in FITS)
    return _Sureness(mean, fits)


def systems_table(found: Systems) -> Table:
    """One row a label, and one for what has no name."""
    hosts, events = found.hosts_by("label"), found.events_by("label", "event")
    sure = _sureness(found)
    total = found.host_count
    rows = []
    for label in sorted(hosts, key=lambda label: (-hosts[label], label is None, _label(found, label))):
        syns, answers = (events.get((label, event), 0) for event in (lib.HG_EVENT_SYN, lib.HG_EVENT_SYN_ACK))
        how = sure.get(label)
        fits = [number(count) for count in how.fits] if how else [NOTHING] * len(FITS)
        cells = [text(_label(found, label)), number(hosts[label], total), number(syns), number(answers)]
        rows.append([*cells, percent(how.confidence if how else None), *fits])
    columns = (
        Column("System"),
        Column("Addresses", numeric=True),
        Column("SYN", numeric=True, hint="handshakes as client"),
        Column("SYN+ACK", numeric=True, hint="handshakes as server"),
        Column("Confidence", numeric=True, hint="how often the family is right for answers of this kind"),
        Column("Specific", numeric=True, hint="handshakes that a specific signature fits exactly"),
        Column("Generic", numeric=True, hint="handshakes that only a generic signature fits exactly"),
        Column("Fuzzy", numeric=True, hint="handshakes that a signature fits but for soft differences"),
    )
    return table(
        "systems", "Systems by number of addresses", "system", columns, rows[:SHOWN_SYSTEMS], len(rows)
    )


def systems_chart(found: Systems) -> Chart:
    """Addresses by system, the commonest first."""
    hosts = found.hosts_by("system")
    unnamed = hosts.pop(None, 0)
    ranked = sorted(hosts.items(), key=lambda item: (-item[1], found.systems[item[0]]))
    shown = [(found.systems[index], count) for index, count in ranked[:12]]
    bars: list[Role] = ["system" if place < CHARTED_SYSTEMS else "other" for place in range(len(shown))]
    if unnamed:
        shown.append((UNNAMED, unnamed))
        bars.append("unknown")
    words = "; ".join(f"{name}: {counted(count, 'address')}" for name, count in shown) or "no address"
    labels = tuple(name for name, _ in shown)
    series = (Series("addresses", tuple(count for _, count in shown), bars=tuple(bars)),)
    return Chart("systems-chart", "Addresses by system", words, labels, series, "addresses", across=True)


def ranked_systems(found: Systems) -> list[int]:
    """The systems that a chart tells apart, by addresses."""
    hosts = found.hosts_by("system")
    hosts.pop(None, 0)
    return sorted(hosts, key=lambda index: (-hosts[index], found.systems[index]))[:CHARTED_SYSTEMS]


def subnets_table(found: Systems) -> Table:
    """Networks (/24 and /64) with what speaks in them."""
    rows = found.rows
    four = pc.binary_slice(pc.cast(rows["src_ip"], pa.binary()), 0, 3)
    six = pc.binary_slice(pc.cast(rows["src_ip"], pa.binary()), 0, 8)
    net = pc.if_else(pc.equal(rows["version"], 4), four, six)
    pairs = rows.append_column("net", net).group_by(["version", "net", "system", "host"]).aggregate([])
    sums = pairs.group_by(["version", "net", "system"]).aggregate([([], "count_all")])
    hosts = pairs.group_by(["version", "net"]).aggregate([("host", "count_distinct")])
    totals = _by_key(hosts, ("version", "net"), "host_count_distinct")
    with_name = pairs.filter(pc.is_valid(pairs["system"])).group_by(["version", "net"])
    named = _by_key(
        with_name.aggregate([("host", "count_distinct")]), ("version", "net"), "host_count_distinct"
    )
    by_net: dict[tuple[int, bytes], list[tuple[int | None, int]]] = {}
    ranked = sorted(totals, key=lambda key: (-totals[key], key))[:SHOWN_SUBNETS]
    wanted = set(ranked)
    for (version, network, system), count in _by_key(sums, ("version", "net", "system"), "count_all").items():
        if (version, network) in wanted:
            by_net.setdefault((version, network), []).append((system, count))
    top = max(totals.values(), default=0)
    shown = [
        [
            _subnet(*key),
            number(totals[key], top),
            percent(named.get(key, 0) / totals[key]),
            _mix(found, by_net[key]),
        ]
        for key in ranked
    ]
    columns = (
        Column("Subnet", address=True, hint="/24 of IPv4, /64 of IPv6"),
        Column("Addresses", numeric=True),
        Column("Named", numeric=True, hint="share of the addresses that some system was named for"),
        Column("Systems", wide=True, hint="addresses by system; an address may show several"),
    )
    return table("subnets", "Subnets by number of addresses", "subnet", columns, shown, len(totals))


def _subnet(version: int, network: bytes) -> Cell:
    name = f"{address_text(version, network.ljust(16, bytes(1)))}/{24 if version == 4 else 64}"
    return Cell(name, f"{version}{network.hex()}")


def _mix(found: Systems, systems: Iterable[tuple[int | None, int]]) -> Cell:
    """The commonest systems of a subnet with their addresses."""
    ranked = sorted(systems, key=lambda item: (-item[1], item[0] is None, _system(found, item[0])))
    said = ", ".join(f"{_system(found, system)} {count:,}" for system, count in ranked[:6])
    return text(f"{said}, {len(ranked) - 6} more" if len(ranked) > 6 else said)


def _label(found: Systems, index: int | None) -> str:
    return UNNAMED if index is None else found.labels[index]


def _system(found: Systems, index: int | None) -> str:
    return UNNAMED if index is None else found.systems[index]
