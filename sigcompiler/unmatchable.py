"""Finds TCP signatures that no packet can match, regardless of the rest of the file.

p0f accepts such signatures, so they only cause warnings. The checks use the conditions under which
a packet shows a quirk, and the lengths of options.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from sigcompiler.vocabulary import (
    IPV4_ONLY_QUIRKS,
    IPV6_ONLY_QUIRKS,
    NO_QUIRKS,
    QUIRK_WORDS,
    Direction,
    OptionKind,
    Quirk,
)

MAX_IP_OPTIONS = 40
MAX_TCP_OPTIONS = 40
MAX_CLEAN_SCALE = 14
"""The largest window scale without the quirk exws."""

_SIZES = {
    OptionKind.EOL: 1,
    OptionKind.NOP: 1,
    OptionKind.MSS: 4,
    OptionKind.WS: 3,
    OptionKind.SOK: 2,
    OptionKind.SACK: 10,
    OptionKind.TS: 10,
}
_MINIMAL_SIZE = 2
"""Least number of bytes of an unknown option."""

_EXCLUSIVE = (
    (Quirk.ID_PLUS, Quirk.ID_MINUS),
    (Quirk.DF, Quirk.ID_MINUS),
    (Quirk.ACK_PLUS, Quirk.ACK_MINUS),
    (Quirk.UPTR_PLUS, Quirk.URGF_PLUS),
)
"""Pairs of quirks that no packet shows together."""

_ONLY_IN = {
    Quirk.ACK_PLUS: Direction.REQUEST,
    Quirk.TS2_PLUS: Direction.REQUEST,
    Quirk.ACK_MINUS: Direction.RESPONSE,
}
"""Quirks that only a SYN, or only a SYN+ACK, shows."""

_NEEDS_OPTION = {
    Quirk.TS1_MINUS: OptionKind.TS,
    Quirk.TS2_PLUS: OptionKind.TS,
    Quirk.OPT_PLUS: OptionKind.EOL,
    Quirk.EXWS: OptionKind.WS,
}
"""Quirks that need an option in the layout."""

_CACHE = 1 << 12


class Doubt(NamedTuple):
    """A reason why a signature cannot match; `field` is the index of the faulty token in its line."""

    field: int
    code: str
    message: str
    hint: str


_OLEN, _MSS, _SCALE, _OLAYOUT, _QUIRKS = 3, 4, 6, 7, 8


@lru_cache(_CACHE)
def doubts(
    direction: Direction,
    version: int | None,
    olen: int,
    options: tuple[int, ...],
    eol_pad: int,
    quirks: Quirk,
) -> tuple[Doubt, ...]:
    """The reasons why no packet can match such a signature; empty if a packet can."""
    return (
        *_olen_doubts(olen, version),
        *_layout_doubts(options, eol_pad, quirks),
        *_pair_doubts(version, quirks),
        *_single_doubts(direction, options, quirks),
    )


def value_doubts(
    mss: int | None, wscale: int | None, options: tuple[int, ...], quirks: Quirk
) -> tuple[Doubt, ...]:
    """Compare values with the layout: without its option, the MSS or the scale counts as 0."""
    if mss and OptionKind.MSS not in options:
        message = f"the MSS is {mss}, but the layout has no mss"
        return (Doubt(_MSS, "W024", message, "write 0 or *, or add mss to the layout"),)
    if wscale and OptionKind.WS not in options:
        message = f"the window scale is {wscale}, but the layout has no ws"
        return (Doubt(_SCALE, "W024", message, "write 0 or *, or add ws to the layout"),)
    if wscale is not None and wscale > MAX_CLEAN_SCALE and not quirks & Quirk.EXWS:
        message = f"a packet with window scale {wscale} shows exws"
        return (Doubt(_SCALE, "W024", message, "add exws to the quirks"),)
    return ()


@lru_cache(_CACHE)
def misfits(version: int | None, quirks: Quirk) -> Quirk:
    """The quirks of a signature that its IP version can never show."""
    if version == 6:
        return quirks & IPV4_ONLY_QUIRKS
    return quirks & IPV6_ONLY_QUIRKS if version == 4 else NO_QUIRKS


def _olen_doubts(olen: int, version: int | None) -> list[Doubt]:
    if olen and version == 6:
        return [Doubt(_OLEN, "W020", "an IPv6 packet has no IP options", "write 0")]
    if olen > MAX_IP_OPTIONS or olen % 4:
        message = f"no packet has {olen} bytes of IP options"
        return [Doubt(_OLEN, "W020", message, f"write a multiple of 4, at most {MAX_IP_OPTIONS}")]
    return []


def _layout_doubts(options: tuple[int, ...], eol_pad: int, quirks: Quirk) -> list[Doubt]:
    """Check the size: well-formed options fill at most ten whole 32-bit words."""
    sizes = (1 if quirks & Quirk.BAD else option_bytes(kind) for kind in options)
    size = eol_pad + sum(sizes)
    if OptionKind.SACK in options and not quirks & Quirk.BAD:
        message = "sack is a list of received blocks, which a SYN or SYN+ACK cannot have"
        return [Doubt(_OLAYOUT, "W021", message, "write sok, which permits such lists")]
    if size > MAX_TCP_OPTIONS:
        message = f"the options take {size} bytes at least; a packet has room for {MAX_TCP_OPTIONS}"
        return [Doubt(_OLAYOUT, "W021", message, "shorten the layout, or the number after eol+")]
    fixed = all(kind in _SIZES and kind != OptionKind.SACK for kind in options)
    if size % 4 and fixed and not quirks & Quirk.BAD:
        message = f"the options take {size} bytes, which is no multiple of 4"
        return [Doubt(_OLAYOUT, "W021", message, "check the nops and the number after eol+")]
    return []


def option_bytes(kind: int) -> int:
    """The least number of bytes of a well-formed option of this kind."""
    return _SIZES[OptionKind(kind)] if kind in _SIZES else _MINIMAL_SIZE


def _pair_doubts(version: int | None, quirks: Quirk) -> list[Doubt]:
    found = []
    where = "" if version else " over IPv4"
    for one, other in _EXCLUSIVE:
        if quirks & one and quirks & other:
            both = f"{QUIRK_WORDS[one]} and {QUIRK_WORDS[other]}"
            place = where if one & IPV4_ONLY_QUIRKS else ""
            found.append(Doubt(_QUIRKS, "W022", f"no packet shows {both}{place}", "delete one of them"))
    if quirks & Quirk.ID_PLUS and not quirks & Quirk.DF:
        message = f"a packet that shows id+ shows df too{where}"
        found.append(Doubt(_QUIRKS, "W022", message, "write df,id+"))
    return found


def _single_doubts(direction: Direction, options: tuple[int, ...], quirks: Quirk) -> list[Doubt]:
    found = []
    packet = "SYN" if direction == Direction.REQUEST else "SYN+ACK"
    for quirk, only in _ONLY_IN.items():
        if quirks & quirk and direction != only:
            found.append(Doubt(_QUIRKS, "W023", f"no {packet} shows {QUIRK_WORDS[quirk]}", "delete it"))
    for quirk, kind in _NEEDS_OPTION.items():
        if quirks & quirk and kind not in options:
            message = f"{QUIRK_WORDS[quirk]} needs {kind.name.lower()} in the option layout"
            found.append(Doubt(_QUIRKS, "W023", message, "delete the quirk, or add the option"))
    return found
