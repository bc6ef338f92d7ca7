"""What an engine is made with, and what its readers need of the packets then."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData
from huginn_cffi.base.limits import MAX_CONNECTIONS, MAX_HOSTS, MAX_STREAM_BYTES
from huginn_cffi.base.names import EVENT_PROTOCOLS, PROTOCOLS
from huginn_cffi.engine.requirements import Requirements

if TYPE_CHECKING:
    from huginn_cffi.base.times import Span
    from huginn_cffi.filters.bpf import BpfFilter
    from huginn_cffi.filters.conditions import FilterConfig


HTTP_MESSAGES = ("first", "all")
"""Which requests and responses of a connection may be reported."""


class DeviceNews(NamedTuple):
    """Which news about devices are wanted."""

    absent_s: int
    """A device not seen for longer is back."""
    random_macs: bool = False
    """Whether locally administered MACs are news, too."""


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
    protocols: tuple[str, ...] = EVENT_PROTOCOLS
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
    """Key of the tracker's tables; ``None``: a new random key each time."""
    span: Span | None = None
    """Packets captured outside it are not analysed."""
    changes: bool = False
    """Whether changes of hosts are reported, which needs an inventory."""
    findings: bool = False
    """Whether changes and findings are, which needs all that an inventory keeps."""
    news: DeviceNews | None = None
    """Which news about devices are reported; ``None``: none."""


@ffi.def_extern(name="hg_python_crypto")
def _find_crypto() -> CData:
    """What a worker of the core asks when it meets QUIC."""
    from huginn_cffi.libraries.libcrypto import load_crypto

    return load_crypto().native


_COPIED = (
    *("max_connections", "max_hosts", "max_stream_bytes", "uptime", "decapsulate", "segments"),
    *("http_paths", "http_values", "host_names"),
)
"""Settings that ``hg_config`` has too."""


def engine_config(settings: Settings, workers: int) -> CData:
    """An ``hg_config *``. It borrows the settings' filter."""
    config = ffi.new("hg_config *")
    for name in _COPIED:
        setattr(config, name, getattr(settings, name))
    config.workers = workers
    config.protocols = sum(1 << PROTOCOLS.index(name) for name in settings.protocols)
    config.http_all = settings.http == "all"
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
    values = {name: getattr(found, name) for name in Requirements._fields}
    lists = ("udp_ports", "link_protocols")
    return Requirements(**{**values, **{name: tuple(filter(None, values[name])) for name in lists}})
