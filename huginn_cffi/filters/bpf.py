"""libpcap's filter language for captures, interfaces and packets.

An expression is compiled for packets that begin with their IP header, and runs on each frame starting at that
header: ``port 80`` also finds frames with VLAN tags, and one program serves every link type. An expression
about the link itself (``ether host``, ``vlan 5``) cannot be compiled that way. It gets a program per link
type, which sees whole frames, as in tcpdump.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address

from huginn_cffi._native import ffi, lib
from huginn_cffi.base import arguments
from huginn_cffi.base.errors import CaptureError, FilterError
from huginn_cffi.base.handles import CData, opened
from huginn_cffi.filters.kernel import TUNNEL_PORTS, TUNNELS
from huginn_cffi.libraries.libpcap import Libpcap, load_libpcap

RAW = 12
"""``DLT_RAW``: packets that begin with their IP header. Its LINKTYPE_ number is 101."""

DLT_OF_LINKTYPE = {13: 109, 14: RAW, 100: 11, 101: RAW, 102: 15, 106: 19}
"""libpcap's DLT_ numbers that differ from the LINKTYPE_ number."""

SNAPLEN = 1 << 18
LONGEST = 4096
"""Most characters of an expression. libpcap's time to compile one grows with the cube of its length: 4 s at
this length, minutes for 1,000 ports."""

NO_NETMASK = 0xFFFFFFFF
REJECTS_ALL = "rejects all packets"

NOT_FILTERED = "filtering not implemented"

VARIABLE_HEADERS = frozenset(
    {
        7,
        105,
        119,
        *range(127, 138),
        163,
        164,
        167,
        168,
        *range(178, 182),
        183,
        192,
        194,
        200,
        232,
        233,
        234,
        238,
    }
)
"""Link types whose header has no fixed length, such as 802.11. For these libpcap cannot detect that all
packets are rejected."""

CARRIERS = tuple(f"ip proto {number}" for number in TUNNELS) + tuple(
    f"udp src port 49152 and udp dst port {port}" for port in TUNNEL_PORTS
)
"""Expressions for packets that hold other packets; `LIKE_CARRIERS`: similar packets that hold none."""
LIKE_CARRIERS = ("ip proto 253", "udp src port 49152 and udp dst port 49153")

LINK_BYTES = re.compile(r"\b(ether|link|fddi|tr|ppp|slip|wlan|radio)\s*\[")
"""Access to bytes of the link header: without one, libpcap would read bytes of the IP header instead."""


WORD = re.compile(r"[()]|\\[^ !()\n\t]+|[a-z0-9][-\w.:]*", re.ASCII | re.IGNORECASE)
ADDRESS = re.compile(r"\d+(\.\d+){0,3}|[0-9a-f]{1,2}([-.:][0-9a-f]{1,2}){5}", re.ASCII | re.IGNORECASE)
CONJUNCTIONS = frozenset({"and", "or", "not"})
NAMED = frozenset(
    {
        *("port", "portrange", "proto", "protochain", "type", "subtype", "dir", "direction", "llc"),
        *("on", "ifname", "ruleset", "rset", "reason", "action"),
    }
)
"""Words whose names libpcap finds in files or in its own tables. It looks up any other name in DNS."""

KERNEL_OFFSETS = 0xFFFFF000
"""Loads at this offset or above ask Linux for metadata (a packet's direction or interface). Only the kernel
has it: run in this process, such a program would reject every packet."""

LOAD_ABSOLUTE, CLASS_AND_MODE = 0x20, 0xE7
"""``BPF_LD | BPF_ABS``, and the mask of these bits in an instruction's code."""


class BpfFilter:
    """A compiled expression; immutable, so any number of runs may use one.

    Raises `FilterError` with libpcap's reason if libpcap refuses the expression, or if it holds the name of a
    host or network, and `LibpcapError` without libpcap. `expression` is the text; `passes_tcp` is False if no
    TCP packet can pass.
    """

    def __init__(self, expression: str) -> None:
        if not isinstance(expression, str):
            raise TypeError(f"bpf must be an expression (str), not {type(expression).__name__}")
        if len(expression) > LONGEST:
            lists = "port, address and subnet filters take lists of any length"
            raise FilterError(f"a BPF expression of more than {LONGEST} characters is not compiled: {lists}")
        self.expression = expression
        if "\0" in expression:
            raise self._error("it holds a NUL character")
        pcap = load_libpcap()
        if name := _host_name(pcap, expression):
            raise self._error(
                f"{name!r} is no keyword; libpcap would look it up in DNS as a host name: use addresses"
            )
        self._refusals: dict[int, str] = {}
        self._native: CData = ffi.new("hg_bpf *")
        self._native.function = pcap.for_core("hg_bpf_function", pcap.lib.pcap_offline_filter)
        self._borrowed: list[CData] = []
        self.passes_tcp: bool = self._compile_for_ip(pcap) or self._compile_for_links(pcap)

    def __reduce__(self) -> tuple[type[BpfFilter], tuple[str]]:
        return BpfFilter, (self.expression,)  # compiled again: programs are libpcap's memory

    @contextmanager
    def applied(self, source: CData) -> Iterator[CData]:
        """An ``hg_source *`` with the frames of `source`, which marks frames that do not pass.

        `FilterError` if a packet has a link type for which the expression does not compile.
        """
        with opened(lib.hg_source_open_bpf, source, self._native) as marked:
            try:
                yield marked
            except CaptureError as failure:
                linktype = lib.hg_source_bpf_unfit(marked)
                if linktype < 0:
                    raise
                name = arguments.linktypes()[linktype]
                reason = self._refusals.get(linktype, "no program")
                where = f"link type {linktype} ({name}) of packet {failure.record}"
                raise self._error(f"it does not fit {where}: {reason}") from None

    def _compile_for_ip(self, pcap: Libpcap) -> bool:
        """Try one program for all link types. Returns whether TCP passes; False without a program."""
        if LINK_BYTES.search(self.expression):
            return False
        program = _compiled(pcap, self.expression, RAW)
        if isinstance(program, str):
            return False
        self._borrowed.append(program)
        self._native.ip_program = pcap.for_core("void *", program)
        return self._tcp_passes(pcap, RAW)

    def _compile_for_links(self, pcap: Libpcap) -> bool:
        """Compile a program per link type, unless one serves all. Returns whether TCP passes any of them."""
        if self._native.ip_program:
            return False
        programs: dict[int, CData] = {}
        for linktype in arguments.linktypes():
            program = _compiled(pcap, self.expression, DLT_OF_LINKTYPE.get(linktype, linktype))
            if isinstance(program, str):
                self._refusals[linktype] = program
            else:
                programs[linktype] = program
        fixed = [item for item in arguments.linktypes() if item not in VARIABLE_HEADERS]
        reasons = [self._refusals.get(item, "") for item in fixed]
        if not programs or all(REJECTS_ALL in reason for reason in reasons if NOT_FILTERED not in reason):
            raise self._error(self._refusals[1])
        pointers = ffi.new("void *[]", [pcap.for_core("void *", program) for program in programs.values()])
        linktypes = ffi.new("uint32_t[]", list(programs))
        self._borrowed += [*programs.values(), pointers, linktypes]
        self._native.link_programs = ffi.cast("const void *const *", pointers)
        self._native.linktypes, self._native.count = linktypes, len(programs)
        fixed = [DLT_OF_LINKTYPE.get(item, item) for item in programs if item not in VARIABLE_HEADERS]
        return not fixed or any(self._tcp_passes(pcap, dlt) for dlt in fixed)

    def _tcp_passes(self, pcap: Libpcap, dlt: int) -> bool:
        """Whether TCP may pass: libpcap cannot prove the opposite, or the expression selects a tunnel.

        It selects a tunnel if tunnel packets pass but similar packets do not; so ``udp`` alone selects none.
        """
        if not self.expression.strip() or self._leaves(pcap, "tcp", dlt):
            return True
        if any(self._leaves(pcap, kind, dlt) for kind in LIKE_CARRIERS):
            return False
        return any(self._leaves(pcap, kind, dlt) for kind in CARRIERS)

    def _leaves(self, pcap: Libpcap, kind: str, dlt: int) -> bool:
        """Whether packets of a kind may pass.

        The kind comes last, because terms after ``vlan`` refer to the packet inside the tag.
        """
        found = _compiled(pcap, f"({self.expression}) and {kind}", dlt)
        return not (isinstance(found, str) and REJECTS_ALL in found)

    def _error(self, reason: str) -> FilterError:
        return FilterError(f"BPF expression {self.expression!r}: {reason}")


def bpf_filter(value: str | BpfFilter) -> BpfFilter:
    """The filter for an argument named ``bpf``. Warns if no TCP packet can pass."""
    if isinstance(value, BpfFilter):
        return value
    found = BpfFilter(value)
    if not found.passes_tcp:
        warnings.warn(no_tcp_passes(found), stacklevel=4)
    return found


def no_tcp_passes(found: BpfFilter) -> str:
    """The warning for an expression that leaves no handshake to analyse."""
    missing = "results then lack TCP handshakes and all that TCP carries"
    return f"no TCP packet passes the BPF expression {found.expression!r}; {missing}"


def _host_name(pcap: Libpcap, expression: str) -> str | None:
    """The first word that libpcap would look up as the name of a host or network."""
    named, before = False, ""
    for word in WORD.findall(expression):
        if word in "()":
            named = word == "(" and before in NAMED
        elif word in NAMED:
            named = True
        elif word not in CONJUNCTIONS and not _is_number(pcap, word):
            # Here libpcap takes any name, which it looks for in files only, but no keyword.
            if "syntax error" in str(_compiled(pcap, f"proto {word}", RAW)):
                named = False
            elif not named:
                return str(word)
        before = word
    return None


def _is_number(pcap: Libpcap, word: str) -> bool:
    """Whether a word is an address, a range of bytes such as ``13:2``, or a number, as ``tcpflags`` is."""
    if ADDRESS.fullmatch(word):
        return True
    with suppress(ValueError):
        return bool(ip_address(word))
    if ":" in word:
        return all(_is_number(pcap, part) for part in word.split(":"))
    return not isinstance(_compiled(pcap, f"less {word}", RAW), str)


def _compiled(pcap: Libpcap, expression: str, dlt: int) -> CData | str:
    """The program, or libpcap's reason for refusing the expression."""
    handle = pcap.ffi.gc(pcap.lib.pcap_open_dead(dlt, SNAPLEN), pcap.lib.pcap_close)
    program: CData = pcap.ffi.new("struct bpf_program *")
    text = expression.encode("utf-8", "surrogateescape")
    if pcap.lib.pcap_compile(handle, program, text, 1, NO_NETMASK) != 0:
        return pcap.text(pcap.lib.pcap_geterr(handle))
    found: CData = pcap.ffi.gc(program, pcap.lib.pcap_freecode)
    for number in range(program.bf_len):
        one = program.bf_insns[number]
        if one.code & CLASS_AND_MODE == LOAD_ABSOLUTE and one.k >= KERNEL_OFFSETS:
            return "it asks for metadata that only the kernel has"
    return found
