"""Headers of an answer, as structured fields (RFC 9651)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PREFIX = "Huginn-"


def string(text: str) -> str:
    """A String; a Display String where it is not all printable ASCII."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return '%"' + "".join(map(_display, text.encode("utf-8", "replace"))) + '"'


def _display(byte: int) -> str:
    char = chr(byte)
    return f"%{byte:02x}" if not 0x20 <= byte < 0x7F or char in '%"' else char


def decimal(value: float) -> str:
    """A Decimal, which has at most three digits after the point."""
    text = f"{value:.3f}".rstrip("0")
    return text + "0" if text.endswith(".") else text


def token(word: str) -> str:
    """A Token: one of the words that the core has for something."""
    return word


FIELDS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("Status", "status", token),
    ("OS", "os", string),
    ("OS-Confidence", "os_confidence", decimal),
    ("Client", "client", string),
    ("JA4", "ja4", string),
    ("JA4-Stable", "ja4_stable", string),
    ("Transport", "transport", token),
    ("Verdict", "verdict", token),
    ("Client-Check", "client_check", token),
    ("Reason", "reason", string),
    ("Tool", "tool", string),
)
"""The end of a header's name, the key of the answer that it is from, and its form."""

NAMES = tuple(PREFIX + name for name, _, _ in FIELDS)


def headers_of(answer: dict[str, Any]) -> dict[str, str]:
    """The headers; those of which nothing is known are left out."""
    return {PREFIX + name: form(answer[key]) for name, key, form in FIELDS if answer[key] not in (None, "")}
