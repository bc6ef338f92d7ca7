"""How many systems are counted behind a real NAT router: python -m workbench.lab.nat [--runs 3]

Needs root and nft. Each run starts all cases at once, each in its own network namespaces: hosts, a router
that masquerades, and a server with two addresses, where a capture counts the systems. Linux hosts use this
machine's kernel. SYNs of Windows and an iPhone are sent as raw packets through the same router, and the
answers are acknowledged. Prints a table in Markdown, and exits with 1 if more systems are counted than exist.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.support import needs
from tests.support.network import inside, ip
from tests.support.packets import ACK, Ip4, Tcp, checksum, packet
from tests.support.processes import capturing
from tests.support.spelled import spelled

TIMEOUT_S = 120
OUTSIDE = "10.94.0.1"
SERVERS = ("10.94.0.2", "10.94.0.3")
PORT = 8080
SOURCE_AT = 20
WINDOWS = "4:128:0:1460:64240,8:mss,nop,ws,nop,nop,sok:df,id+:0"
IPHONE = "4:64:0:1460:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:df:0"

LISTEN = """
import socket, sys
listener = socket.create_server(("0.0.0.0", int(sys.argv[1])), backlog=1000)
print("ready", flush=True)
while True:
    listener.accept()[0].close()
"""

CONNECT = """
import random, socket, sys, time
address, port, count, seconds = sys.argv[1], *map(int, sys.argv[2:])
began = time.monotonic()
for number in range(count):
    time.sleep(max(0, began + (number + random.random()) * seconds / count - time.monotonic()))
    try:
        socket.create_connection((address, port), timeout=2).close()
    except OSError:
        pass
"""
"""The client closes first, so that its ports stay in TIME_WAIT."""

_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class NatHost:
    """A host behind the router: Linux with its own settings, or the SYN of another system."""

    settings: tuple[str, ...] = ()
    raw: str = ""


@dataclass(frozen=True, slots=True)
class NatCase:
    """Hosts that connect at the same time."""

    name: str
    hosts: tuple[NatHost, ...]
    count: int
    seconds: int
    masquerade: str = "masquerade"
    least: int = 1
    """The least number of systems that must be counted."""


LINUX = NatHost()
CASES = (
    NatCase(
        "seven systems",
        (
            LINUX,
            LINUX,
            NatHost(("net.ipv4.tcp_rmem=4096 16384 65536",)),
            NatHost(("net.ipv4.tcp_timestamps=2",)),
            NatHost(("net.ipv4.tcp_timestamps=0",)),
            NatHost(raw=WINDOWS),
            NatHost(raw=IPHONE),
        ),
        count=40,
        seconds=20,
        least=7,
    ),
    NatCase("three equal Linux", (LINUX,) * 3, count=40, seconds=20, least=3),
    NatCase("three equal Linux, 33 in ten seconds", (LINUX,) * 3, count=33, seconds=10, least=3),
    NatCase("three equal Linux, 8 in ten seconds", (LINUX,) * 3, count=8, seconds=10),
    NatCase("one Linux", (LINUX,), count=100, seconds=30),
    NatCase(
        "two Linux, random ports", (LINUX,) * 2, count=30, seconds=20, masquerade="masquerade fully-random"
    ),
    NatCase(
        "one Linux, random ports", (LINUX,), count=3000, seconds=30, masquerade="masquerade fully-random"
    ),
)


@contextmanager
def rig(case: NatCase) -> Iterator[tuple[str, list[str]]]:
    """The namespaces of the server and of the hosts; they are removed afterwards.

    Each rig has its own inner addresses, because namespaces of one kernel share the port counters.
    """
    needs.root()
    rigs = next(_numbers)
    number = f"{os.getpid()}-{rigs}"
    router, server = f"hg-router-{number}", f"hg-outer-{number}"
    hosts = [f"hg-inner-{number}-{at}" for at in range(len(case.hosts))]
    with ExitStack() as cleanup:
        for name in (router, server, *hosts):
            ip("netns", "add", name)
            cleanup.callback(ip, "netns", "del", name)
        _cable(router, "cable", OUTSIDE, server, *SERVERS)
        for at, name in enumerate(hosts):
            subnet = f"10.{100 + rigs % 100}.{at}"
            _cable(router, f"inner{at}", f"{subnet}.1", name, f"{subnet}.2")
            ip("-n", name, "route", "add", "default", "via", f"{subnet}.1")
            for setting in case.hosts[at].settings:
                _set(name, setting)
            if case.hosts[at].raw:
                _keep_quiet(name)
        _set(router, "net.ipv4.ip_forward=1")
        _run(router, "nft", "add", "table", "ip", "nat")
        _run(router, "nft", "add chain ip nat out { type nat hook postrouting priority 100 ; }")
        _run(router, "nft", f"add rule ip nat out oifname cable {case.masquerade}")
        yield server, hosts


def _cable(one: str, name: str, address: str, other: str, *addresses: str) -> None:
    ip("link", "add", name, "netns", one, "type", "veth", "peer", "name", "cable", "netns", other)
    for namespace, interface, own in ((one, name, (address,)), (other, "cable", addresses)):
        ip("-n", namespace, "link", "set", "lo", "up")
        ip("-n", namespace, "link", "set", interface, "up")
        for each in own:
            ip("-n", namespace, "address", "add", f"{each}/24", "dev", interface)


def _set(namespace: str, setting: str) -> None:
    name, _, value = setting.partition("=")
    path = "/proc/sys/" + name.replace(".", "/")
    subprocess.run(
        inside(namespace, ["sh", "-c", 'echo "$1" >"$2"', "sh", value, path]), check=True, timeout=TIMEOUT_S
    )


def _run(namespace: str, program: str, *words: str) -> None:
    command = inside(namespace, [needs.program(program, "nftables"), *words])
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S)
    if done.returncode != 0:
        raise OSError(f"{program}: {done.stderr.strip()}")


def _keep_quiet(namespace: str) -> None:
    """Keep the kernel from resetting connections that it does not know."""
    for words in (
        "add table ip quiet",
        "add chain ip quiet out { type filter hook output priority 0 ; }",
        "add rule ip quiet out tcp flags rst drop",
    ):
        _run(namespace, "nft", words)


def counted(case: NatCase, folder: Path) -> int:
    """The number of systems that the capture counts behind the router's address."""
    out = folder / "hosts.jsonl"
    with rig(case) as (server, hosts), ExitStack() as cleanup:
        listener = subprocess.Popen(
            inside(server, [sys.executable, "-c", LISTEN, str(PORT)]), stdout=subprocess.PIPE
        )
        cleanup.callback(listener.wait, TIMEOUT_S)
        cleanup.callback(listener.kill)
        assert listener.stdout is not None
        assert listener.stdout.readline() == b"ready\n"
        with capturing(server, "cable", "--hosts", str(out), folder=folder) as capture:
            running = [
                subprocess.Popen(inside(name, _sender(host, case)))
                for name, host in zip(hosts, case.hosts, strict=True)
            ]
            for one in running:
                assert one.wait(TIMEOUT_S) == 0
            time.sleep(0.5)
            done = capture.stop(signal.SIGTERM)
            assert done.status == 0, done.errors
    [systems] = [row["systems"] for row in map(json.loads, out.open()) if row["ip"] == OUTSIDE]
    return int(systems)


def _sender(host: NatHost, case: NatCase) -> list[str]:
    words = [SERVERS[0], str(PORT), str(case.count), str(case.seconds)]
    if host.raw:
        return [sys.executable, "-m", "workbench.lab.nat", "--send", host.raw, *words]
    return [sys.executable, "-c", CONNECT, *words]


def send(text: str, address: str, port: int, count: int, seconds: int) -> None:
    """Send SYNs of a system from this namespace, each from a new port, and complete the handshakes."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((address, port))
        own_text = probe.getsockname()[0]
    ends = socket.inet_aton(own_text) + socket.inet_aton(address)
    first, began = random.randrange(49152, 60000), time.monotonic()
    with ExitStack() as cleanup:
        out = cleanup.enter_context(socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW))
        answers = cleanup.enter_context(socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP))
        answers.settimeout(0.5)
        for number in range(count):
            data = bytearray(spelled("request", text))
            data[12:20] = ends
            data[SOURCE_AT : SOURCE_AT + 4] = (first + number).to_bytes(2, "big") + port.to_bytes(2, "big")
            data[36:38] = bytes(2)
            pseudo = ends + b"\0\6" + (len(data) - SOURCE_AT).to_bytes(2, "big")
            data[36:38] = checksum(pseudo + data[SOURCE_AT:]).to_bytes(2, "big")
            time.sleep(max(0, began + (number + 0.5) * seconds / count - time.monotonic()))
            out.sendto(data, (address, 0))
            sent = Tcp(sport=first + number, dport=port, seq=int.from_bytes(data[24:28], "big"), options=b"")
            if theirs := _sequence_of_answer(answers, sent.sport):
                reply = replace(sent, seq=sent.seq + 1, ack=theirs + 1 & 0xFFFFFFFF, flags=ACK)
                out.sendto(packet(Ip4(own_text, address, ttl=data[8]), reply), (address, 0))


def _sequence_of_answer(answers: socket.socket, own_port: int) -> int | None:
    """The sequence number of the SYN+ACK to a port; None if none comes before the socket's timeout."""
    try:
        while True:
            data = answers.recv(65535)
            tcp = data[(data[0] & 15) * 4 :]
            if int.from_bytes(tcp[2:4], "big") == own_port and tcp[13] & 0x12 == 0x12:
                return int.from_bytes(tcp[4:8], "big")
    except TimeoutError:
        return None


def all_counted(cases: Sequence[NatCase]) -> list[int]:
    """The counts of all cases, which run at the same time."""

    def one(case: NatCase) -> int:
        with tempfile.TemporaryDirectory() as folder:
            return counted(case, Path(folder))

    with ThreadPoolExecutor(len(cases)) as threads:
        return list(threads.map(one, cases))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--send", nargs=5, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.send:
        send(*chosen.send[:2], *map(int, chosen.send[2:]))
        return 0
    found = [all_counted(CASES) for _ in range(chosen.runs)]
    print("| behind the router | systems | counted |\n|---|---|---|")
    for case, *counts in zip(CASES, *found, strict=True):
        print(f"| {case.name}: {case.count} each in {case.seconds} s | {len(case.hosts)} | {counts} |")
    return int(
        any(count > len(case.hosts) for some in found for case, count in zip(CASES, some, strict=True))
    )


if __name__ == "__main__":
    sys.exit(main())
