"""Writes TCP signatures, and labels with their signatures, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sigcompiler.formatting import format_options, format_window
from sigcompiler.model import TcpSignature
from sigcompiler.vocabulary import PAYLOAD_WORDS, QUIRK_WORDS


def format_tcp(signature: TcpSignature) -> str:
    """Write the value of a ``sig`` line: parsing it gives an equal signature."""
    ittl = f"{signature.ittl}-" if signature.unreliable_ttl else str(signature.ittl)
    window = f"{format_window(signature.window)},{_wild(signature.wscale)}"
    quirks = ",".join(word for quirk, word in QUIRK_WORDS.items() if signature.quirks & quirk)
    return ":".join(
        (
            _wild(signature.version),
            ittl,
            str(signature.olen),
            _wild(signature.mss),
            window,
            format_options(signature.options, signature.eol_pad),
            quirks,
            PAYLOAD_WORDS[signature.payload],
        )
    )


def _wild(value: int | None) -> str:
    return "*" if value is None else str(value)


def format_file(section: str, labels: Iterable[tuple[str, Iterable[tuple[str, Iterable[str]]]]]) -> str:
    """A signature file with one section, from labels, their sources and ``sig`` values."""
    lines = (line for label in labels for line in format_label(*label))
    return "\n".join(["classes = win,unix,other", "", f"[{section}]", *lines]) + "\n"


def format_label(label: str, lines: Iterable[tuple[str, Iterable[str]]]) -> Iterator[str]:
    """A blank line, the label, and each source with its ``sig`` lines."""
    yield from ("", f"label = {label}")
    if label.split(":")[1:2] == ["!"]:
        yield "sys   ="
    for source, values in lines:
        yield f"; source: {source}"
        yield from (f"sig   = {value}" for value in values)
