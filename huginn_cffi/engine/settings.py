"""What an engine is made with, and what its readers need of the packets then."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.limits import MAX_CONNECTIONS, MAX_HOSTS, MAX_STREAM_BYTES
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.engine.requirements import Requirements

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from huginn_cffi.base.times import Span
    from huginn_cffi.filters.bpf import BpfFilter
    from huginn_cffi.filters.conditions import FilterConfig

HTTP_MESSAGES = ("first", "all")
"""Which requests and responses of a connection may be reported."""


class Settings(NamedTuple):
    """What an engine is made with."""

    max_connections: int = MAX_CONNECTIONS
    max_hosts: int = MAX_HOSTS
    uptime: bool = True
    decapsulate: bool = True
    tunnels: CData | None = None
    """An ``hg_filter *`` of the outer ends of tunnels; ``None``: all are looked into."""
    filter: CData | None = None
    """An ``hg_filter *``, or ``None``: every conversation passes."""
    filter_config: FilterConfig | None = None
    """What `filter` was compiled from: of a live capture the kernel takes a part."""
    bpf: BpfFilter | None = None
    protocols: tuple[str, ...] = PROTOCOLS
    max_stream_bytes: int = MAX_STREAM_BYTES
    http: str = "first"
    """Which requests and responses of a connection are reported, by `HTTP_MESSAGES`."""
    http_paths: bool = False
    """Whether requests keep their paths."""
    http_values: bool = False
    """Whether signatures show the values of headers that are not common, too."""
    segments: bool = False
    """Whether the segments of hosts are compared with the rules for them."""
    host_names: bool = False
    """Whether events of devices show names of hosts, serial numbers and the like."""
    hash_key: int | None = None
    """Of the tracker's tables; ``None``: another one each time, which nobody outside can know."""
    span: Span | None = None
    """Packets captured outside it are not analysed."""
    changes: bool = False
    """Whether changes of hosts are reported, which needs an inventory."""


@ffi.def_extern(name="hg_python_crypto")
def _find_crypto() -> CData:
    """What a worker of the core asks when it meets QUIC."""
    from huginn_cffi.libraries.libcrypto import load_crypto

    return load_crypto().native


def engine_config(settings: Settings, workers: int) -> CData:
    """An ``hg_config *``. It borrows the settings' filter."""
    config = ffi.new("hg_config *")
    config.max_connections = settings.max_connections
    config.max_hosts = settings.max_hosts
    config.uptime = settings.uptime
    config.workers = workers
    config.max_stream_bytes = settings.max_stream_bytes
    config.protocols = sum(1 << PROTOCOLS.index(name) for name in settings.protocols)
    config.decapsulate = settings.decapsulate
    config.http_all = settings.http == "all"
    config.http_paths = settings.http_paths
    config.http_values = settings.http_values
    config.segments = settings.segments
    config.host_names = settings.host_names
    config.find_crypto = lib.hg_python_crypto
    config.tunnels = ffi.NULL if settings.tunnels is None else settings.tunnels
    config.filter = ffi.NULL if settings.filter is None else settings.filter
    key = settings.hash_key
    config.hash_key = int.from_bytes(os.urandom(8), "little") if key is None else key
    return config


def requirements_of(settings: Settings) -> Requirements:
    """What an engine with these settings needs; the core says so."""
    found = ffi.new("hg_requirements *")
    lib.hg_config_requirements(engine_config(settings, 1), found)
    return Requirements(
        timestamps=bool(found.timestamps),
        flow_ends=bool(found.flow_ends),
        stream_bytes=found.stream_bytes,
        udp=bool(found.udp),
        whole_streams=bool(found.whole_streams),
        segments=bool(found.segments),
        udp_ports=tuple(filter(None, found.udp_ports)),
        link_protocols=tuple(filter(None, found.link_protocols)),
    )
