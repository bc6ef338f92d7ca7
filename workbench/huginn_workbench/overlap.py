"""Finds TCP signatures that share packets."""

from __future__ import annotations

from dataclasses import replace

from sigcompiler.model import TcpSignature, Window
from sigcompiler.shadowing import certain_multiple
from sigcompiler.vocabulary import PayloadClass, WindowKind

USUAL_HOPS = 30
"""Hosts are rarely further away. Initial TTLs that only overlap beyond this distance do not count."""

COMMON_MSS = (536, 1220, 1360, 1380, 1400, 1412, 1420, 1432, 1440, 1452, 1460, 8960)
"""The MSS values of most links; tried for ``*`` when a window number is compared with a multiple."""

_MULTIPLES = (WindowKind.MSS, WindowKind.MTU)


def overlap(one: TcpSignature, other: TcpSignature) -> bool:
    """Whether a packet of a usual distance (and a common MSS, if both leave it open) can match both."""
    if one.direction != other.direction or one.olen != other.olen:
        return False
    if (one.options, one.eol_pad) != (other.options, other.eol_pad):
        return False
    if not (_payloads(one, other) and _ttls(one, other) and _values(one, other)):
        return False
    return any(
        one.quirks_for(version) == other.quirks_for(version) and _windows(one, other, version)
        for version in (4, 6)
        if one.version in (None, version) and other.version in (None, version)
    )


def _payloads(one: TcpSignature, other: TcpSignature) -> bool:
    return one.payload == other.payload or PayloadClass.ANY in (one.payload, other.payload)


def _ttls(one: TcpSignature, other: TcpSignature) -> bool:
    lower, upper = sorted((one, other), key=lambda signature: signature.ittl)
    return upper.unreliable_ttl or upper.ittl - lower.ittl <= USUAL_HOPS


def _values(one: TcpSignature, other: TcpSignature) -> bool:
    pairs = ((one.mss, other.mss), (one.wscale, other.wscale))
    return all(left is None or right is None or left == right for left, right in pairs)


def _windows(one: TcpSignature, other: TcpSignature, version: int) -> bool:
    left, right = one.window, other.window
    if WindowKind.ANY in (left.kind, right.kind):
        return True
    if left.kind == right.kind != WindowKind.MODULO:
        return left.value == right.value
    if left.kind in _MULTIPLES and right.kind in _MULTIPLES:
        return False
    if WindowKind.MODULO in (left.kind, right.kind):
        return _meets_modulus(left, right)
    literal, multiple = (one, other) if left.kind == WindowKind.LITERAL else (other, one)
    return _shows(literal, multiple, version)


def _meets_modulus(left: Window, right: Window) -> bool:
    """Whether some window fits both, one of which is ``%N``; 0 is a multiple of everything."""
    modulus, window = (left, right) if left.kind == WindowKind.MODULO else (right, left)
    return window.kind != WindowKind.LITERAL or window.value % modulus.value == 0


def _shows(literal: TcpSignature, multiple: TcpSignature, version: int) -> bool:
    """Whether the literal window equals the other signature's multiple for a common MSS."""
    known = next((value for value in (literal.mss, multiple.mss) if value is not None), None)
    wanted = (multiple.window.kind, multiple.window.value)
    return any(
        certain_multiple(replace(literal, mss=mss), version) == wanted
        for mss in (COMMON_MSS if known is None else (known,))
    )
