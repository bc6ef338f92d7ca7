"""TCP options, byte by byte."""

from __future__ import annotations

from dataclasses import dataclass, field

from sigcompiler.vocabulary import MAX_OPTIONS, NO_QUIRKS, OptionKind, Quirk

EOL, NOP, MSS, WS = OptionKind.EOL, OptionKind.NOP, OptionKind.MSS, OptionKind.WS
SOK, SACK, TS = OptionKind.SOK, OptionKind.SACK, OptionKind.TS


@dataclass(slots=True)
class Options:
    """What the option bytes say; values stay 0 when their option is missing."""

    layout: list[int] = field(default_factory=list)
    eol_pad: int = 0
    mss: int = 0
    wscale: int = 0
    ts1: int = 0
    ts2: int = 0
    quirks: Quirk = NO_QUIRKS


def parse_options(data: bytes, pure_syn: bool) -> Options:
    """Read ``data``, the bytes between the fixed TCP header and its data offset."""
    found = Options()
    position = 0
    while position < len(data) and len(found.layout) < MAX_OPTIONS:
        kind = data[position]
        found.layout.append(kind)
        after = _one(found, kind, data[position + 1 :], pure_syn)
        if after is None:
            found.quirks |= Quirk.BAD
            return found
        position += 1 + after
    if position < len(data):
        found.quirks |= Quirk.BAD
    return found


def _one(found: Options, kind: int, rest: bytes, pure_syn: bool) -> int | None:
    """One option; ``rest`` follows its kind byte. Bytes taken of it, ``None`` to give up."""
    if kind == EOL:
        found.eol_pad = len(rest)
        if any(rest):
            found.quirks |= Quirk.OPT_PLUS
        return len(rest)
    if kind == NOP:
        return 0
    if kind == MSS:
        return _mss(found, rest)
    if kind == WS:
        return _wscale(found, rest)
    if kind == SOK:
        return _fixed(found, rest, left=1, length=2)
    if kind == TS:
        return _timestamps(found, rest, pure_syn)
    return _other(rest, 10, 34) if kind == SACK else _other(rest, 2, 40)


def _fixed(found: Options, rest: bytes, left: int, length: int) -> int | None:
    """Options of one known size: a wrong length byte is noted, the size stays."""
    if len(rest) < left:
        return None
    if rest[0] != length:
        found.quirks |= Quirk.BAD
    return length - 1


def _mss(found: Options, rest: bytes) -> int | None:
    taken = _fixed(found, rest, left=3, length=4)
    if taken is not None:
        found.mss = int.from_bytes(rest[1:3], "big")
    return taken


def _wscale(found: Options, rest: bytes) -> int | None:
    taken = _fixed(found, rest, left=2, length=3)
    if taken is not None:
        found.wscale = rest[1]
        if found.wscale > 14:
            found.quirks |= Quirk.EXWS
    return taken


def _timestamps(found: Options, rest: bytes, pure_syn: bool) -> int | None:
    taken = _fixed(found, rest, left=9, length=10)
    if taken is not None:
        found.ts1 = int.from_bytes(rest[1:5], "big")
        found.ts2 = int.from_bytes(rest[5:9], "big")
        if found.ts1 == 0:
            found.quirks |= Quirk.TS1_MINUS
        if found.ts2 != 0 and pure_syn:
            found.quirks |= Quirk.TS2_PLUS
    return taken


def _other(rest: bytes, shortest: int, longest: int) -> int | None:
    """SACK and unknown options: trusted as far as their length makes sense."""
    if not rest or not shortest <= rest[0] <= longest or rest[0] > len(rest) + 1:
        return None
    return rest[0] - 1
