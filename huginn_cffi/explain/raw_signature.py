"""Turns the text of a raw signature into the observation that it describes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NoReturn, TypeVar

from lark import Token

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import SignatureError
from huginn_cffi.base.handles import CData
from huginn_cffi.signatures.signatures import Direction
from sigcompiler.collector import Collector
from sigcompiler.diagnostics import Problem
from sigcompiler.model import LabelLine, Place, Section, SigFields, TcpSignature, Window
from sigcompiler.reading.signatures import build_tcp
from sigcompiler.reading.syntax import MAX_LINE, LineError, parse_line
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

MAX_WINDOW = 65535
LEAST_MSS = 100
"""For a smaller MSS the core does not look for multiples."""

_TIMESTAMPS_BYTES = 12
_ETHERNET_MTU = 1500
_IP_AND_TCP = {4: 40, 6: 60}


def multiple_of(native: CData, window: int) -> tuple[int, int]:
    """Set the observation's window; returns the base of its multiple (a `WindowKind`) and the factor."""
    native.window, native.window_kind, native.window_multiple = window, WindowKind.LITERAL, 0
    lib.hg_window_multiple(native)
    return native.window_kind, native.window_multiple


def window_of(native: CData, wanted: Window) -> int | None:
    """The likeliest window for which such a packet shows this multiple, or ``None``."""
    for divisor in _divisors(native, wanted.kind):
        window = divisor * wanted.value
        if 0 < window <= MAX_WINDOW and multiple_of(native, window) == (wanted.kind, wanted.value):
            return window
    return None


def _divisors(native: CData, kind: WindowKind) -> Iterator[int]:
    """The usual bases of window multiples, the packet's own values first."""
    sizes = (_IP_AND_TCP[native.version], _IP_AND_TCP[4])
    if kind == WindowKind.MTU:
        yield from (native.mss + size for size in (*sizes, native.header_bytes))
        yield _ETHERNET_MTU
        return
    yield from (native.mss, native.mss - _TIMESTAMPS_BYTES)
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

Built = TypeVar("Built")
_SECTIONS = {"request": Section.TCP_REQUEST, "response": Section.TCP_RESPONSE}
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
    signature, tokens, problems = read_signature(text, _SECTIONS[direction], build_tcp)
    # W010 (unknown distance) is left out: for a packet it is no problem.
    reader = _Reader(signature, tokens, [item.message for item in problems if item.code != "W010"])
    try:
        native = reader.observation()
    except LineError as error:
        refuse(text, [error.problem])
    return native, tuple(reader.notes)


def parse_signature(text: str, direction: Direction) -> TcpSignature:
    """The signature with its wildcards; raises `SignatureError` as `read_raw_signature` does."""
    return read_signature(text, _SECTIONS[direction], build_tcp)[0]


def read_signature(
    text: str,
    section: Section,
    build: Callable[[list[Token], SigFields], tuple[Built | None, list[Problem]]],
) -> tuple[Built, list[Token], list[Problem]]:
    """The signature that the compiler builds from a text; a copied prefix and spaces around it are dropped.

    Returns also the tokens and the warnings. Raises `SignatureError` with position and hint.
    """
    body = text[_start(text) :].rstrip()
    if len(body) > MAX_LINE:
        problem = Problem(0, "E003", f"{len(body)} characters; at most {MAX_LINE} are read")
        refuse(text, [problem])
    try:
        _, tokens = parse_line(_KEY + body, section.name.lower().partition("_")[0])
    except LineError as error:
        refuse(text, [error.problem])
    place = Place(NAME, 1, 1)
    line = SigFields(place=place, label=LabelLine(place, section, ""), text=body, provenance="")
    found, problems = build(tokens, line)
    if not found:
        refuse(text, problems)
    return found, tokens, problems


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
        native.ts1 = OptionKind.TS in signature.options and not quirks & Quirk.TS1_MINUS
        native.header_bytes = self._header_bytes(version)
        self._set_window(native)
        return native

    def _header_bytes(self, version: int) -> int:
        """Bytes of both headers with all options; options of variable length count with their minimum."""
        signature = self._signature
        size = signature.eol_pad + sum(map(option_bytes, signature.options))
        of_ip = min(signature.olen - signature.olen % 4, MAX_IP_OPTIONS) if version == 4 else 0
        return _IP_AND_TCP[version] + of_ip + min(-(-size // 4) * 4, MAX_TCP_OPTIONS)

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

    def _set_window(self, native: CData) -> None:
        """Set MSS and window, which depend on each other."""
        signature, wanted = self._signature, self._signature.window
        native.mss = self._mss(native.version) if signature.mss is None else signature.mss
        if wanted.kind in (WindowKind.MSS, WindowKind.MTU):
            window = window_of(native, wanted)
            if window is None and signature.mss is None:
                native.mss = max(MAX_WINDOW // wanted.value - 40 * (wanted.kind == WindowKind.MTU), 0)
                window = window_of(native, wanted)
            window = self._window_by_peer(native.mss) if window is None else window
            self.notes.append(f"window {window}, of which the text gives the multiple only")
            native.window, native.window_kind, native.window_multiple = window, wanted.kind, wanted.value
        else:
            multiple_of(native, self._plain_window())
        if signature.mss is None:
            self.notes.append(f"MSS {native.mss}, where the text has *")

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

    def _window_by_peer(self, mss: int) -> int:
        """The largest window with this factor: its base may be the client's MSS, which is unknown."""
        wanted = self._signature.window
        by_mss = self._signature.direction == DirectionNumber.RESPONSE and wanted.kind == WindowKind.MSS
        if by_mss and mss >= LEAST_MSS:
            return MAX_WINDOW // wanted.value * wanted.value
        kind = wanted.kind.name.lower()
        message = f"no packet with MSS {mss} shows {kind}*{wanted.value}"
        hint = "write the window as a number, or check the MSS: a window is at most 65535"
        raise LineError(Problem(self._window_at, "E035", message, hint))
