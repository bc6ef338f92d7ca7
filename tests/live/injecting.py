"""A client that sends packets which Linux drops or takes before its own data, and keeps a capture of them.

    python -m tests.live.injecting SERVER PCAP

prints for each connection its kind, its port and the User-Agent that the server says it received.
"""

from __future__ import annotations

import fcntl
import json
import re
import socket
import struct
import sys
import threading
import time
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support.captures import pcap
from tests.support.packets import ACK, FIN, PSH, RST, SYN, Ip4, Ip6, Tcp, packet

INTERFACE, PORT, ETHERNET = "cable", 80, 14
SWITCHES = (0x17, 0x15, 0x1F, 0x2C)
"""ethtool's commands for checksums and segmentation by the card, which leave checksums out of captures."""

SERVER = """
import socket, sys
from tests.live import injecting
injecting.without_offload(sys.argv[2])
family = socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET
listener = socket.create_server((sys.argv[1], 80), family=family)
print("ready", flush=True)
while True:
    talk, _ = listener.accept()
    talk.settimeout(2)
    found = b""
    try:
        while not found.endswith(b"\\r\\n\\r\\n") and (data := talk.recv(4096)):
            found += data
        talk.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: %d\\r\\n\\r\\n%s" % (len(found), found))
        while talk.recv(4096):
            pass
    except OSError:
        pass
    talk.close()
"""


def request(agent: str) -> bytes:
    return f"GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: {agent}\r\n\r\n".encode()


MARKER = b"\2" * 12 + b"\x88\xb5" + bytes(46)
"""The last frame, of an EtherType for experiments: all frames before it are captured when it is."""

REAL, DECOY = request("real/1.0"), request("fake/1.0")


def without_offload(interface: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        for switch in SWITCHES:
            value = array("B", struct.pack("II", switch, 0))
            asked = struct.pack("16sP", interface.encode(), value.buffer_info()[0]) + bytes(16)
            fcntl.ioctl(any_socket, 0x8946, asked)  # SIOCETHTOOL


class Injector:
    """A connection, and the numbers of its next segment. `send` sends one with other values."""

    def __init__(self, wire: socket.socket, frames: list[bytes], server: str) -> None:
        self.talk = socket.create_connection((server, PORT), timeout=60)
        self.port = self.talk.getsockname()[1]
        self._wire = wire
        self._ip: type[Ip4 | Ip6] = Ip6 if ":" in server else Ip4
        deadline = time.monotonic() + 60
        while not (found := [one for one in list(frames) if self._is_first_ack(one)]):
            if time.monotonic() > deadline:
                raise SystemExit("the handshake was not captured")
            time.sleep(0.005)
        self._ends = (self.talk.getsockname()[0], server)
        self._link, self._header = found[0][:ETHERNET], self._tcp(found[0])
        self.seq, self.ack = struct.unpack("!II", self._header[4:12])
        self.stamps = struct.unpack("!II", self._header[24:32])

    def _tcp(self, frame: bytes) -> bytes:
        return frame[ETHERNET + (40 if self._ip is Ip6 else 20) :]

    def _is_first_ack(self, frame: bytes) -> bool:
        found = self._tcp(frame)
        return found[:4] == struct.pack("!HH", self.port, PORT) and found[13:14] == bytes((ACK,))

    def stamp(self, older_by: int = 0) -> bytes:
        return struct.pack("!BBBBII", 1, 1, 8, 10, (self.stamps[0] - older_by) % 2**32, self.stamps[1])

    def send(self, data: bytes = DECOY, *, ttl: int = 64, wrong: bool = False, **other: Any) -> None:
        given = {"seq": self.seq, "ack": self.ack, "flags": ACK | PSH, "options": self.stamp()} | other
        tcp = Tcp(self.port, PORT, payload=data, window=502, **given)
        sent = bytearray(packet(self._ip(*self._ends, ttl=ttl), tcp))
        sent[16 + (40 if self._ip is Ip6 else 20)] ^= 0x55 if wrong else 0
        self._wire.send(self._link + bytes(sent))


SIGNED = b"\x13\x12" + b"m" * 16 + b"\1\1"


def other(data: bytes = DECOY, **values: Any) -> dict[str, Any]:
    """The arguments of `Injector.send`."""
    return {"data": data, **values}


KINDS: dict[str, Callable[[Injector], list[dict[str, Any]]]] = {
    "nothing": lambda to: [],
    "a good copy": lambda to: [other()],
    "a part of a good copy": lambda to: [other(DECOY[:50])],
    "wrong checksum": lambda to: [other(wrong=True)],
    "TTL 1": lambda to: [other(ttl=1)],
    "TTL 2": lambda to: [other(ttl=2)],
    "wrong checksum, then TTL 1": lambda to: [other(wrong=True), other(ttl=1)],
    "signature": lambda to: [other(options=SIGNED)],
    "old timestamp": lambda to: [other(options=to.stamp(10**6))],
    "no timestamp": lambda to: [other(options=b"")],
    "acknowledges what was not sent": lambda to: [other(ack=to.ack + 100_000)],
    "acknowledges what is too old": lambda to: [other(ack=to.ack - 10**8)],
    "no acknowledgement": lambda to: [other(flags=PSH)],
    "no flags": lambda to: [other(flags=0)],
    "SYN": lambda to: [other(flags=SYN | ACK)],
    "before the window": lambda to: [other(seq=to.seq - 10**6)],
    "beyond the window": lambda to: [other(b"z" * 9, seq=to.seq + 10**6 + at) for at in (0, 9)],
    "beyond, wrong checksum": lambda to: [other(b"z", seq=to.seq + 50_000 + at, wrong=True) for at in (0, 1)],
    "gaps, wrong checksum": lambda to: [
        other(b"z", seq=to.seq + 400 + 10 * at, wrong=True) for at in range(12)
    ],
    "RST, wrong checksum": lambda to: [other(b"", flags=RST, options=b"", wrong=True)],
    "RST, TTL 1": lambda to: [other(b"", flags=RST, options=b"", ttl=1)],
    "RST in the window": lambda to: [other(b"", flags=RST, options=b"", seq=to.seq + 5)],
    "RST with a signature": lambda to: [other(b"", flags=RST, options=SIGNED)],
    "FIN, wrong checksum": lambda to: [other(b"", flags=FIN | ACK, wrong=True)],
    "FIN in the window": lambda to: [other(b"", flags=FIN | ACK, seq=to.seq + 5_000)],
}


def main(server: str, path: str) -> None:
    without_offload(INTERFACE)
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    wire.bind((INTERFACE, 0))
    frames: list[bytes] = []
    listening = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    listening.bind((INTERFACE, 0))

    def listen() -> None:
        while True:
            frames.append(listening.recv(65535))

    threading.Thread(target=listen, daemon=True).start()
    for kind, inject in KINDS.items():
        one = Injector(wire, frames, server)
        for segment in inject(one):
            one.send(**segment)
        time.sleep(0.02)
        received = b""
        try:
            one.talk.sendall(REAL)
            while not received.endswith(b"\r\n\r\n") or b"User-Agent" not in received:
                received += (data := one.talk.recv(4096))
                if not data:
                    break
        except OSError:
            pass
        one.talk.close()
        agents = re.findall(rb"User-Agent: (\S+)", received)
        print(json.dumps([kind, one.port, agents[0].decode() if agents else None]), flush=True)
    wire.send(MARKER)
    while MARKER not in frames:
        time.sleep(0.005)
    frames.remove(MARKER)
    Path(path).write_bytes(pcap([(at * 1_000_000, frame) for at, frame in enumerate(frames)], 1))


if __name__ == "__main__":
    main(*sys.argv[1:])
