"""Messages of SNMP (RFC 1157, RFC 3416), in BER."""

from __future__ import annotations

from collections.abc import Sequence

from tests.support.devices.made import MAC, datagram

PORT = 161
INTEGER, BYTES, NULL, OBJECT, SEQUENCE, RESPONSE = 0x02, 0x04, 0x05, 0x06, 0x30, 0xA2
GET = 0xA0
DESCRIPTION, OBJECT_ID = "1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.2.0"
CONTACT, NAME, LOCATION = (f"1.3.6.1.2.1.1.{number}.0" for number in (4, 5, 6))
COMMUNITY = b"a secret"
SWITCH = "1.3.6.1.4.1.9.1.516"


def ber(tag: int, content: bytes, *, length_bytes: int = 0) -> bytes:
    """An element; its length in so many bytes, with zeros before it."""
    if length_bytes == 0 and len(content) < 0x80:
        return bytes((tag, len(content))) + content
    size = length_bytes or (len(content).bit_length() + 7) // 8
    return bytes((tag, 0x80 | size)) + len(content).to_bytes(size, "big") + content


def number(value: int) -> bytes:
    """An integer."""
    return ber(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def _base128(value: int) -> bytes:
    out = bytes((value & 0x7F,))
    while value := value >> 7:
        out = bytes((0x80 | value & 0x7F,)) + out
    return out


def named(name: str) -> bytes:
    """An object identifier."""
    first, second, *rest = map(int, name.split("."))
    return ber(OBJECT, b"".join(map(_base128, (first * 40 + second, *rest))))


def variable(name: str, value: bytes) -> bytes:
    """A variable and its value, an element."""
    return ber(SEQUENCE, named(name) + value)


def text(name: str, value: bytes) -> bytes:
    """A variable with a text."""
    return variable(name, ber(BYTES, value))


def message(
    *variables: bytes,
    version: bytes = number(1),
    kind: int = RESPONSE,
    error: int = 0,
    request: bytes = number(7),
) -> bytes:
    """A message with a list of variables."""
    inside = request + number(error) + number(0) + ber(SEQUENCE, b"".join(variables))
    return ber(SEQUENCE, version + ber(BYTES, COMMUNITY) + ber(kind, inside))


def sent(data: bytes, *, sport: int = PORT, dport: int = 40000, mac: str = MAC) -> bytes:
    """A frame with a datagram of an agent."""
    return datagram(data, sport, dport, mac=mac)


def system(description: bytes, object_id: str = SWITCH, others: Sequence[bytes] = ()) -> bytes:
    """An answer about the system."""
    return message(text(DESCRIPTION, description), variable(OBJECT_ID, named(object_id)), *others)
