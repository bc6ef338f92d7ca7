"""Writes fields of TCP signatures as text."""

from __future__ import annotations

from sigcompiler.model import Window
from sigcompiler.vocabulary import OPTION_WORDS, OptionKind, WindowKind

_WINDOW_PREFIXES = {
    WindowKind.LITERAL: "",
    WindowKind.MSS: "mss*",
    WindowKind.MTU: "mtu*",
    WindowKind.MODULO: "%",
}
_WORDS = {int(kind): word for kind, word in OPTION_WORDS.items()}


def format_window(window: Window) -> str:
    """Write the window field: a number, ``mss*N``, ``mtu*N``, ``%N`` or ``*``."""
    if window.kind == WindowKind.ANY:
        return "*"
    return f"{_WINDOW_PREFIXES[window.kind]}{window.value}"


def format_options(options: tuple[int, ...], eol_pad: int) -> str:
    """Write the option layout, with the number of bytes after an EOL."""
    return ",".join(_option(kind, eol_pad) for kind in options)


def _option(kind: int, eol_pad: int) -> str:
    if kind == OptionKind.EOL:
        return f"eol+{eol_pad}"
    return _WORDS.get(kind, f"?{kind}")
