"""Ten million forged announcements of mDNS and DHCP from invented hosts: memory, and which hosts are left.

    python -m tools.bench.forged_announcements
    python -m tools.bench.forged_announcements --packets 100000 --inventory 1000

500 hosts send a SYN before them. All must be among the hosts at the end; it ends with 1 otherwise.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

from tests.devices import dhcp, mdns
from tests.devices.made import frame
from tests.support.captures import pcap
from tests.support.packets import Ip4, Tcp, packet

GENUINE, PIECE = 500, 1000
MAC_AT, SOURCE_AT, CLIENT_MAC_AT = 6, 14 + 12, 14 + 20 + 8 + 28


def slices(count: int) -> Iterator[bytes]:
    """A capture of Ethernet, in parts. Each forged frame has a MAC and, of mDNS, an address of its own."""
    first = [(0, frame(packet(Ip4(f"198.51.{n >> 8}.{n & 255}"), Tcp()), 0x0800)) for n in range(GENUINE)]
    yield pcap(first, 1)
    said = mdns.text(b"a", "_ipp._tcp", b"ty=HP LaserJet 400"), mdns.server(b"a", "_ipp._tcp", "a")
    answer = bytearray(mdns.sent(mdns.message(*said)))
    asked = bytearray(dhcp.from_client(dhcp.message(dhcp.option(60, b"AXIS,Network Camera,P3245,10.12.1"))))
    head = len(pcap([]))
    for begin in range(0, count, PIECE):
        made = []
        for number in range(begin, min(begin + PIECE, count)):
            forged = asked if number % 2 else answer
            forged[MAC_AT : MAC_AT + 6] = (2 << 40 | number).to_bytes(6, "big")
            if forged is answer:
                forged[SOURCE_AT : SOURCE_AT + 4] = (10 << 24 | number).to_bytes(4, "big")
            else:
                forged[CLIENT_MAC_AT : CLIENT_MAC_AT + 6] = forged[MAC_AT : MAC_AT + 6]
            made.append((number * 1000, bytes(forged)))
        yield pcap(made, 1)[head:]


def main() -> int:
    """Send them through a pipe to `huginn hosts`, and print what is left."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--packets", type=int, default=10_000_000)
    parser.add_argument("--inventory", type=int, default=100_000)
    options = parser.parse_args()
    words = ["hosts", "--format", "json", "--max-inventory", str(options.inventory), "-"]
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "huginn_cffi", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        for piece in slices(options.packets):
            run.stdin.write(piece)
        run.stdin.close()
        hosts = [one for one in map(json.loads, run.stdout) if one["event"] == "host"]
    genuine = sum(one["syns"] == 1 for one in hosts)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{options.packets:,} forged announcements in {time.monotonic() - began:.0f} s, {memory} MB")
    print(f"{len(hosts):,} hosts, {genuine} of {GENUINE} genuine ones")
    return int(genuine != GENUINE or len(hosts) > options.inventory)


if __name__ == "__main__":
    sys.exit(main())
