"""A million QUIC Initials from forged sources, each with half a hello: memory, cost, and evictions.

    python -m tools.bench.spoofed_initials                    a million, through a pipe
    python -m tools.bench.spoofed_initials --packets 20000
    python -m tools.bench.spoofed_initials --connections 1000000

500 TCP connections are opened before the flood and send their hellos after it. All of them must be found, and
every Initial counted; otherwise it exits with 1. Memory is the maximum that the process used, beside that of
a run without Initials.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from random import Random
from typing import Any

import huginn_cffi as hg
from tests.support.captures import pcap
from tests.support.core import ROOT
from tests.support.packets import Ip4
from tests.support.tls.conversation import HELLO_EXTENSIONS, Conversation, client_hello, extension, record
from tests.support.tls.datagram_model import Initial, crypto
from tests.support.tunnels import UDP, udp

PATIENT = 500
SEALED = 500
"""Different packets; each source sends one of them."""

INITIAL_BYTES = 1200
FIRST_PORT = 10000


def half_hellos(random: Random) -> list[bytes]:
    """Datagrams with an Initial; the rest of its hello never comes."""
    hello = client_hello(HELLO_EXTENSIONS + extension(21, bytes(1400)))
    room = INITIAL_BYTES - 60
    return [Initial(random.randbytes(8), crypto(0, hello[:room])).sealed() for _ in range(SEALED)]


def slices(count: int) -> Iterator[bytes]:
    """A capture of raw IP packets, in parts."""
    random = Random(1)
    talks = [Conversation(FIRST_PORT + number).handshake() for number in range(PATIENT)]
    sealed = half_hellos(random)
    hello = record(client_hello())
    head = len(pcap([]))
    yield pcap([(0, one) for talk in talks for one in talk.packets])
    for number in range(count):
        source = f"{random.randrange(1, 224)}.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        data = Ip4(source=source, protocol=UDP).pack(udp(443, sealed[number % SEALED], sport=49152))
        yield pcap([(number * 1000, data)])[head:]
    yield pcap([(10**9, talk.client(0, hello).packets[-1]) for talk in talks])[head:]


def read(connections: int) -> None:
    """Analyse standard input; print the results and the resources used."""
    analyzer = hg.Analyzer(max_connections=connections)
    for _ in analyzer.batches("-"):
        pass
    used, stats = resource.getrusage(resource.RUSAGE_SELF), analyzer.stats
    found = {
        "hellos": stats.events_by_kind["tls_client"],
        "flows": stats.flows,
        "given_up": stats.flows_evicted_half_open,
        "streams_evicted": stats.streams_evicted,
        "seconds": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss / 1000,
    }
    print(json.dumps(found))


def run(count: int, connections: int) -> dict[str, Any]:
    """Analyse them through a pipe, in a separate process."""
    pipe = subprocess.PIPE
    words = ["-m", "tools.bench.spoofed_initials", "--read", "--connections", str(connections)]
    with subprocess.Popen([sys.executable, *words], cwd=ROOT, stdin=pipe, stdout=pipe) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for part in slices(count):
            process.stdin.write(part)
        process.stdin.close()
        found: dict[str, Any] = json.loads(process.stdout.read())
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--packets", type=int, default=1_000_000)
    parser.add_argument("--connections", type=int, default=1000, help="that are followed at a time")
    parser.add_argument("--read", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        read(options.connections)
        return 0
    count = options.packets
    without, flood = (run(number, options.connections) for number in (0, count))
    print(f"memory without Initials     {without['megabytes']:.1f} MB")
    print(f"memory with {count:<16}{flood['megabytes']:.1f} MB")
    print(f"processor time for each     {(flood['seconds'] - without['seconds']) / count * 1e6:.2f} µs")
    print(f"flows opened, given up      {flood['flows']}, {flood['given_up']}")
    print(f"hellos given up for memory  {flood['streams_evicted']}")
    print(f"hellos over TCP found       {flood['hellos']} of {PATIENT}")
    return 0 if (flood["hellos"], flood["flows"]) == (PATIENT, count + PATIENT) else 1


if __name__ == "__main__":
    sys.exit(main())
