"""Live capture: an interface opened through libpcap, and the run that reads from it."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from huginn_cffi._native import ffi, lib
from huginn_cffi.errors import CaptureError, LibpcapError, check, named
from huginn_cffi.interfaces import interface_index, list_interfaces
from huginn_cffi.kernel_filter import kernel_filter
from huginn_cffi.libpcap import load_libpcap
from huginn_cffi.run import Run, Settings
from huginn_cffi.stats import InterfaceStats, Stats

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from huginn_cffi.batch import Batch
    from huginn_cffi.database import Database
    from huginn_cffi.filters import Condition

SNAPLEN = 256
"""Bytes kept of a packet. Only headers are read. The longest that occur together are 192 bytes:
Ethernet with a tag (18), IPv6 (40), UDP and a tunnel (16), Ethernet with a tag (18), IPv6 (40),
TCP with all options (60). The rest is for extension headers, further tags, and the options of
GENEVE. What is longer counts as ``truncated``."""

RING_BYTES = 8 << 20
"""The kernel's buffer: about 20,000 packets of that length, 20 ms of a million a second."""

ROWS = 128
"""Rows of a live batch. One kept result keeps its whole batch, and most hold a packet's events."""

MAX_PACKETS = 1 << 14
"""Packets read in one call of the core: under 20 ms at full load."""

READ_TIMEOUT_MS = 100
"""For systems where immediate mode is not to be had."""

NANOSECONDS = 1
"""``PCAP_TSTAMP_PRECISION_NANO``"""

NO_SUCH_DEVICE, PERMISSION_DENIED, NOT_UP, PROMISCUOUS_DENIED = -5, -8, -9, -11
"""``PCAP_ERROR_…`` values of ``pcap_activate``."""


@dataclass(frozen=True, slots=True)
class Options:
    """How an interface is opened."""

    promiscuous: bool = False
    uptime: bool = True
    decapsulate: bool = True
    conditions: tuple[Condition, ...] = ()
    """Of a filter, all of which must be true."""

    def kernel_filter(self, dlt: int) -> str:
        """The filter for a link of this type (libpcap's number)."""
        return kernel_filter(
            dlt, uptime=self.uptime, decapsulate=self.decapsulate, conditions=self.conditions
        )


class OpenInterface:
    """An interface that packets are captured from, from now on; ends with `close`.

    `source` is an ``hg_source *`` of its packets. Opening raises `CaptureError` with ``errno``
    set when it cannot be captured from, and `LibpcapError` when libpcap is missing.
    """

    def __init__(self, name: str, options: Options) -> None:
        self.name = name
        self._libpcap = load_libpcap()
        self.source: CData = None
        self._handle = self._created()
        try:
            self._configure(options)
            self._activate()
            self._dlt: int = self._libpcap.lib.pcap_datalink(self._handle)
            self._set_filter(options.kernel_filter(self._dlt))
            self.source = self._opened_source()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the capture and the source; a second time is harmless."""
        if self.source is not None:
            ffi.release(self.source)
            self.source = None
        if self._handle is not None:
            self._libpcap.ffi.release(self._handle)
            self._handle = None

    def counters(self) -> InterfaceStats | None:
        """What the kernel counted so far, ``None`` when it does not tell."""
        counted: CData = self._libpcap.ffi.new("struct pcap_stat *")
        if self._handle is None or self._libpcap.lib.pcap_stats(self._handle, counted) != 0:
            return None
        return InterfaceStats(
            received=counted.ps_recv,
            dropped_by_kernel=counted.ps_drop,
            dropped_by_interface=counted.ps_ifdrop,
        )

    def _opened_source(self) -> CData:
        live, out, error = ffi.new("hg_live *"), ffi.new("hg_source **"), ffi.new("hg_error *")
        pcap = self._libpcap.lib
        live.handle = self._for_core("struct pcap *", self._handle)
        live.dispatch = self._for_core(ffi.typeof(live.dispatch), pcap.pcap_dispatch)
        live.geterr = self._for_core(ffi.typeof(live.geterr), pcap.pcap_geterr)
        live.dlt = self._dlt
        live.descriptor = pcap.pcap_get_selectable_fd(self._handle)
        live.interface_index = interface_index(self.name)
        live.snaplen = SNAPLEN
        live.nanoseconds = pcap.pcap_get_tstamp_precision(self._handle) == NANOSECONDS
        check(lib.hg_source_open_live(live, out, error), error, subject=self.name, refused=True)
        return ffi.gc(out[0], lib.hg_source_free)

    def _for_core(self, ctype: CData, value: CData) -> CData:
        """A pointer of libpcap's ffi as one of the core's."""
        address = self._libpcap.ffi.cast("uintptr_t", self._libpcap.ffi.cast("void *", value))
        return ffi.cast(ctype, int(address))

    def _created(self) -> CData:
        pcap, pcap_ffi = self._libpcap.lib, self._libpcap.ffi
        message = pcap_ffi.new("char[]", pcap.PCAP_ERRBUF_SIZE)
        handle = pcap.pcap_create(os.fsencode(self.name), message)
        if handle == pcap_ffi.NULL:
            raise self._refused(errno.ENODEV, self._libpcap.text(message))
        return pcap_ffi.gc(handle, pcap.pcap_close)

    def _configure(self, options: Options) -> None:
        """None of these can fail before activation, except for a precision that is not offered."""
        pcap = self._libpcap.lib
        pcap.pcap_set_snaplen(self._handle, SNAPLEN)
        pcap.pcap_set_promisc(self._handle, options.promiscuous)
        pcap.pcap_set_timeout(self._handle, READ_TIMEOUT_MS)
        pcap.pcap_set_buffer_size(self._handle, RING_BYTES)
        pcap.pcap_set_immediate_mode(self._handle, 1)
        pcap.pcap_set_tstamp_precision(self._handle, NANOSECONDS)

    def _activate(self) -> None:
        pcap, pcap_ffi = self._libpcap.lib, self._libpcap.ffi
        status = pcap.pcap_activate(self._handle)
        if status < 0:
            raise self._activation_error(status)
        message = pcap_ffi.new("char[]", pcap.PCAP_ERRBUF_SIZE)
        if pcap.pcap_setnonblock(self._handle, 1, message) != 0:
            raise self._refused(errno.EIO, self._libpcap.text(message))

    def _activation_error(self, status: int) -> CaptureError:
        denied = status in (PERMISSION_DENIED, PROMISCUOUS_DENIED)
        if status == NO_SUCH_DEVICE or (denied and not _exists(self.name)):
            return self._refused(errno.ENODEV, f"no such device{_those_that_exist(self.name)}")
        if denied:
            return self._refused(errno.EPERM, f"no permission to capture: {_permission_remedy()}")
        if status == NOT_UP:
            return self._refused(
                errno.ENETDOWN, f"the interface is down (bring it up: {_up_command(self.name)})"
            )
        pcap = self._libpcap
        reason = pcap.text(pcap.lib.pcap_geterr(self._handle)) or pcap.text(pcap.lib.pcap_statustostr(status))
        return self._refused(errno.EIO, reason)

    def _refused(self, number: int, reason: str) -> CaptureError:
        return CaptureError(f"{named(self.name)}: {reason}", path=self.name, errno=number, refused=True)

    def _set_filter(self, text: str) -> None:
        pcap, pcap_ffi = self._libpcap.lib, self._libpcap.ffi
        program = pcap_ffi.new("struct bpf_program *")
        if pcap.pcap_compile(self._handle, program, text.encode("ascii"), 1, 0) != 0:
            raise LibpcapError(f"{named(self.name)}: {self._libpcap.text(pcap.pcap_geterr(self._handle))}")
        status = pcap.pcap_setfilter(self._handle, program)
        pcap.pcap_freecode(program)
        if status != 0:
            raise LibpcapError(f"{named(self.name)}: {self._libpcap.text(pcap.pcap_geterr(self._handle))}")


class LiveRun(Run):
    """A run that reads from an interface, which is open from the beginning."""

    __slots__ = ("_counters", "_interface")

    def __init__(
        self, settings: Settings, database: Database | None, name: str, promiscuous: bool, workers: int
    ) -> None:
        super().__init__(settings, database, workers)
        config = settings.filter_config
        conditions = config.conditions() if config is not None and config.mode == "allow" else ()
        self._interface = OpenInterface(
            name, Options(promiscuous, settings.uptime, settings.decapsulate, conditions)
        )
        self._counters = InterfaceStats()

    def live_batches(self, stop: Callable[[], bool]) -> Generator[Batch, None, None]:
        """All events as they happen, until `stop` says so or the interface fails; called once.

        `stop` is asked at least every 0.1 s. The interface belongs to the result and ends with
        it, while this run lives on in the analyzer for its counters.
        """
        interface = self._interface
        del self._interface
        return self._live_batches(interface, stop)

    def _live_batches(
        self, interface: OpenInterface, stop: Callable[[], bool]
    ) -> Generator[Batch, None, None]:
        def counting_stop() -> bool:
            self._count(interface)
            return stop()

        try:
            yield from self.batches(
                interface.source, interface.name, capacity=ROWS, max_packets=MAX_PACKETS, stop=counting_stop
            )
        finally:
            self._count(interface)
            interface.close()

    def _count(self, interface: OpenInterface) -> None:
        """Counters are read by the thread that captures, so that `stats` may be asked by any."""
        self._counters = interface.counters() or self._counters

    def stats(self) -> Stats:
        """The counters after the latest call of the core, those of the kernel included."""
        return replace(super().stats(), interface=self._counters)


def check_interface(name: object) -> str:
    """`name` as that of an interface; refuses what cannot be one."""
    if not isinstance(name, str):
        raise TypeError(f"interface must be a name (str), not {type(name).__name__}")
    if not name or "\0" in name:
        raise ValueError(f"interface must be a name such as 'eth0', not {name!r}")
    return name


def _exists(name: str) -> bool:
    return interface_index(name) != 0 or name in _names()


def _names() -> list[str]:
    try:
        return [item.name for item in list_interfaces()]
    except LibpcapError:
        return []


def _those_that_exist(name: str) -> str:
    """What could have been meant."""
    if os.path.isfile(name):  # noqa: PTH113 - a name that is no path at all must not raise
        return f" (it is a file: huginn pcap {named(name)})"
    names = _names()
    return f" (there are: {', '.join(map(named, names))})" if names else " (there is none)"


def _permission_remedy() -> str:
    if not sys.platform.startswith("linux"):
        return "run it with sudo"
    python = os.path.realpath(sys.executable)
    return (
        "the capability CAP_NET_RAW is missing "
        f"(run it with sudo, or grant it once: sudo setcap cap_net_raw+ep {python})"
    )


def _up_command(name: str) -> str:
    return (
        f"ip link set {named(name)} up" if sys.platform.startswith("linux") else f"ifconfig {named(name)} up"
    )
