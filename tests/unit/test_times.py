"""A point in time is a `datetime`, and an int with ``_ns``; in JSON and `as_dict` it is a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta, timezone
from importlib import import_module
from inspect import getmembers_static, isclass
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.base.times import rfc3339
from huginn_cffi.hosts import objects
from huginn_cffi.hosts.lines import Time
from huginn_cffi.hosts.who import Holder
from sigcompiler.schema.hosts import OBJECTS
from sigcompiler.schema.hosts import DeviceRecord as Described
from sigcompiler.schema.objects import keys_of, paths
from tests.support.manual_blocks import ROOT

EXAMPLES = Path(__file__).parents[2] / "examples"
CAPTURES = [EXAMPLES / name for name in ("sample.pcap", "devices.pcap", "office.pcap")]
NAMED = re.findall(
    r"^<!-- ::: ([\w.]+)\.(\w+) -->$", (ROOT / "docs/reference/api.md").read_text(), re.MULTILINE
)
KINDS = [kind for module, name in NAMED if isclass(kind := getattr(import_module(module), name))]
KINDS += [*(getattr(objects, name) for name in objects.__all__), Holder]
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
LIKE_TIMES = re.compile(r"^(time|(first|last)_(seen|change|sharing)|since|until|when|began|date)$")
TIMES = {one.name for kind in OBJECTS.values() for one in keys_of(kind) if one.kind == "time"} | {"time"}


def attributes(kind: type) -> Iterator[tuple[str, str]]:
    """The public attributes of a class, and their types."""
    for name, member in getmembers_static(kind):
        if isinstance(member, Time):
            yield name, "datetime"
        elif isinstance(member, property) and not name.startswith("_"):
            yield name, str(getattr(member.fget, "__annotations__", {}).get("return", ""))
    yield from ((one.name, str(one.type)) for one in fields(kind)) if is_dataclass(kind) else ()


def test_no_time_is_a_text_or_a_float() -> None:
    for kind in KINDS:
        found = dict(attributes(kind))
        for name, note in found.items():
            if name.endswith("_ns") and name != "gap_ns":
                assert "datetime" in found[name.removesuffix("_ns")], (kind, name)
                assert not note or "int" in note, (kind, name)
            elif name in TIMES or LIKE_TIMES.search(name):
                assert "datetime" in note, (kind, name, note)
                assert f"{name}_ns" in {*dir(kind)}, (kind, name)


def values(one: Any) -> Iterator[tuple[Any, str]]:
    """Each object, within others too, with the name of a time that it has."""
    if isinstance(one, (list, tuple)):
        for each in one:
            yield from values(each)
        return
    names = one if isinstance(one, dict) else [name for name, _ in attributes(type(one))]
    for name in names:
        if name in TIMES:
            yield one, name
        elif isinstance(one, dict) and isinstance(one[name], list):
            yield from values(one[name])
    if is_dataclass(one):
        for each in fields(one):
            if isinstance(value := getattr(one, each.name), tuple) or is_dataclass(value):
                yield from values(value)


def check(some: Iterable[Any]) -> set[str]:
    """Every time of these objects is as it shall be; their names."""
    seen = set()
    for of, name in ((of, name) for one in some for of, name in values(one)):
        at, exact = getattr(of, name), getattr(of, f"{name}_ns")
        assert (at is None) == (exact is None)
        if at is not None:
            assert isinstance(exact, int)
            assert at.tzinfo is not None
            assert at == EPOCH + timedelta(microseconds=exact // 1000)
            seen.add(f"{type(of).__name__}.{name}")
    return seen


def test_times_of_events_hosts_and_devices() -> None:
    options: dict[str, Any] = dict.fromkeys(("findings", "changes", "segments", "device_news"), True)
    analyzer, seen = hg.Analyzer(protocols=PROTOCOLS, **options), set[str]()
    for path in CAPTURES:
        read = analyzer.read(path)
        for result in read:
            seen |= check([result, *result.parts])
            assert all(part.as_dict()["time"] == rfc3339(part.time_ns) for part in result.parts)
        seen |= check(read.hosts) | check(read.devices)
        for record in (*read.hosts, *read.devices):
            shown = record.as_dict()
            assert shown["first_seen"] == rfc3339(record.first_seen_ns)
            assert record.first_seen <= record.last_seen
        named = [host.ip for host in read.hosts if host.ip][:5]
        holders = [one for ip in named for one in read.hosts.who(ip).holders]
        seen |= check(holders)
    kinds = ("HostRecord", "DeviceRecord", "Holder", "Evidence", "Sighting", "HostPeer")
    assert {f"{kind}.last_seen" for kind in kinds} <= seen
    assert {
        "AnalysisResult.time",
        "SynObservation.time",
        "PortUse.last_seen",
        "Announcement.first_seen",
    } <= seen


def test_a_device_has_its_keys_as_attributes() -> None:
    (*_, one) = hg.read(CAPTURES[1]).devices
    assert one.mac == one["mac"]
    assert isinstance(one.addresses[0].last_seen, datetime)
    assert {name for name, _ in paths(Described) if "." not in name and "[" not in name} <= {*dir(one)}
    with pytest.raises(
        AttributeError, match=r"DeviceRecord has no attribute 'adresses'; did you mean addresses\?"
    ):
        _ = one.adresses
    with pytest.raises(AttributeError, match="mac_ns"):
        _ = one.mac_ns
