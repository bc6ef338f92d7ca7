"""SSH connections (RFC 4253), and what a plain reading of both directions gives: the oracle of the tests."""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.support.conversations import handshake, segment

CLIENT_ID, SERVER_ID = b"SSH-2.0-OpenSSH_9.6\r\n", b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n"
HYBRID, CURVE = "mlkem768x25519-sha256", "curve25519-sha256"
NEWKEYS = 21
"""What follows it is encrypted (RFC 4253, 7.3)."""

NAMES = ("key_exchanges", "host_key_algorithms", "ciphers", "mac_algorithms", "compressions")

Row = dict[str, Any]


def string(data: bytes) -> bytes:
    """RFC 4251, 5."""
    return struct.pack(">I", len(data)) + data


def binary_packet(payload: bytes, padding: int = 4) -> bytes:
    """RFC 4253, 6, without a MAC."""
    return struct.pack(">IB", 1 + len(payload) + padding, padding) + payload + bytes(padding)


def lists_of(kex: str = f"{CURVE},kex-x", ciphers: tuple[str, str] = ("aes-c,x", "aes-s")) -> list[str]:
    """The ten lists of a message; what the ends send differs by direction."""
    return [kex, "ssh-ed25519,rsa-sha2-256", *ciphers, "mac-c", "mac-s1,mac-s2", "none", "zlib,none", "", ""]


def kexinit(lists: Sequence[str]) -> bytes:
    """RFC 4253, 7.1."""
    return bytes((20,)) + bytes(16) + b"".join(string(one.encode()) for one in lists) + bytes(5)


def host_key(kind: bytes = b"ssh-ed25519", key: bytes = bytes(range(32))) -> bytes:
    """A public key as it is sent."""
    return string(kind) + string(key)


def reply(key: bytes, number: int = 31) -> bytes:
    """RFC 4253, 8, and the messages of RFC 4419 and 5656 that begin alike."""
    return bytes((number,)) + string(key) + string(b"point") + string(b"signature")


CLIENT_SAYS = CLIENT_ID + binary_packet(kexinit(lists_of(f"{HYBRID},{CURVE},ext-info-c")))
SERVER_SAYS = (
    SERVER_ID
    + binary_packet(kexinit(lists_of(f"{CURVE},{HYBRID},ext-info-s")))
    + binary_packet(reply(host_key()))
    + binary_packet(b"\x15")
    + bytes(range(256)) * 8
)


def resists(name: str) -> bool:
    """Whether an exchange has a part that quantum computers do not break."""
    return any(part in name for part in ("mlkem", "kyber", "sntrup"))


def chosen(client: Sequence[str], server: Sequence[str]) -> str | None:
    """RFC 4253, 7.1: the client's first one that the server has, too."""
    return next((name for name in client if name in server), None)


@dataclass
class _Side:
    lists: list[str] | None = None
    host_key: bytes | None = None


def _payloads(data: bytes) -> Iterator[bytes]:
    while len(data) >= 5:
        length, padding = struct.unpack_from(">IB", data)
        yield data[5 : 4 + length - padding]
        data = data[4 + length :]


def _strings(data: bytes, count: int) -> list[bytes]:
    found = []
    for _ in range(count):
        (length,) = struct.unpack_from(">I", data)
        found.append(data[4 : 4 + length])
        data = data[4 + length :]
    return found


def expected(client: bytes, server: bytes) -> list[Row]:
    """The rows of a connection whose client says all that it says first."""
    found: list[Row] = []
    offered: list[str] = []
    for from_server, data in ((False, client), (True, server)):
        line, _, rest = data.partition(b"\n")
        row: Row = {"event": "ssh_server" if from_server else "ssh_client"}
        row["banner"] = line.rstrip(b"\r\0").decode()
        found.append({**row, **{name: [] for name in NAMES}})
        for payload in _payloads(rest):
            if payload[0] == 20:
                lists = [one.decode() for one in _strings(payload[17:], 10)]
                own = [lists[0], *lists[2 + from_server : 8 : 2]]
                row["hassh"] = hashlib.md5(";".join(own).encode()).hexdigest()
                shown = (lists[0], lists[1], *own[1:])
                row |= {name: [*filter(None, one.split(","))] for name, one in zip(NAMES, shown, strict=True)}
                row["post_quantum_kex"] = "offered" if any(map(resists, row["key_exchanges"])) else "none"
                if not from_server:
                    offered = row["key_exchanges"]
                elif name := chosen(offered, row["key_exchanges"]):
                    row["key_exchange"] = name
                    row["post_quantum_kex"] = "chosen" if resists(name) else row["post_quantum_kex"]
                found.append(dict(row))
            elif payload[0] in (31, 33) and from_server:
                (key,) = _strings(payload[1:], 1)
                row["host_key_type"] = _strings(key, 1)[0].decode()
                digest = base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")
                row["host_key"] = f"SHA256:{digest}"
                found.append(dict(row))
                break
            elif payload[0] == NEWKEYS:
                break
    return found


def connection(client: bytes, server: bytes, *, port: int = 40000, step: int = 1400) -> list[bytes]:
    """Its packets: the client's bytes, then the server's, in segments of `step` bytes."""
    frames = handshake(port)
    for data, is_server in ((client, False), (server, True)):
        frames += [
            segment(port, at, data[at : at + step], server=is_server) for at in range(0, len(data), step)
        ]
    return frames
