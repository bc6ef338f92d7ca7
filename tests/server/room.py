"""Run in a network namespace of its own; ``python -m tests.server.room SCENARIO [SERVER]`` prints what came.

A TUN interface stands for the network: what is written there is what a client far away sends.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import socket
import struct
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import huginn_cffi as hg
from huginn_cffi import server
from tests.server.connections import PATIENCE_S, listener, pair
from tests.server.test_servers import CLOSES, command
from tests.support import packets
from tests.support.packets import ACK, Ip4, Tcp
from tests.support.serving import asked, free_port, program_served, wait_until_armed

HERE, THERE = "10.99.0.1", "10.99.0.7"
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 1, 0x1000

WINDOWS = Tcp(
    window=65535,
    options=packets.mss(1460) + packets.NOP + packets.wscale(8) + packets.NOP * 2 + packets.SOK,
)


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, timeout=PATIENCE_S)


def sysctl(name: str, value: str) -> None:
    Path("/proc/sys", *name.split(".")).write_text(value)


def far_away() -> int:
    """The network: a descriptor to write packets to, and to read the answers from."""
    network = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(network, TUNSETIFF, struct.pack("16sH22x", b"far", IFF_TUN | IFF_NO_PI))
    ip("address", "add", f"{HERE}/24", "dev", "far")
    ip("link", "set", "far", "up")
    return network


def connect(network: int, port: int, first: Tcp, ttl: int, data: bytes = b"") -> bytes:
    """Shake hands from far away, and send data; the SYN as it was sent."""
    end = Ip4(THERE, HERE, ttl=ttl)
    syn = packets.packet(end, Tcp(sport=5555, dport=port, window=first.window, options=first.options))
    os.write(network, syn)
    while True:
        answer = os.read(network, 2000)
        if answer[0] == 0x45 and answer[9] == 6:  # the kernel also looks for routers of IPv6
            break
    number = int.from_bytes(answer[24:28], "big")
    for payload in (b"", data) if data else (b"",):
        ack = Tcp(
            sport=5555,
            dport=port,
            seq=Tcp().seq + 1,
            ack=number + 1,
            flags=ACK,
            options=b"",
            payload=payload,
        )
        os.write(network, packets.packet(end, ack))
    return syn


def answered(network: int, wanted: bytes) -> bool:
    """Whether these bytes come back, in one segment; nobody acknowledges, so all is sent again and again."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if select.select([network], [], [], 1)[0] and wanted in os.read(network, 2000):
            return True
    return False


def server_of(name: str) -> object:
    """A server without capabilities: a SYN of Windows, and clients here with other settings."""
    network = far_away()
    port = free_port(HERE)
    bare = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", sys.executable]
    with program_served([*bare, *command(name, HERE, port)], HERE, port):
        wait_until_armed(lambda: asked(HERE, port, 1) == ["unknown"])
        request = f"GET / HTTP/1.1\r\nHost: {HERE}\r\n\r\n".encode()
        syn = connect(network, port, WINDOWS, ttl=121, data=request)
        seen = hg.fingerprint(syn).syn
        assert seen is not None
        found = [answered(network, str(seen.match).encode())]
        times = 1 if name in CLOSES else 2
        for setting in ("tcp_timestamps", "tcp_window_scaling"):
            sysctl(f"net.ipv4.{setting}", "0")
            with listener() as listening:
                server.arm(listening)
                with pair(listening) as made:
                    expected = str(server.client(made.accepted))
            found.append(asked(HERE, port, times) == [expected] * times)
    return found


def windows() -> object:
    """A SYN of Windows, and what `hg.fingerprint` says of the same packet."""
    network = far_away()
    with listener(HERE) as listening:
        server.arm(listening)
        syn = connect(network, listening.getsockname()[1], WINDOWS, ttl=121)
        with listening.accept()[0] as accepted:
            found = server.client(accepted)
            assert found is not None
            assert found.raw == syn
            assert found.result == hg.fingerprint(syn)
            return [found.name, found.distance, found.mtu]


def cookies() -> object:
    """A server that answers with SYN cookies only."""
    sysctl("net.ipv4.tcp_syncookies", "2")
    with listener() as listening:
        server.arm(listening)
        with pair(listening) as made:
            return [server.client(made.accepted), server.why(made.accepted)]


def fast_open() -> object:
    """The second connection of a client that sends data in its SYN."""
    sysctl("net.ipv4.tcp_fastopen", "3")
    with listener() as listening:
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_FASTOPEN, 10)
        server.arm(listening)
        classes = []
        for _ in range(2):
            with socket.socket() as connecting:
                connecting.sendto(b"x" * 100, socket.MSG_FASTOPEN, listening.getsockname())
                with listening.accept()[0] as accepted:
                    found = server.client(accepted)
                    assert found is not None
                    assert found.result.syn is not None
                    classes.append(found.result.syn.signature.pclass)
        return classes


def captured() -> object:
    """SYNs of clients with other settings, as they are kept and as they are captured."""
    sysctl("net.ipv6.conf.lo.disable_ipv6", "0")
    settings = ("tcp_timestamps", "tcp_sack", "tcp_window_scaling")
    with socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3)) as seen:
        seen.bind(("lo", 0))
        seen.setblocking(False)
        return [_both(seen, None), *(_both(seen, f"net.ipv4.{name}") for name in settings)]


def waiting(seen: socket.socket) -> list[bytes]:
    """The packets that were captured up to now."""
    found = []
    with suppress(BlockingIOError):
        while True:
            found.append(seen.recv(2000))
    return found


def _both(seen: socket.socket, setting: str | None) -> str:
    """The family of the clients, over both versions of IP."""
    if setting is not None:
        sysctl(setting, "0")
    families = set()
    for address in ("127.0.0.1", "::1"):
        with listener(address) as listening:
            server.arm(listening)
            with pair(listening) as made:
                found = server.client(made.accepted)
        assert found is not None
        assert found.raw in waiting(seen)
        families.add(str(found.family))
    return " ".join(sorted(families))


if __name__ == "__main__":
    ip("link", "set", "lo", "up")
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
