"""Opens an interface through libpcap, with one handle or several that share its packets, or says why not."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace

from huginn_cffi._native import ffi, lib
from huginn_cffi.base import arguments
from huginn_cffi.base.errors import CaptureError, LibpcapError, named
from huginn_cffi.base.handles import CData, made
from huginn_cffi.base.installation import as_root
from huginn_cffi.base.limits import BUFFER_BYTES, READ_TIMEOUT_MS, SNAPLEN
from huginn_cffi.base.names import ANY
from huginn_cffi.filters.conditions import conditions_of
from huginn_cffi.filters.kernel import kernel_filter
from huginn_cffi.libraries.libpcap import load_libpcap
from huginn_cffi.run.settings import Settings, requirements_of
from huginn_cffi.sources import packet_socket
from huginn_cffi.sources.interfaces import Rising, device_drops, interface_index, list_interfaces

NO_SUCH_DEVICE, PERMISSION_DENIED, NOT_UP, PROMISCUOUS_DENIED = -5, -8, -9, -11
"""``PCAP_ERROR_…`` values of ``pcap_activate``."""

PASSING = (errno.ENODEV, errno.ENETDOWN)
"""Error numbers of a `CaptureError` that may be temporary: the interface is unknown or down."""


def refusal(name: str, number: int, reason: str) -> CaptureError:
    """The error for an interface that could not be opened; `number` is its ``errno``."""
    return CaptureError(f"{named(name)}: {reason}", path=name, errno=number, refused=True)


def activation_refusal(name: str, status: int, reason: str) -> CaptureError:
    """The error for a status of ``pcap_activate``; `reason` is libpcap's own message."""
    denied = status in (PERMISSION_DENIED, PROMISCUOUS_DENIED)
    if status == NO_SUCH_DEVICE or (denied and not interface_index(name) and name not in _names()):
        if os.path.isfile(name):  # noqa: PTH113 - must not raise for a name that is not a path
            meant = f"it is a file: huginn pcap {named(name)}"
        else:
            names = ", ".join(map(named, _names()))
            meant = f"there are: {names}" if names else "there is none"
        return refusal(name, errno.ENODEV, f"no such device ({meant})")
    if denied:
        return refusal(name, errno.EPERM, f"no permission to capture: {_permission_remedy(named(name))}")
    if status == NOT_UP:
        shown = named(name)
        is_linux = sys.platform.startswith("linux")
        command = f"ip link set {shown} up" if is_linux else f"ifconfig {shown} up"
        return refusal(name, errno.ENETDOWN, f"the interface is down (bring it up: {command})")
    return refusal(name, errno.EIO, reason)


def _names() -> list[str]:
    try:
        return [item.name for item in list_interfaces()]
    except LibpcapError:
        return []


def _permission_remedy(shown: str) -> str:
    by_sudo = f"run it with sudo, for example: {as_root(f'huginn capture {shown}')}"
    if not sys.platform.startswith("linux"):
        return by_sudo
    python = os.path.realpath(sys.executable)
    return (
        "the capability CAP_NET_RAW is missing "
        f"({by_sudo}; or as the service of examples/systemd, which has it alone; "
        f"sudo setcap cap_net_raw+ep {python} would let every program run by this Python capture)"
    )


MOST_BUFFER_BYTES = (1 << 31) - 1

RETIRED_S = 2 * READ_TIMEOUT_MS / 1000
"""After this time the kernel has delivered all packets it had collected."""

WAIT_MS, SHARED_WAIT_MS = 100, 10
"""Longest wait for packets in one call; shorter if other handles may have to wait for this one."""

NANOSECONDS = 1
"""``PCAP_TSTAMP_PRECISION_NANO``"""

LOOPBACK = "lo"

NAMES_INTERFACES = 276
"""``DLT_LINUX_SLL2``: packets of "any" with the index of their interface; since libpcap 1.10."""


@dataclass(frozen=True, slots=True)
class CaptureOptions:
    """Options for opening an interface: those of `Analyzer.sensor`."""

    promiscuous: bool = False
    snaplen: int = SNAPLEN
    buffer_bytes: int = BUFFER_BYTES
    shared: bool = True
    collect_ms: int = READ_TIMEOUT_MS

    def __post_init__(self) -> None:
        arguments.whole("snaplen", self.snaplen, 64, lib.HG_MAX_SNAPLEN)
        arguments.whole("buffer_bytes", self.buffer_bytes, 1 << 16, MOST_BUFFER_BYTES)
        arguments.whole("collect_ms", self.collect_ms, 1, READ_TIMEOUT_MS)


def _needed_by(settings: Settings, dlt: int) -> str:
    """The kernel's filter for a link of type `dlt` (libpcap's number); it drops only useless packets."""
    config = settings.filter_config
    return kernel_filter(
        dlt,
        requirements_of(settings),
        decapsulate=settings.decapsulate,
        conditions=conditions_of(config) if config is not None and config.mode == "allow" else (),
    )


class OpenInterface:
    """An interface that packets can be captured from; ends with `close`.

    It admits no packets before `start`. `source` is an ``hg_source *`` of its packets. Opening raises
    `CaptureError` with ``errno`` set when the interface cannot be opened, and `LibpcapError` when libpcap is
    missing.
    """

    def __init__(self, name: str, options: CaptureOptions, wait_ms: int = WAIT_MS) -> None:
        self.name = name
        self._libpcap = load_libpcap()
        self.source: CData = None
        self._immediate = not packet_socket.LINUX
        self.collected_s: float = 0.0 if self._immediate else RETIRED_S
        """Seconds after which every packet received before can be read."""
        self._handle = self._created()
        try:
            self._configure(options)
            self._activate()
            self.descriptor: int = self._libpcap.lib.pcap_get_selectable_fd(self._handle)
            self.shut()
            self.counts_exactly: bool = packet_socket.LINUX and name != ANY
            """Whether the kernel's count of received packets equals the packets that can be read."""
            if name == LOOPBACK:
                self.counts_exactly = packet_socket.ignore_outgoing(self.descriptor)
            self._dlt: int = self._libpcap.lib.pcap_datalink(self._handle)
            self._live = self._described(options, wait_ms)
            checks = {"subject": name, "refused": True}
            self.source = made("hg_source", lib.hg_source_open_live, self._live, **checks)
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

    def shut(self) -> bool:
        """Admit no more packets; False if that is not possible."""
        return packet_socket.shut(self._libpcap, self.descriptor)

    def start(self, settings: Settings) -> None:
        """Begin: packets received before, without a filter, are discarded and not counted.

        If packets could not be kept out, setting the filter empties the buffer.
        """
        if self.shut():
            time.sleep(self.collected_s)
            lib.hg_live_discard(self._live)
        native = self._read_counters()
        counters = native.ps_recv, native.ps_drop, native.ps_ifdrop
        self._received, self._dropped, self._dropped_by_interface = map(Rising, counters)
        self._drops_before = device_drops(self.name)
        self._set_filter(_needed_by(settings, self._dlt))

    def counters(self) -> dict[str, int]:
        """The kernel's counters since `start`."""
        native = self._read_counters()
        drops = device_drops(self.name)
        by_interface = self._dropped_by_interface.read(native.ps_ifdrop)
        if drops is not None and self._drops_before is not None:
            by_interface = max(0, drops - self._drops_before)
        return {
            "received": self._received.read(native.ps_recv),
            "dropped_by_kernel": self._dropped.read(native.ps_drop),
            "dropped_by_interface": by_interface,
        }

    def _read_counters(self) -> CData:
        """Read libpcap's counters; zero if the kernel does not count."""
        counted: CData = self._libpcap.ffi.new("struct pcap_stat *")
        self._libpcap.lib.pcap_stats(self._handle, counted)
        return counted

    def _described(self, options: CaptureOptions, wait_ms: int) -> CData:
        live, pcap = ffi.new("hg_live *"), self._libpcap.lib
        for_core = self._libpcap.for_core
        live.handle = for_core("struct pcap *", self._handle)
        live.dispatch = for_core(ffi.typeof(live.dispatch), pcap.pcap_dispatch)
        live.geterr = for_core(ffi.typeof(live.geterr), pcap.pcap_geterr)
        live.dlt = self._dlt
        live.descriptor = self.descriptor
        live.interface_index = interface_index(self.name)
        live.snaplen = options.snaplen
        live.wait_ms = wait_ms
        live.nanoseconds = pcap.pcap_get_tstamp_precision(self._handle) == NANOSECONDS
        return live

    def _created(self) -> CData:
        pcap, pcap_ffi = self._libpcap.lib, self._libpcap.ffi
        message = pcap_ffi.new("char[]", pcap.PCAP_ERRBUF_SIZE)
        handle = pcap.pcap_create(os.fsencode(self.name), message)
        if handle == pcap_ffi.NULL:
            raise refusal(self.name, errno.ENODEV, self._libpcap.text(message))
        return pcap_ffi.gc(handle, pcap.pcap_close)

    def _configure(self, options: CaptureOptions) -> None:
        """Before activation these calls cannot fail, except for a timestamp precision that is not offered."""
        pcap = self._libpcap.lib
        pcap.pcap_set_snaplen(self._handle, options.snaplen)
        pcap.pcap_set_promisc(self._handle, options.promiscuous)
        pcap.pcap_set_timeout(self._handle, options.collect_ms)
        pcap.pcap_set_buffer_size(self._handle, options.buffer_bytes)
        pcap.pcap_set_immediate_mode(self._handle, self._immediate)
        pcap.pcap_set_tstamp_precision(self._handle, NANOSECONDS)

    def _activate(self) -> None:
        pcap, pcap_ffi = self._libpcap.lib, self._libpcap.ffi
        status = pcap.pcap_activate(self._handle)
        if status < 0:
            words = self._libpcap.text
            reason = words(pcap.pcap_geterr(self._handle)) or words(pcap.pcap_statustostr(status))
            raise activation_refusal(self.name, status, reason)
        if self.name == ANY:
            pcap.pcap_set_datalink(self._handle, NAMES_INTERFACES)
        message = pcap_ffi.new("char[]", pcap.PCAP_ERRBUF_SIZE)
        if pcap.pcap_setnonblock(self._handle, 1, message) != 0:
            raise refusal(self.name, errno.EIO, self._libpcap.text(message))

    def _set_filter(self, text: str) -> None:
        pcap, pcap_ffi = self._libpcap.lib, self._libpcap.ffi
        program = pcap_ffi.new("struct bpf_program *")
        if pcap.pcap_compile(self._handle, program, text.encode("ascii"), 1, 0) != 0:
            raise LibpcapError(f"{named(self.name)}: {self._libpcap.text(pcap.pcap_geterr(self._handle))}")
        status = pcap.pcap_setfilter(self._handle, program)
        pcap.pcap_freecode(program)
        if status != 0:
            raise LibpcapError(f"{named(self.name)}: {self._libpcap.text(pcap.pcap_geterr(self._handle))}")


def open_interfaces(
    name: str, options: CaptureOptions, settings: Settings, workers: int
) -> tuple[OpenInterface, ...]:
    """Start capturing. Return one handle per worker if the kernel can distribute packets, otherwise one.

    Raises the same errors as `OpenInterface`.
    """
    count = workers if options.shared and packet_socket.LINUX else 1
    needed = requirements_of(settings).least_snaplen
    if needed:
        options = replace(options, snaplen=max(options.snaplen, needed))
    with ExitStack() as stack:
        opened = []
        for _ in range(count):
            opened.append(OpenInterface(name, options, WAIT_MS if count == 1 else SHARED_WAIT_MS))
            stack.callback(opened[-1].close)
        descriptors = [item.descriptor for item in opened]
        if count > 1 and not packet_socket.join(descriptors, only_incoming=name == LOOPBACK):
            stack.close()
            return open_interfaces(name, options, settings, 1)
        for item in opened:
            item.start(settings)
        stack.pop_all()
    return tuple(opened)


def check_interface(name: object) -> str:
    """Return `name` if it can be the name of an interface."""
    if not isinstance(name, str):
        raise TypeError(f"interface must be a name (str), not {type(name).__name__}")
    if not name or "\0" in name:
        raise ValueError(f"interface must be a name such as 'eth0', not {name!r}")
    return name
