"""Describes the fields of a packet and of a signature, and their differences, in words."""

from __future__ import annotations

from collections.abc import Callable

from huginn_cffi.explain.fields import ANY, ANY_VERSION, PacketFields, SignatureFields, Verdict, wanted_quirks
from huginn_cffi.explain.layouts import edit_words
from sigcompiler.formatting import format_options, format_window
from sigcompiler.model import Window
from sigcompiler.vocabulary import (
    MAX_DISTANCE,
    PAYLOAD_WORDS,
    QUIRK_WORDS,
    OptionKind,
    PayloadClass,
    WindowKind,
)

Texts = dict[str, str]
INITIAL_TTLS = (32, 64, 128, 255)


def initial_ttl(ttl: int) -> int:
    """The likely initial TTL for a received TTL."""
    return next(initial for initial in INITIAL_TTLS if ttl <= initial)


def seen_texts(seen: PacketFields) -> Texts:
    """The packet's values as text, by field."""
    hops = initial_ttl(seen.ttl) - seen.ttl
    window = format_window(Window(WindowKind.LITERAL, seen.window))
    if seen.window_kind != WindowKind.LITERAL:
        multiple = format_window(Window(WindowKind(seen.window_kind), seen.window_multiple))
        window = f"{multiple} ({window})"
    return {
        "version": str(seen.version),
        "ittl": f"{seen.ttl}+{hops if hops <= MAX_DISTANCE else '?'}",
        "olen": str(seen.olen),
        "mss": str(seen.mss),
        "window": window,
        "wscale": str(seen.wscale),
        "olayout": format_options(tuple(seen.options), seen.eol_pad),
        "quirks": quirk_words(seen.quirks),
        "pclass": PAYLOAD_WORDS[PayloadClass(seen.payload)],
    }


def wanted_texts(wanted: SignatureFields) -> Texts:
    """The signature's values by field, in signature notation."""
    return {
        "version": "*" if wanted.version == ANY_VERSION else str(wanted.version),
        "ittl": f"{wanted.ittl}{'-' * wanted.unreliable_ttl}",
        "olen": str(wanted.olen),
        "mss": _wild(wanted.mss),
        "window": format_window(Window(WindowKind(wanted.window_kind), wanted.window)),
        "wscale": _wild(wanted.wscale),
        "olayout": format_options(tuple(wanted.options), wanted.eol_pad),
        "quirks": quirk_words(wanted.quirks),
        "pclass": PAYLOAD_WORDS[PayloadClass(wanted.payload)],
    }


def quirk_words(bits: int) -> str:
    """Quirks in p0f's words and order, separated by commas."""
    return ",".join(word for quirk, word in QUIRK_WORDS.items() if bits & quirk)


def note(field: str, verdict: Verdict, wanted: SignatureFields, seen: PacketFields) -> str:
    """How a field differs, or by how much it fits; empty if the two texts suffice."""
    if verdict == "exact":
        return _hops(wanted, seen) if field == "ittl" else ""
    words = _NOTES.get(field)
    return words(wanted, seen) if words else ""


def _wild(value: int) -> str:
    return "*" if value == ANY else str(value)


def _hops(wanted: SignatureFields, seen: PacketFields) -> str:
    """The hops, unless they are the same as derived from the TTL alone."""
    hops = wanted.ittl - seen.ttl
    if wanted.ittl == initial_ttl(seen.ttl) and not wanted.unreliable_ttl:
        return ""
    return f"{'at most ' * wanted.unreliable_ttl}{hops} hop{'' if hops == 1 else 's'}"


def _ittl(wanted: SignatureFields, seen: PacketFields) -> str:
    if seen.ttl > wanted.ittl:
        return f"TTL {seen.ttl} is above the initial {wanted.ittl}"
    return f"{wanted.ittl - seen.ttl} hops, beyond {MAX_DISTANCE}"


def _window(wanted: SignatureFields, seen: PacketFields) -> str:
    if wanted.window_kind == WindowKind.MODULO:
        return f"{seen.window} is no multiple of {wanted.window}"
    if wanted.window_kind in (WindowKind.MSS, WindowKind.MTU) and wanted.window_kind != seen.window_kind:
        return f"{seen.window} counts as no multiple of the {WindowKind(wanted.window_kind).name}"
    return ""


def _olayout(wanted: SignatureFields, seen: PacketFields) -> str:
    if wanted.options == seen.options:
        return f"{seen.eol_pad} bytes after eol, not {wanted.eol_pad}"
    return edit_words(wanted.options, seen.options)


def _quirks(wanted: SignatureFields, seen: PacketFields) -> str:
    asked = wanted_quirks(wanted, seen)
    sides = ((asked & ~seen.quirks, "missing"), (seen.quirks & ~asked, "added"))
    return "; ".join(f"{quirk_words(bits).replace(',', ', ')} {how}" for bits, how in sides if bits)


_NOTES: dict[str, Callable[[SignatureFields, PacketFields], str]] = {
    "version": lambda of, seen: f"the packet is IPv{seen.version}, the signature for IPv{of.version} only",
    "ittl": _ittl,
    "mss": lambda _, seen: "" if OptionKind.MSS in seen.options else "there is no MSS option",
    "window": _window,
    "wscale": lambda _, seen: "" if OptionKind.WS in seen.options else "there is no window scale option",
    "olayout": _olayout,
    "quirks": _quirks,
    "pclass": lambda _, seen: "the packet carries data" if seen.payload else "the packet carries no data",
}
