"""Headers of an answer, as structured fields (RFC 9651)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PREFIX = "Huginn-"


_LITERAL = {byte: chr(byte) for byte in range(0x20, 0x7F) if byte not in b'%"'}
"""Bytes of a Display String that stand for themselves."""


def string(text: str) -> str:
    """A String; a Display String where it is not all printable ASCII."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    data = text.encode("utf-8", "replace")
    return f'%"{"".join(_LITERAL.get(byte) or f"%{byte:02x}" for byte in data)}"'


def decimal(value: float) -> str:
    """A Decimal, which has at most three digits after the point."""
    text = f"{value:.3f}".rstrip("0")
    return text + "0" if text.endswith(".") else text


FIELDS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("Status", "status", str),
    ("OS", "os", string),
    ("OS-Confidence", "os_confidence", decimal),
    ("Client", "client", string),
    ("JA4", "ja4", string),
    ("JA4-Stable", "ja4_stable", string),
    ("Transport", "transport", str),
    ("Verdict", "verdict", str),
    ("Client-Check", "client_check", str),
    ("Reason", "reason", string),
    ("Tool", "tool", string),
)
"""The end of a header's name, the key of the answer that it is from, and its form: `str` for a Token, one of
the words that the core has."""

NAMES = tuple(PREFIX + name for name, _, _ in FIELDS)


def headers_of(answer: dict[str, Any]) -> dict[str, str]:
    """The headers; those of which nothing is known are left out."""
    return {PREFIX + name: form(answer[key]) for name, key, form in FIELDS if answer[key] not in (None, "")}
