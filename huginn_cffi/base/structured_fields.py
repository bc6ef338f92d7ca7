"""Writes values of structured header fields (RFC 9651)."""

from __future__ import annotations

_LITERAL = {byte: chr(byte) for byte in range(0x20, 0x7F) if byte not in b'%"'}
"""Bytes of a Display String that need no escape."""


def string(text: str) -> str:
    """Format a String, or a Display String if not all characters are printable ASCII."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    data = text.encode("utf-8", "replace")
    return f'%"{"".join(_LITERAL.get(byte) or f"%{byte:02x}" for byte in data)}"'


def decimal(value: float) -> str:
    """Format a Decimal, which has at most three digits after the point."""
    text = f"{value:.3f}".rstrip("0")
    return text + "0" if text.endswith(".") else text
