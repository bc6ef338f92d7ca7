"""The settings of an engine, and the requirements that follow from them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData
from huginn_cffi.base.limits import MAX_CONNECTIONS, MAX_HOSTS, MAX_STREAM_BYTES
from huginn_cffi.base.names import EVENT_PROTOCOLS, PROTOCOLS, ProtocolName
from huginn_cffi.run.requirements import Requirements

if TYPE_CHECKING:
    from huginn_cffi.base.times import Span
    from huginn_cffi.filters.bpf import BpfFilter
    from huginn_cffi.filters.conditions import FilterConfig


HttpMessages: TypeAlias = Literal["first", "all"]
HTTP_MESSAGES: tuple[HttpMessages, ...] = get_args(HttpMessages)
"""Which requests and responses of a connection may be reported."""


class DeviceNews(NamedTuple):
    """The requested news about devices."""

    absent_s: int
    """A device not seen for longer than this is reported as back."""
    random_macs: bool = False
    """Whether locally administered MACs are news, too."""


class Settings(NamedTuple):
    """The settings of an engine."""

    max_connections: int = MAX_CONNECTIONS
    max_hosts: int = MAX_HOSTS
    uptime: bool = True
    decapsulate: bool = True
    tunnels: CData | None = None
    """An ``hg_filter *`` for the outer addresses of tunnels; ``None``: look inside all tunnels."""
    filter: CData | None = None
    """An ``hg_filter *``, or ``None``: every conversation passes."""
    filter_config: FilterConfig | None = None
    """The source of `filter`: in a live capture the kernel applies a part of it."""
    bpf: BpfFilter | None = None
    protocols: tuple[ProtocolName, ...] = EVENT_PROTOCOLS
    max_stream_bytes: int = MAX_STREAM_BYTES
    http: HttpMessages = "first"
    """Which requests and responses of a connection are reported, by `HTTP_MESSAGES`."""
    http_paths: bool = False
    """Whether requests keep their paths."""
    http_values: bool = False
    """Whether signatures also show the values of uncommon headers."""
    segments: bool = False
    """Whether the segments of hosts are compared with the rules for them."""
    senders: bool = False
    """Whether batches list the senders of all packets, for inventories of hosts."""
    left_out: bool = False
    """Whether what packets hold that are not analysed is counted."""
    host_names: bool = False
    """Whether events of devices show names of hosts, serial numbers and the like."""
    hash_key: int | None = None
    """Key of the tracker's tables; ``None``: a new random key each time, so that no sender can force
    collisions. Results never depend on it."""
    span: Span | None = None
    """Packets captured outside this span are not analysed."""
    changes: bool = False
    """Whether changes of hosts are reported, which needs an inventory of hosts."""
    findings: bool = False
    """Whether changes and findings are reported, which needs a full inventory."""
    news: DeviceNews | None = None
    """Which news about devices are reported; ``None``: none."""

    def for_hosts(self) -> Settings:
        """With segments, and without chosen protocols all protocols and senders: what views of hosts need."""
        reads_all = self.protocols == EVENT_PROTOCOLS
        protocols = PROTOCOLS if reads_all else self.protocols
        return self._replace(segments=True, senders=self.senders or reads_all, protocols=protocols)


@ffi.def_extern(name="hg_python_crypto")
def _find_crypto() -> CData:
    """Callback of the core's workers: returns the ciphers when a worker meets QUIC."""
    from huginn_cffi.libraries.libcrypto import load_crypto

    return load_crypto().native


_COPIED = (
    *("max_connections", "max_hosts", "max_stream_bytes", "uptime", "decapsulate", "segments"),
    *("http_paths", "http_values", "host_names", "senders", "left_out"),
)
"""Settings that are also fields of ``hg_config``."""


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
    """The requirements of an engine with these settings, as reported by the core."""
    found = ffi.new("hg_requirements *")
    lib.hg_config_requirements(engine_config(settings, 1), found)
    values = {name: getattr(found, name) for name in Requirements._fields}
    lists = ("udp_ports", "link_protocols")
    return Requirements(**{**values, **{name: tuple(filter(None, values[name])) for name in lists}})
