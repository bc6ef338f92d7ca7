"""Turns the text of a raw signature into the observation that it describes."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import SignatureError
from huginn_cffi.base.handles import CData
from huginn_cffi.engine.batch import Batch
from huginn_cffi.engine.run import PacketReader
from sigcompiler.collector import Collector
from sigcompiler.diagnostics import Problem
from sigcompiler.model import LabelLine, Place, Section, TcpSignature, Window
from sigcompiler.reading.signatures import build_tcp
from sigcompiler.reading.sources import MAX_LINE
from sigcompiler.reading.syntax import LineError, parse_line
from sigcompiler.unmatchable import MAX_IP_OPTIONS, MAX_TCP_OPTIONS, option_bytes
from sigcompiler.vocabulary import (
    IPV4_ONLY_QUIRKS,
    IPV6_ONLY_QUIRKS,
    QUIRK_WORDS,
    OptionKind,
    PayloadClass,
    Quirk,
    WindowKind,
)
from sigcompiler.vocabulary import Direction as DirectionNumber

if TYPE_CHECKING:
    from lark import Token

    from huginn_cffi.signatures.signatures import Direction


MAX_WINDOW = 65535
LEAST_MSS = 100
"""For a smaller MSS the core does not look for multiples."""

_TIMESTAMPS_BYTES = 12
_ETHERNET_MTU = 1500
_IP_AND_TCP = {4: 40, 6: 60}


class PlainSyn(NamedTuple):
    """The fields of a packet that determine the multiple of its window."""

    version: int
    mss: int
    clock: bool
    """Whether the packet has a timestamp other than 0."""
    olen: int
    options: tuple[int, ...]
    eol_pad: int

    @property
    def option_bytes(self) -> int:
        """Least number of bytes of TCP options: options of variable length count with their minimum."""
        size = self.eol_pad + sum(map(option_bytes, self.options))
        return min(-(-size // 4) * 4, MAX_TCP_OPTIONS)

    @property
    def header_bytes(self) -> int:
        """Bytes of IP and TCP header with all options."""
        return _IP_AND_TCP[self.version] + self._ip_option_bytes + self.option_bytes

    @property
    def _ip_option_bytes(self) -> int:
        return min(self.olen - self.olen % 4, MAX_IP_OPTIONS) if self.version == 4 else 0

    def packet(self, window: int) -> bytes:
        """A SYN with these values, starting at the IP header; other options become nops."""
        options = struct.pack("!BBH", OptionKind.MSS, 4, self.mss) if self.mss else b""
        options += struct.pack("!BBII", OptionKind.TS, 10, 1, 0) if self.clock else b""
        size = max(self.option_bytes, -(-len(options) // 4) * 4)
        options = options.ljust(size, bytes([OptionKind.NOP]))
        tcp = struct.pack("!HHIIBBHHH", 1, 2, 1, 0, (20 + size) // 4 << 4, 0x02, window, 0, 0) + options
        if self.version == 6:
            return struct.pack("!IHBB", 6 << 28, len(tcp), 6, 64) + bytes(32) + tcp
        more = bytes([OptionKind.NOP]) * self._ip_option_bytes
        words, total = (20 + len(more)) // 4, 20 + len(more) + len(tcp)
        return struct.pack("!BBHHHBBHII", 0x40 | words, 0, total, 0, 0, 64, 6, 0, 0, 0) + more + tcp


def multiple_of(syn: PlainSyn, window: int) -> tuple[int, int]:
    """The base of which a window is a multiple (a `WindowKind`; literal without one), and the factor.

    The core decides by reading a packet, because only the core has these rules.
    """
    seen = Batch(lib.HG_MIN_BATCH, None)
    dropped = PacketReader(None).read(ffi.from_buffer("uint8_t[]", syn.packet(window)), seen)
    if dropped or not seen.count:
        raise AssertionError("a SYN that the core does not read")
    return seen._cells.window_kind[0], seen._cells.window_multiple[0]


def window_of(syn: PlainSyn, wanted: Window) -> int | None:
    """The likeliest window for which a packet shows this multiple, or ``None``."""
    for divisor in _divisors(syn, wanted.kind):
        window = divisor * wanted.value
        if 0 < window <= MAX_WINDOW and multiple_of(syn, window) == (wanted.kind, wanted.value):
            return window
    return None


def _divisors(syn: PlainSyn, kind: WindowKind) -> Iterator[int]:
    """The usual bases of window multiples, the packet's own values first."""
    sizes = (_IP_AND_TCP[syn.version], _IP_AND_TCP[4])
    if kind == WindowKind.MTU:
        yield from (syn.mss + size for size in (*sizes, syn.header_bytes))
        yield _ETHERNET_MTU
        return
    yield from (syn.mss, syn.mss - _TIMESTAMPS_BYTES)
    for size in reversed(sizes):
        yield from (_ETHERNET_MTU - size, _ETHERNET_MTU - size - _TIMESTAMPS_BYTES)


NAME = "<signature>"
"""The file name in diagnostics."""

PROBE_MSS = 1331
"""For this MSS in a SYN+ACK, p0f and this package print ``*``."""

COMMON_MSS = {4: 1460, 6: 1440}
COMMON_WSCALE = 7
UNNAMED_WINDOW = 1
"""The window assumed for ``*``. No system uses it, so only signatures with any window fit."""

_KEY = "sig="
_BEFORE = re.compile(r"(?:sig\s*=|raw_sig\s*=|Sig:|JA4:)?\s*")
"""The prefix that a signature copied from a file, a log or a result may have."""


def read_raw_signature(text: str, direction: Direction) -> tuple[CData, tuple[str, ...]]:
    """The observation that ``4:57+7:0:1460:mss*20,7:mss,sok,ts,nop,ws:df,id+:0`` describes.

    Returns an ``hg_observation *`` and notes in words: assumed values and warnings.

    `direction` is "request" for a SYN's signature and "response" for a SYN+ACK's. Signatures from
    files are accepted too; common values are assumed for their wildcards.

    Raises `SignatureError` with position and hint if the text does not fit the format, or if no
    packet could show it.
    """
    signature, tokens, notes = _parsed(text, direction)
    reader = _Reader(signature, tokens, notes)
    try:
        native = reader.observation()
    except LineError as error:
        refuse(text, [error.problem])
    return native, tuple(reader.notes)


def parse_signature(text: str, direction: Direction) -> TcpSignature:
    """The signature with its wildcards; raises `SignatureError` as `read_raw_signature` does."""
    return _parsed(text, direction)[0]


def _parsed(text: str, direction: Direction) -> tuple[TcpSignature, list[Token], list[str]]:
    """The signature, its tokens, and the warnings about it."""
    body, tokens = read_line(text, "tcp")
    section = Section.TCP_RESPONSE if direction == "response" else Section.TCP_REQUEST
    place = Place(NAME, 1, 1)
    signature, problems = build_tcp(tokens, place, LabelLine(place, section, ""), body, "")
    if signature is None:
        refuse(text, problems)
    # W010 (unknown distance) is left out: for a packet it is no problem.
    return signature, tokens, [item.message for item in problems if item.code != "W010"]


def read_line(text: str, start: str) -> tuple[str, list[Token]]:
    """A signature without copied prefix and spaces, and its tokens by the rule `start`."""
    body = text[_start(text) :].rstrip()
    if len(body) > MAX_LINE:
        problem = Problem(0, "E003", f"{len(body)} characters; at most {MAX_LINE} are read")
        refuse(text, [problem])
    try:
        _, tokens = parse_line(_KEY + body, start)
    except LineError as error:
        refuse(text, [error.problem])
    return body, tokens


def _start(text: str) -> int:
    stripped = len(text) - len(text.lstrip())
    found = _BEFORE.match(text, stripped)
    return found.end() if found else stripped


def refuse(text: str, problems: list[Problem]) -> NoReturn:
    """Raise `SignatureError` with positions in `text`."""
    collector = Collector()
    collector.begin_file(NAME, [text])
    shift = _start(text) + 1
    for problem in problems:
        column = shift + max(problem.offset - len(_KEY), 0)
        collector.add(problem.code, Place(NAME, 1, column), problem.message, problem.hint)
    found = collector.finish()
    errors = [str(item) for item in found if item.severity == "error"]
    raise SignatureError("\n".join(errors), found)


class _Reader:
    """Builds the packet that a signature describes, field by field."""

    def __init__(self, signature: TcpSignature, tokens: list[Token], notes: list[str]) -> None:
        self._signature = signature
        _, _, ttl, _, _, window, *_ = tokens
        self._ttl_text = ttl.value[1:]
        self._window_at = (window.start_pos or 0) + 1
        self.notes = notes

    def observation(self) -> CData:
        signature = self._signature
        native = ffi.new("hg_observation *")
        native.response = signature.direction == DirectionNumber.RESPONSE
        native.version = version = self._version()
        native.ttl = self._ttl()
        native.olen = signature.olen
        native.quirks = quirks = self._quirks(version)
        native.wscale = self._wscale()
        native.payload = self._payload()
        native.option_count = len(signature.options)
        native.eol_pad = signature.eol_pad
        native.options = bytes(signature.options)
        clock = OptionKind.TS in signature.options and not quirks & Quirk.TS1_MINUS
        native.ts1 = clock
        self._set_window(native, clock=clock)
        return native

    def _version(self) -> int:
        signature = self._signature
        if signature.version is not None:
            return signature.version
        by_quirks = signature.quirks & IPV6_ONLY_QUIRKS and not signature.quirks & IPV4_ONLY_QUIRKS
        version = 6 if by_quirks else 4
        self.notes.append(f"IPv{version}, where the text has *")
        return version

    def _quirks(self, version: int) -> int:
        quirks = self._signature.quirks
        if self._signature.version is not None:
            return quirks
        foreign = quirks & (IPV6_ONLY_QUIRKS if version == 4 else IPV4_ONLY_QUIRKS)
        if foreign:
            words = ", ".join(word for quirk, word in QUIRK_WORDS.items() if foreign & quirk)
            self.notes.append(f"IPv{version} has no {words}, which is left out")
        return quirks & ~foreign

    def _ttl(self) -> int:
        ttl, plus, _ = self._ttl_text.partition("+")
        if plus:
            return int(ttl)
        self.notes.append(f"TTL {self._signature.ittl} as received, no hops away")
        return self._signature.ittl

    def _payload(self) -> int:
        if self._signature.payload == PayloadClass.ANY:
            self.notes.append("no payload, where the text has *")
        return self._signature.payload == PayloadClass.SOME

    def _wscale(self) -> int:
        if self._signature.wscale is not None:
            return self._signature.wscale
        scale = COMMON_WSCALE if OptionKind.WS in self._signature.options else 0
        self.notes.append(f"window scale {scale}, where the text has *")
        return scale

    def _set_window(self, native: CData, *, clock: bool) -> None:
        """Set MSS and window, which depend on each other."""
        signature, wanted = self._signature, self._signature.window
        mss = self._mss(native.version) if signature.mss is None else signature.mss
        syn = PlainSyn(native.version, mss, clock, signature.olen, signature.options, signature.eol_pad)
        if wanted.kind in (WindowKind.MSS, WindowKind.MTU):
            window = window_of(syn, wanted)
            if window is None and signature.mss is None:
                syn = syn._replace(mss=MAX_WINDOW // wanted.value - 40 * (wanted.kind == WindowKind.MTU))
                window = window_of(syn, wanted) if syn.mss > 0 else None
            window = self._window_by_peer(syn) if window is None else window
            self.notes.append(f"window {window}, of which the text gives the multiple only")
            native.window_kind, native.window_multiple = wanted.kind, wanted.value
        else:
            window = self._plain_window()
            native.window_kind, native.window_multiple = multiple_of(syn, window)
        if signature.mss is None:
            self.notes.append(f"MSS {syn.mss}, where the text has *")
        native.mss, native.window, native.header_bytes = syn.mss, window, syn.header_bytes

    def _mss(self, version: int) -> int:
        if OptionKind.MSS not in self._signature.options:
            return 0
        printed = "+" in self._ttl_text and self._signature.direction == DirectionNumber.RESPONSE
        return PROBE_MSS if printed else COMMON_MSS[version]

    def _plain_window(self) -> int:
        wanted = self._signature.window
        if wanted.kind == WindowKind.LITERAL:
            return wanted.value
        window = wanted.value if wanted.kind == WindowKind.MODULO else UNNAMED_WINDOW
        self.notes.append(f"window {window}, which the text leaves open")
        return window

    def _window_by_peer(self, syn: PlainSyn) -> int:
        """The largest multiple: a SYN+ACK's window may be based on the client's MSS, which is unknown."""
        wanted = self._signature.window
        by_mss = self._signature.direction == DirectionNumber.RESPONSE and wanted.kind == WindowKind.MSS
        if by_mss and syn.mss >= LEAST_MSS:
            return MAX_WINDOW // wanted.value * wanted.value
        kind = wanted.kind.name.lower()
        message = f"no packet with MSS {syn.mss} shows {kind}*{wanted.value}"
        hint = "write the window as a number, or check the MSS: a window is at most 65535"
        raise LineError(Problem(self._window_at, "E035", message, hint))
